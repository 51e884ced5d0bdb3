/** What passes between the app and the simulator, as it passes. */

import { h, icon } from "./dom.js";
import { announce, state } from "./state.js";
import { t } from "./words.js";

const MOST = 200;
const SIGNS = { to_app: "→", from_app: "←", api: "⇄" };
let list = null;

export function makeWire() {
  list = h("ol", { class: "wire-list", reversed: true });
  const clear = h("button", { type: "button", class: "button plain", onclick: () => clearWire() }, t("wire_clear"));
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("close"), title: t("close"), onclick: () => announce("wire", false) }, icon("close"));
  return h(
    "aside",
    { class: "wire panel", id: "wire", "aria-label": t("wire"), hidden: true },
    h("header", { class: "panel-head" }, h("h2", { text: t("wire") }), clear, close),
    h("p", { class: "wire-lead", text: t("wire_text") }),
    list,
    h("p", { class: "empty wire-empty", text: t("wire_empty") }),
  );
}

function clearWire() {
  state.wire = [];
  list.replaceChildren();
}

/** Add what just passed at the top. */
export function addWire(event) {
  state.wire.push(event);
  list.prepend(entry(event));
  if (state.wire.length <= MOST) return;
  state.wire.shift();
  list.lastElementChild.remove();
}

function entry(event) {
  const direction = Object.hasOwn(SIGNS, event.direction) ? event.direction : "api";
  const body = h("pre", { tabindex: "0" });
  const details = h(
    "details",
    { class: `wire-entry ${direction}`, "data-direction": direction, "data-kind": event.kind },
    h(
      "summary",
      {},
      h("span", { class: "wire-sign", title: t(direction) }, h("span", { "aria-hidden": "true", text: SIGNS[direction] }), h("span", { class: "unseen", text: t(direction) })),
      h("code", { class: "wire-kind", text: event.kind }),
      event.ms !== undefined && event.ms !== null && h("span", { class: "wire-ms", text: `${rounded(event.ms)} ms` }),
    ),
    body,
  );
  details.addEventListener("toggle", () => {
    if (details.open && !body.textContent) body.textContent = JSON.stringify(event.body ?? null, null, 2);
  });
  return h("li", {}, details);
}

const rounded = (ms) => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));
