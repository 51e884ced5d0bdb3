/** Pictures, and what is said in the place of one that cannot be shown. */

import { h, icon } from "../dom.js";
import { link, safePicture } from "../links.js";
import { state } from "../state.js";
import { t } from "../words.js";

/** A picture, or its description and a way to it where the picture is not shown. */
export function picture(element, size) {
  const address = element.image_url || ownFile(element.slack_file);
  const words = t("picture_missing", { alt: element.alt_text ?? "" });
  const isSmall = size === "tiny" || size === "small";
  const missing = () => isSmall
    ? h("span", { class: `picture-missing ${size}`, role: "img", "aria-label": words, title: words }, icon("picture"))
    : h("span", { class: `picture-missing ${size}` }, link(address, words));
  const source = address && safePicture(address);
  if (!source) return missing();
  const node = h("img", { class: `picture ${size}`, src: source, alt: element.alt_text ?? "", loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(missing()), { once: true });
  return node;
}

/** A file that was uploaded, by its id or by the address that the app knows it by. */
function ownFile(file) {
  const id = file?.id ?? /\/files-pri\/[^/-]+-([^/]+)\//.exec(file?.url ?? "")?.[1];
  return id ? `/sim/files/${encodeURIComponent(id)}?${new URLSearchParams({ user: state.me?.id ?? "" })}` : "";
}
