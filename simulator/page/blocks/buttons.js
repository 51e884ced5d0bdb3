/** Buttons, and the menu of further actions. */

import { h, icon } from "../dom.js";
import { safeAddress } from "../links.js";
import { menuButton } from "../menu.js";
import { notice } from "../notices.js";
import { state } from "../state.js";
import { t } from "../words.js";
import { textNodes, words } from "./text.js";

const WEB = new Set(["http:", "https:"]);

export function button(block, element, place) {
  const style = element.style === "primary" || element.style === "danger" ? element.style : "plain";
  const press = () => {
    const address = element.url && safeAddress(element.url, WEB);
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    return place.press(block, element, null, node);
  };
  const node = h(
    "button",
    { type: "button", class: `button ${style}`, "data-action-id": element.action_id, "data-value": element.value,
      "aria-label": element.accessibility_label, onclick: press },
    ...textNodes(element.text),
  );
  return node;
}

const ICONS = { trash: "trash" };

/** A small button with a drawing; some are there for a few people only. */
export function iconButton(block, element, place) {
  const seers = element.visible_to_user_ids;
  if (seers?.length && !seers.includes(state.me?.id)) return h("span", { hidden: true, "data-action-id": element.action_id });
  const label = element.accessibility_label || words(element.text);
  const press = () => place.press(block, element, null, node);
  const node = h(
    "button",
    { type: "button", class: "button plain icon-only", "data-action-id": element.action_id, "data-value": element.value,
      "aria-label": label, title: words(element.text), onclick: press },
    icon(ICONS[element.icon] ?? "dots"),
  );
  return node;
}

/** A button that would start a workflow; there are none here, and it says so instead of doing as if. */
export function workflowButton(block, element) {
  const style = element.style === "primary" || element.style === "danger" ? element.style : "plain";
  return h(
    "button",
    { type: "button", class: `button ${style}`, "data-action-id": element.action_id, "aria-label": element.accessibility_label,
      onclick: () => notice(t("workflow_absent", { address: element.workflow?.trigger?.url ?? "–" }), "info") },
    icon("bolt"), ...textNodes(element.text),
  );
}

/** The menu of an overflow element: one press per option. */
export function overflow(block, element, place) {
  const items = (element.options ?? []).map((option) => ({
    label: words(option.text),
    value: option.value,
    run: () => {
      const address = option.url && safeAddress(option.url, WEB);
      if (address) window.open(address, "_blank", "noopener,noreferrer");
      return place.press(block, element, { selected_option: option }, opener);
    },
  }));
  const [node, opener] = menuButton({ label: element.accessibility_label || t("more"), content: icon("dots"), items });
  opener.dataset.actionId = element.action_id;
  return node;
}
