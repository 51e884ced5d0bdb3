/** The sheet that says what can be done by keyboard. */

import { openLayer } from "./dialog.js";
import { h, icon, uid } from "./dom.js";
import { t } from "./words.js";

const KEYS = [
  ["Ctrl + K", "key_find"],
  ["?", "key_help"],
  ["Alt + ↑ ↓", "key_places"],
  ["F6", "key_parts"],
  ["Ctrl + F6", "key_panes"],
  ["↑ ↓", "key_messages"],
  ["T", "key_thread"],
  ["R", "key_react"],
  ["M", "key_more"],
  ["E", "key_edit"],
  ["/", "key_commands"],
  ["@", "key_mention"],
  ["Enter", "key_send"],
  ["Shift + Enter", "key_line"],
  ["Esc", "key_close"],
];

let layer = null;

export function showHelp() {
  if (layer) return;
  const titleId = uid("title");
  const shut = () => {
    layer.close();
    layer = null;
  };
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("close"), title: t("close"), onclick: shut }, icon("close"));
  const rows = KEYS.map(([keys, word]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", { text: keys })), h("td", { text: t(word) })));
  const node = h(
    "div",
    { class: "modal small", role: "dialog", "aria-modal": "true", "aria-labelledby": titleId },
    h("header", { class: "modal-head" }, h("h2", { id: titleId, text: t("help_title") }), close),
    h("div", { class: "modal-body", tabindex: "0", "aria-labelledby": titleId }, h("table", { class: "keys" }, h("tbody", {}, rows))),
  );
  layer = openLayer(node, { onEscape: shut });
  close.focus();
}
