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

/** A picture's address; pictures come from this page's own origin or as data, never by script. */
export function safePicture(address) {
  return safeAddress(address, new Set(["http:", "https:"]));
}

/** A link that opens beside the page, or plain text when the address is not one to follow. */
export function link(address, ...content) {
  const href = safeAddress(address);
  const shown = content.length ? content : [address];
  if (href === null) return h("span", {}, ...shown);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}
