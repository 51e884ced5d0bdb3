/** The app's Home: one view for one person. */

import { contextOf } from "./blocks/context.js";
import { renderBlocks } from "./blocks/render.js";
import { rememberFocus } from "./dialog.js";
import { h } from "./dom.js";
import { state } from "./state.js";
import { t } from "./words.js";

const place = contextOf({ type: "home" }, "home");
const drawn = new WeakMap();

/** Draw the Home into *node*; half-written text stays, choices follow what the app published. */
export function drawHome(node) {
  const view = state.home;
  const content = view ? JSON.stringify(view.blocks) : "";
  node.dataset.viewId = view?.id ?? "";
  node.dataset.callbackId = view?.callback_id ?? "";
  // The app publishes the same Home again whenever it is opened: drawing it anew would take a button away
  // from under the finger that presses it.
  if (drawn.get(node) === content && node.firstChild) return;
  drawn.set(node, content);
  const back = node.contains(document.activeElement) ? rememberFocus(() => node) : null;
  place.form.redraw((element) => element.type.endsWith("_input"));
  if (view) node.replaceChildren(h("div", { class: "home-sheet" }, ...renderBlocks(view.blocks, place)));
  else node.replaceChildren(h("p", { class: "empty", text: t("home_empty") }));
  back?.();
}
