/** Short notices at the edge of the page, spoken as well as seen. */

import { h, icon } from "./dom.js";
import { t } from "./words.js";

const STAYS = 9_000;
const MARKS = { error: "warning", warning: "warning", info: "info", success: "check" };

/** Show *text*; errors stay until they are closed. */
export function notice(text, level = "info") {
  const kind = Object.hasOwn(MARKS, level) ? level : "info";
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("dismiss"), onclick: () => node.remove() }, icon("close"));
  const node = h("div", { class: `notice ${kind}`, role: kind === "error" ? "alert" : "status" }, icon(MARKS[kind]), h("p", { text }), close);
  document.getElementById("notices").append(node);
  if (kind !== "error") setTimeout(() => node.remove(), STAYS);
}

/** Say *text* to a screen reader only. */
export function say(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = text;
  });
}
