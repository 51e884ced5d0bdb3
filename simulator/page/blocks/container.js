/** A box with a heading around other blocks; it may be folded. */

import { h, uid } from "../dom.js";
import { picture } from "./picture.js";
import { richText } from "./rich_text.js";
import { textElement } from "./text.js";

const WIDTHS = new Set(["narrow", "standard", "wide", "full"]);

/** Draw a container; *drawInside* draws the blocks in it. */
export function container(block, place, drawInside) {
  const width = WIDTHS.has(block.width) ? block.width : "standard";
  const title = block.rich_text_title ? richText(block.rich_text_title) : textElement("div", "", block.title);
  title.classList.add("container-title");
  title.id = uid("container");
  const head = [
    block.icon && picture(block.icon, "small"),
    h("div", {}, title, block.subtitle && textElement("div", "card-subtitle", block.subtitle)),
  ];
  const body = h("div", { class: "container-body" }, drawInside(block.child_blocks, place));
  const divided = block.has_header_divider ? "divided" : "";
  if (!block.is_collapsible) {
    return h("div", { class: `container ${width} ${divided}`, role: "group", "aria-labelledby": title.id }, h("div", { class: "container-head" }, head), body);
  }
  return h("details", { class: `container ${width}`, open: !block.default_collapsed }, h("summary", { class: "container-head" }, head), body);
}
