/** What this page cannot draw, in plain sight. */

import { h, icon } from "../dom.js";
import { t } from "../words.js";

export function unsupported(thing) {
  return h("div", { class: "unsupported" }, icon("warning"), h("span", { text: t("unsupported", { type: thing.type }) }));
}
