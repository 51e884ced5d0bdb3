/** Rows of things to press. */

import { h } from "../dom.js";
import { elementNode } from "./elements.js";

export function actions(block, place) {
  return h("div", { class: "actions" }, (block.elements ?? []).map((element) => elementNode(block, element, place)));
}

export function contextActions(block, place) {
  return h("div", { class: "context-actions" }, (block.elements ?? []).map((element) => elementNode(block, element, place)));
}
