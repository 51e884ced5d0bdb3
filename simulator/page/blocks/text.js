/** Text objects: plain text with emoji, or Slack's light markup. */

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { mrkdwn, unescapeText } from "../mrkdwn.js";
import { t } from "../words.js";

/** The text of a text object as bare words, for labels and names. */
export function words(object) {
  if (!object) return "";
  const text = typeof object === "string" ? object : (object.text ?? "");
  return withEmoji(object.type === "mrkdwn" ? unescapeText(text) : text);
}

/** A text object as nodes. */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, t);
  return words(object)
    .split("\n")
    .flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

/** A text object in an element of its own. */
export function textElement(tag, className, object) {
  return h(tag, { class: className }, ...textNodes(object));
}
