/** Things that live elsewhere: a video, a remote file, a call. The page shows what it knows and links there. */

import { h, icon } from "../dom.js";
import { link } from "../links.js";
import { t } from "../words.js";
import { picture } from "./picture.js";
import { textElement, words } from "./text.js";

export function video(block) {
  const by = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  const title = words(block.title);
  return h(
    "div",
    { class: "media" },
    h("div", { class: "media-text" },
      h("div", { class: "card-title" }, block.title_url ? link(block.title_url, title) : title),
      by && h("div", { class: "card-subtitle", text: by }),
      block.description && textElement("div", "text", block.description),
      h("p", {}, link(block.video_url, icon("play"), ` ${t("video_open")}`))),
    picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "poster"),
  );
}

export function file(block) {
  return h(
    "div",
    { class: "media compact" },
    icon("file"),
    h("div", { class: "media-text" },
      h("div", { class: "card-title", text: t("remote_file") }),
      h("div", { class: "card-subtitle", text: block.external_id ?? "" })),
  );
}

export function call(block) {
  const known = block.call?.v1 ?? {};
  const people = (known.all_participants ?? []).length;
  return h(
    "div",
    { class: "media compact" },
    icon("call"),
    h("div", { class: "media-text" },
      h("div", { class: "card-title", text: known.name || t("call") }),
      h("div", { class: "card-subtitle", text: people ? t("call_people", { count: people }) : (block.call_id ?? "") }),
      known.join_url && h("p", {}, link(known.join_url, t("call_join")))),
  );
}
