/** A service that the person may connect an account with. */

import { h } from "../dom.js";
import { link, safeAddress } from "../links.js";
import { t } from "../words.js";
import { button, overflow } from "./buttons.js";
import { picture } from "./picture.js";
import { textElement, words } from "./text.js";

export function authProvider(block, place) {
  const name = words(block.name);
  const state = block.is_connected
    ? [t("connected"), words(block.connected_identity), words(block.connected_context)].filter(Boolean).join(" · ")
    : t("not_connected");
  return h(
    "div",
    { class: "media compact", role: "group", "aria-label": name },
    block.icon_url && picture({ image_url: block.icon_url, alt_text: "" }, "small"),
    h("div", { class: "media-text" },
      h("div", { class: "card-title", text: name }),
      block.description && textElement("div", "text", block.description),
      h("div", { class: "card-subtitle", text: state })),
    block.is_connected ? leaving(block, place) : button(block, connecting(block), place),
  );
}

/** The button that Slack makes itself, by the name that it gives it. */
function connecting(block) {
  return {
    type: "button",
    action_id: `auth_provider_connect_${block.value}`,
    text: { type: "plain_text", text: t("connect") },
    ...(block.auth_url ? { url: block.auth_url } : {}),
  };
}

function leaving(block, place) {
  if (block.accessory?.type === "overflow") return overflow(block, block.accessory, place);
  return safeAddress(block.disconnect_url ?? "") && link(block.disconnect_url, t("disconnect"));
}
