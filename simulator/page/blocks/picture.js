/** Pictures, and what is said in the place of one that cannot be shown. */

import { h } from "../dom.js";
import { safePicture } from "../links.js";
import { t } from "../words.js";

/** A picture, or its description where the picture cannot be shown. */
export function picture(element, size) {
  const missing = () => h("span", { class: `picture-missing ${size}`, text: t("picture_missing", { alt: element.alt_text ?? "" }) });
  const source = safePicture(element.image_url ?? "");
  if (source === null) return missing();
  const node = h("img", { class: `picture ${size}`, src: source, alt: element.alt_text ?? "", loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(missing()), { once: true });
  return node;
}
