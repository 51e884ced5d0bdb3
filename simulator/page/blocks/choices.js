/** Checkboxes and radio buttons. */

import { h, uid } from "../dom.js";
import { dispatches } from "./dispatch.js";
import { textElement, textNodes } from "./text.js";

export function checkboxes(block, element, place, names) {
  const state = place.form.take(block, element);
  const chosen = new Set(state.selected_options.map((option) => option.value));
  const changed = (option, node) => {
    if (node.checked) chosen.add(option.value);
    else chosen.delete(option.value);
    const part = { selected_options: element.options.filter(({ value }) => chosen.has(value)) };
    place.form.put(block, element, part);
    if (dispatches(block)) place.press(block, element, part);
  };
  return group("group", "checkbox", block, element, names, (option) => chosen.has(option.value), changed);
}

export function radioButtons(block, element, place, names) {
  const state = place.form.take(block, element);
  const changed = (option) => {
    place.form.put(block, element, { selected_option: option });
    if (dispatches(block)) place.press(block, element, { selected_option: option });
  };
  const isChosen = (option) => option.value === state.selected_option?.value;
  return group("radiogroup", "radio", block, element, names, isChosen, changed);
}

function group(role, type, block, element, names, isChosen, changed) {
  const name = uid("choice");
  const rows = (element.options ?? []).map((option) => {
    const node = h("input", { type, name, id: uid("option"), value: option.value, checked: isChosen(option) });
    node.addEventListener("change", () => changed(option, node));
    const description = option.description && textElement("span", "option-description", option.description);
    return h("label", { class: "choice", for: node.id }, node, h("span", {}, ...textNodes(option.text), description));
  });
  const attributes = {
    class: "choices", role, "data-action-id": element.action_id, "aria-label": names.label || null,
    "aria-describedby": names.described, tabindex: "-1",
  };
  return h("div", attributes, ...rows);
}
