/** A field for styled text: what is typed becomes rich text, never markup. */

import { h, icon, uid } from "../dom.js";
import { t } from "../words.js";
import { dispatchesOn } from "./dispatch.js";
import { fromNodes } from "./rich_text_reading.js";
import { richText } from "./rich_text.js";
import { words } from "./text.js";

const TOOLS = [
  { command: "bold", shows: "bold", key: "b" },
  { command: "italic", shows: "italic", key: "i" },
  { command: "strikeThrough", shows: "strike" },
  { command: "insertUnorderedList", shows: "list" },
  { command: "insertOrderedList", shows: "numbers" },
];

export function richTextInput(block, element, place, names) {
  const state = place.form.take(block, element);
  const field = h("div", {
    class: "field rich-field", id: uid("field"), contenteditable: "true", role: "textbox", "aria-multiline": "true",
    "aria-label": names.label || words(element.placeholder) || t("rich_text"), "aria-describedby": names.described,
    "data-action-id": element.action_id, "data-placeholder": words(element.placeholder),
    "aria-required": block.type === "input" && !block.optional ? "true" : null, spellcheck: "true",
  });
  if (state.rich_text_value) field.append(...richText(state.rich_text_value).childNodes);

  const value = () => ({ rich_text_value: fromNodes(field) });
  field.addEventListener("input", () => {
    place.form.put(block, element, value());
    if (dispatchesOn(block, element, "on_character_entered")) place.press(block, element, value());
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !dispatchesOn(block, element, "on_enter_pressed")) return;
    event.preventDefault();
    place.press(block, element, value());
  });
  // Only words come in by pasting: what another page looked like is not ours to run.
  field.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  return h("div", { class: "rich-input" }, toolbar(field), field);
}

function toolbar(field) {
  const tool = ({ command, shows }) =>
    h("button", { type: "button", class: "button plain icon-only", "aria-label": t(`style_${shows}`), title: t(`style_${shows}`), tabindex: "-1",
      onpointerdown: (event) => event.preventDefault(), onclick: () => style(field, command) }, icon(shows));
  const node = h("div", { class: "rich-tools", role: "toolbar", "aria-label": t("style"), "aria-controls": field.id }, TOOLS.map(tool));
  const buttons = [...node.children];
  buttons[0].tabIndex = 0;
  node.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    for (const [index, button] of buttons.entries()) button.tabIndex = index === at ? 0 : -1;
    buttons[at].focus();
    event.preventDefault();
  });
  return node;
}

function style(field, command) {
  field.focus();
  document.execCommand("styleWithCSS", false, "false");
  document.execCommand(command);
}
