/** Blocks that show: header, section, divider, context, image, markdown. */

import { h } from "../dom.js";
import { markdown } from "../markdown.js";
import { elementNode } from "./elements.js";
import { picture } from "./picture.js";
import { textElement, textNodes, words } from "./text.js";

export function header(block, place) {
  return h(place.surface === "home" ? "h2" : "h3", { class: "header" }, ...textNodes(block.text));
}

export function divider() {
  return h("hr", { class: "divider" });
}

export function section(block, place) {
  const text = block.text && textElement("div", "text", block.text);
  const fields = block.fields && h("div", { class: "fields" }, block.fields.map((field) => textElement("div", "text", field)));
  const body = h("div", { class: "section-body" }, text, fields);
  const accessory = block.accessory && h("div", { class: "accessory" }, accessoryNode(block, place));
  return h("div", { class: block.accessory?.type === "image" ? "section with-picture" : "section" }, body, accessory);
}

function accessoryNode(block, place) {
  if (block.accessory.type === "image") return picture(block.accessory, "thumbnail");
  return elementNode(block, block.accessory, place, words(block.text));
}

export function context(block) {
  const parts = (block.elements ?? []).map((element) =>
    element.type === "image" ? picture(element, "tiny") : textElement("span", "text", element),
  );
  return h("div", { class: "context" }, ...parts);
}

export function image(block) {
  const caption = block.title && textElement("figcaption", "caption", block.title);
  return h("figure", { class: "figure" }, caption, picture(block, "large"));
}

export function markdownBlock(block) {
  return h("div", { class: "markdown" }, ...markdown(block.text));
}
