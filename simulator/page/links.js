/** The only place where an address written by an app becomes something to click. */

import { h } from "./dom.js";

const ALLOWED = new Set(["http:", "https:", "mailto:"]);

/** The address when it may be followed, otherwise null. */
export function safeAddress(address, schemes = ALLOWED) {
  try {
    const url = new URL(address);
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A picture's address, when it is one of this page's own: others are not fetched, so that nobody learns who looks. */
export function safePicture(address) {
  const whole = address.startsWith("/") && !address.startsWith("//") ? location.origin + address : address;
  const own = safeAddress(whole, new Set(["http:", "https:"]));
  return own && new URL(own).origin === location.origin ? own : null;
}

/** A link that opens beside the page, or plain text when the address is not one to follow. */
export function link(address, ...content) {
  const href = safeAddress(address);
  const shown = content.length ? content : [address];
  if (href === null) return h("span", {}, ...shown);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}
