/** The two thumbs under an answer. */

import { h, icon } from "../dom.js";
import { t } from "../words.js";
import { words } from "./text.js";

export function feedback(block, element, place) {
  const thumb = (side, turned, fallback) => {
    const label = side?.accessibility_label || words(side?.text) || t(fallback);
    const press = async () => {
      const answered = await place.press(block, element, { value: side?.value ?? "" }, node);
      if (!answered) return;
      for (const other of group.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === node));
    };
    const node = h(
      "button",
      { type: "button", class: "thumb", "aria-label": label, title: label, "aria-pressed": "false",
        "data-action-id": element.action_id, "data-value": side?.value, onclick: press },
      icon("up", turned),
    );
    return node;
  };
  const group = h(
    "div",
    { class: "thumbs", role: "group", "aria-label": t("feedback") },
    thumb(element.positive_button, "", "helpful"),
    thumb(element.negative_button, "over", "not_helpful"),
  );
  return group;
}
