/** Modals: the top view of the person's stack, its form, and the errors that come back. */

import { act } from "./api.js";
import { checkInputs } from "./blocks/check.js";
import { contextOf, failed } from "./blocks/context.js";
import { clearError, focusable, showError } from "./blocks/input.js";
import { renderBlocks } from "./blocks/render.js";
import { words } from "./blocks/text.js";
import { firstField, openLayer } from "./dialog.js";
import { findByData, h, icon, uid } from "./dom.js";
import { notice, say } from "./notices.js";
import { state } from "./state.js";
import { t } from "./words.js";

const places = new Map();
let layer = null;
let drawn = "";
const box = h("div", { class: "modal", role: "dialog", "aria-modal": "true", tabindex: "-1" });

/** Show the top of the stack, or nothing. *fallback* takes the keyboard when the place before is gone. */
export function drawModals(fallback) {
  const view = state.views.at(-1);
  const known = new Set(state.views.map(({ id }) => id));
  for (const id of places.keys()) if (!known.has(id)) places.delete(id);
  if (!view) {
    layer?.close();
    layer = null;
    drawn = "";
    delete box.dataset.viewId;
    return;
  }
  const same = layer !== null && box.dataset.viewId === view.id;
  // Drawn anew, a field that somebody types styled text into would lose the caret and go on at its beginning.
  const wanted = JSON.stringify([state.views.length, view, document.documentElement.lang, state.users.size]);
  if (same && wanted === drawn) return;
  drawn = wanted;
  const held = same ? heldFocus() : null;
  draw(view);
  layer ??= openLayer(box, { onEscape: () => close(state.views.at(-1)), fallback });
  giveFocus(held);
}

function draw(view) {
  if (!places.has(view.id)) places.set(view.id, contextOf({ type: "view", view_id: view.id }, "modal"));
  const place = places.get(view.id);
  place.form.redraw();
  const titleId = uid("title");
  box.dataset.viewId = view.id;
  box.dataset.callbackId = view.callback_id ?? "";
  box.setAttribute("aria-labelledby", titleId);
  const top = box.querySelector(".modal-body")?.scrollTop ?? 0;
  const body = h("div", { class: "modal-body" }, ...renderBlocks(view.blocks, place));
  const closing = words(view.close) || t(state.views.length > 1 ? "back" : view.submit ? "cancel" : "close");
  const form = h(
    "form",
    { novalidate: true },
    body,
    h(
      "footer",
      { class: "modal-foot" },
      h("button", { type: "button", class: "button plain", "data-modal": "close", onclick: () => close(view) }, closing),
      view.submit && h("button", { type: "submit", class: "button primary", "data-modal": "submit" }, words(view.submit) || t("submit")),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(view, place, form);
  });
  form.addEventListener("input", (event) => {
    const wrong = event.target.closest(".input.wrong");
    if (wrong) clearError(wrong);
  });
  box.replaceChildren(
    h(
      "header",
      { class: "modal-head" },
      h("h2", { id: titleId, text: words(view.title) }),
      h("button", { type: "button", class: "button plain icon-only", "aria-label": t("close"), title: t("close"), onclick: () => close(view) }, icon("close")),
    ),
    form,
  );
  body.scrollTop = top;
}

async function submit(view, place, form) {
  if (!view.submit || form.getAttribute("aria-busy") === "true") return;
  const missing = checkInputs(place.form);
  if (Object.keys(missing).length) return showErrors(form, missing);
  form.setAttribute("aria-busy", "true");
  say(t("sending"));
  const answer = await act(state.me.id, "submit", { view_id: view.id, state: place.form.values() });
  form.removeAttribute("aria-busy");
  if (answer.ok) return undefined;
  if (answer.errors && Object.keys(answer.errors).length) return showErrors(form, answer.errors);
  return failed(answer.error);
}

/** Each error at its own field, in the order of the fields; the first field takes the keyboard. */
function showErrors(form, errors) {
  const wrong = [];
  for (const node of form.querySelectorAll(".input")) {
    clearError(node);
    const message = errors[node.dataset.blockId];
    if (!message) continue;
    showError(node, message);
    wrong.push(node);
  }
  if (!wrong.length) return notice(t("modal_failed"), "error");
  focusable(wrong[0])?.focus();
  wrong[0].scrollIntoView({ block: "nearest" });
  return say(wrong.length === 1 ? t("error_found") : t("errors_found", { count: wrong.length }));
}

function close(view) {
  if (view) act(state.me.id, "close", { view_id: view.id }).then((answer) => answer.ok || failed(answer.error));
}

function heldFocus() {
  const node = document.activeElement;
  if (!box.contains(node)) return {};
  const caret = "selectionStart" in node ? [node.selectionStart, node.selectionEnd] : null;
  return { blockId: node.closest("[data-block-id]")?.dataset.blockId, actionId: node.dataset.actionId, caret };
}

function giveFocus(held) {
  const block = held?.blockId && findByData(box, { "block-id": held.blockId });
  const again = block && (held.actionId ? findByData(block, { "action-id": held.actionId }) : focusable(block));
  const node = again ?? firstField(box) ?? box;
  node.focus();
  const typed = /^(text|textarea)$/.test(node.type) && held?.caret?.[0] !== null;
  if (again && held.caret && typed) node.setSelectionRange(...held.caret);
}
