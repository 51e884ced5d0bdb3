/** Things that come in front of the page: they keep the keyboard, and give it back. */

import { h, uid } from "./dom.js";
import { textNodes, words } from "./blocks/text.js";
import { t } from "./words.js";

const FOCUSABLE =
  "a[href], button:not([disabled], [tabindex='-1']), input:not([disabled]), textarea:not([disabled]), select, summary, [contenteditable], [tabindex='0']";
const FIELD = "input:not([type=hidden]), textarea, [contenteditable]";
const open = [];

/** Put *node* in front of everything; returns `{close}`. The keyboard stays inside until then. */
export function openLayer(node, { onEscape, fallback = () => null }) {
  const layer = h("div", { class: "layer" }, node);
  const back = rememberFocus(fallback);
  const entry = { layer };
  // The keyboard may be nowhere, when what held it was drawn anew: the keys are heard from there too.
  const keys = (event) => {
    if (open.at(-1) !== entry) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      onEscape();
    } else if (event.key === "Tab") keepInside(event, layer);
  };
  document.addEventListener("keydown", keys);
  document.getElementById("layers").append(layer);
  open.push(entry);
  settle();
  return {
    close() {
      const at = open.indexOf(entry);
      if (at < 0) return;
      open.splice(at, 1);
      document.removeEventListener("keydown", keys);
      layer.remove();
      settle();
      back();
    },
  };
}

function settle() {
  document.getElementById("page").inert = open.length > 0;
  for (const [index, entry] of open.entries()) entry.layer.inert = index < open.length - 1;
}

function keepInside(event, layer) {
  const inside = [...layer.querySelectorAll(FOCUSABLE)].filter((node) => node.offsetParent !== null || node.getClientRects().length);
  if (!inside.length) return event.preventDefault();
  const [first, last] = [inside[0], inside.at(-1)];
  const lost = !inside.includes(document.activeElement);
  if (event.shiftKey && (document.activeElement === first || lost)) last.focus();
  else if (!event.shiftKey && (document.activeElement === last || lost)) first.focus();
  else return undefined;
  return event.preventDefault();
}

/** Remember where the keyboard was, also when that place is drawn anew meanwhile. */
export function rememberFocus(fallback = () => null) {
  const node = document.activeElement;
  const { actionId } = node?.dataset ?? {};
  const blockId = node?.closest?.("[data-block-id]")?.dataset.blockId;
  const ts = node?.closest?.("[data-ts]")?.dataset.ts;
  return () => {
    const again = node?.isConnected && node !== document.body ? node : find({ ts, blockId, actionId });
    (again ?? fallback())?.focus();
  };
}

function find({ ts, blockId, actionId }) {
  const message = ts ? document.querySelector(`[data-ts="${CSS.escape(ts)}"]`) : null;
  const scope = message ?? document;
  if (!actionId) return message;
  const exact = `[data-block-id="${CSS.escape(blockId ?? "")}"] [data-action-id="${CSS.escape(actionId)}"]`;
  return scope.querySelector(exact) ?? message;
}

/** The first place for the keyboard in *node*: the one that asks for it, else a field if there is one. */
export function firstField(node) {
  const asking = node.querySelector("[data-focus-on-load]");
  const wanted = asking?.matches(FIELD) ? asking : asking?.querySelector(FIELD);
  return wanted ?? node.querySelector(`${FIELD}, .modal-body button:not(.rich-tools *), button.primary`) ?? node.querySelector(FOCUSABLE);
}

/** Ask the question of a Block Kit `confirm` object; true when the person goes on. */
export function confirmed(question) {
  return new Promise((resolve) => {
    const [titleId, textId] = [uid("title"), uid("text")];
    const answer = (value) => {
      layer.close();
      resolve(value);
    };
    const style = question.style === "danger" ? "danger" : "primary";
    const deny = h("button", { type: "button", class: "button plain", "data-answer": "deny", onclick: () => answer(false) },
      words(question.deny) || t("cancel"));
    const confirm = h("button", { type: "button", class: `button ${style}`, "data-answer": "confirm", onclick: () => answer(true) },
      words(question.confirm) || t("confirm"));
    const node = h(
      "div",
      { class: "modal small", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId, "aria-describedby": textId },
      h("header", { class: "modal-head" }, h("h2", { id: titleId, text: words(question.title) })),
      h("div", { class: "modal-body", id: textId }, ...textNodes(question.text)),
      h("footer", { class: "modal-foot" }, deny, confirm),
    );
    const layer = openLayer(node, { onEscape: () => answer(false) });
    (style === "danger" ? deny : confirm).focus();
  });
}
