/** Pictures, and what is said in the place of one that cannot be shown. */

import { h } from "../dom.js";
import { link, safePicture } from "../links.js";
import { t } from "../words.js";

/** A picture, or its description and a way to it where the picture is not shown. */
export function picture(element, size) {
  const address = element.image_url || element.slack_file?.url || (element.slack_file?.id ? `/sim/files/${encodeURIComponent(element.slack_file.id)}` : "");
  const words = t("picture_missing", { alt: element.alt_text ?? "" });
  const missing = () => h("span", { class: `picture-missing ${size}` }, size === "tiny" || size === "small" ? words : link(address, words));
  const source = address && safePicture(address);
  if (!source) return missing();
  const node = h("img", { class: `picture ${size}`, src: source, alt: element.alt_text ?? "", loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(missing()), { once: true });
  return node;
}
