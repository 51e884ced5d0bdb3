/** Writing one's own message anew, where it stands. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { encode } from "./composer.js";
import { h } from "./dom.js";
import { unescapeText } from "./mrkdwn.js";
import { announce, channelName, personName, state } from "./state.js";
import { t } from "./words.js";

/** Ids back to names, as the person once typed them. */
function decode(text) {
  const named = text.replace(/<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>/g, (_whole, sign, id) => sign + (sign === "@" ? personName(id) : channelName(id)));
  return unescapeText(named);
}

export function editor(channel, message) {
  const field = h("textarea", { class: "field", rows: 2, "aria-label": t("edit"), "data-edit": message.ts, value: decode(message.text) });
  const save = async () => {
    const answer = await act(state.me.id, "edit", { channel, ts: message.ts, text: encode(field.value.trim()) });
    if (answer.ok) announce("edit", null);
    else failed(answer.error);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") announce("edit", null);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return h(
    "form",
    { class: "editor", onsubmit: (event) => event.preventDefault() },
    field,
    h("div", { class: "editor-foot" },
      h("button", { type: "button", class: "button plain", onclick: () => announce("edit", null) }, t("cancel")),
      h("button", { type: "button", class: "button primary", onclick: save }, t("save"))),
  );
}
