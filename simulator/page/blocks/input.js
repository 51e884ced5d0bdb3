/** An input block: its label, its element, its hint, and the error that may come to stand there. */

import { h, icon, uid } from "../dom.js";
import { t } from "../words.js";
import { elementNode } from "./elements.js";
import { textElement, words } from "./text.js";

export function input(block, place) {
  const hint = block.hint && textElement("p", "hint", block.hint);
  if (hint) hint.id = uid("hint");
  const element = elementNode(block, block.element ?? {}, place, words(block.label), hint?.id ?? null);
  const note = block.optional && h("span", { class: "optional", text: ` (${t("optional")})` });
  const field = element.id ? element : element.querySelector("input[id], textarea[id]");
  const styled = element.querySelector("[contenteditable]");
  const group = element.getAttribute("role");
  const label = group || styled ? h("span", { class: "label" }) : h("label", { class: "label", for: field?.id });
  if (styled) label.addEventListener("click", () => styled.focus());
  label.append(words(block.label), note || "");
  return h("div", { class: "input", "data-hint-id": hint?.id }, label, element, hint);
}

/** Show *message* at the field of *node*, where a screen reader hears it at once. */
export function showError(node, message) {
  clearError(node);
  const error = h("p", { class: "field-error", id: uid("error"), role: "alert" }, icon("warning"), h("span", { text: message }));
  node.append(error);
  node.classList.add("wrong");
  const field = focusable(node);
  field?.setAttribute("aria-invalid", "true");
  field?.setAttribute("aria-describedby", [node.dataset.hintId, error.id].filter(Boolean).join(" "));
}

export function clearError(node) {
  node.querySelector(".field-error")?.remove();
  node.classList.remove("wrong");
  const field = focusable(node);
  field?.removeAttribute("aria-invalid");
  if (node.dataset.hintId) field?.setAttribute("aria-describedby", node.dataset.hintId);
  else field?.removeAttribute("aria-describedby");
}

/** The thing in an input block that takes the keyboard. */
export function focusable(node) {
  return node.querySelector("input, textarea, [contenteditable]") ?? node.querySelector("button, [tabindex]");
}
