/** Cards, alone and in a row that is looked through sideways. */

import { h, icon, uid } from "../dom.js";
import { t } from "../words.js";
import { elementNode } from "./elements.js";
import { picture } from "./picture.js";
import { textElement } from "./text.js";

export function card(block, place) {
  const title = block.title && textElement("div", "card-title", block.title);
  if (title) title.id = uid("card");
  const head = (title || block.subtitle) && h(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "small"),
    h("div", {}, title, block.subtitle && textElement("div", "card-subtitle", block.subtitle)),
  );
  return h(
    "div",
    { class: "card", role: "group", "aria-labelledby": title?.id ?? null, "aria-label": title ? null : t("card") },
    block.hero_image && picture(block.hero_image, "hero"),
    head,
    block.body && textElement("div", "card-body", block.body),
    block.actions?.length > 0 && h("div", { class: "actions" }, block.actions.map((element) => elementNode(block, element, place))),
  );
}

export function carousel(block, place) {
  const cards = (block.elements ?? []).map((each) => h("li", {}, card(each, place)));
  const row = h("ul", { class: "carousel-row", tabindex: "0", "aria-label": t("cards", { count: cards.length }) }, cards);
  const turn = (direction) => () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.scrollBy({ left: direction * row.clientWidth * 0.8, behavior: calm ? "auto" : "smooth" });
  };
  const arrow = (key, side, direction) =>
    h("button", { type: "button", class: "button plain icon-only", "aria-label": t(key), title: t(key), onclick: turn(direction) }, icon("down", side));
  const arrows = cards.length > 1 && h("div", { class: "carousel-arrows" }, arrow("cards_earlier", "to-left", -1), arrow("cards_later", "to-right", 1));
  return h("div", { class: "carousel" }, row, arrows);
}
