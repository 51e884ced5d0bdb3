/** Keys that work everywhere on the page; the help sheet lists them. */

import { openFinder } from "./finder.js";
import { showHelp } from "./help.js";

const TYPED = "input, textarea, select, [contenteditable]";
const PARTS = [".sidebar", ".room", ".thread", ".wire"];

/** Listen for the keys; *turnPane* goes on to the next person where several are side by side. */
export function listenToKeys(turnPane = null) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest(TYPED);
    if (event.key === "F6" && (event.ctrlKey || event.metaKey)) turnPane?.(event.shiftKey ? -1 : 1);
    else if (event.key === "F6") nextPart(event.shiftKey ? -1 : 1);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !isCovered()) openFinder();
    else if (event.key === "?" && !typing && !isCovered()) showHelp();
    else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) nextPlace(event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  });
}

const isCovered = () => document.getElementById("page").inert;

/** From the list of places to the conversation, the thread and the wire, and round again. */
function nextPart(step) {
  const parts = PARTS.map((selector) => document.querySelector(selector)).filter((node) => node?.checkVisibility());
  if (!parts.length || isCovered()) return;
  const at = parts.findIndex((node) => node.contains(document.activeElement));
  const part = parts[(at + step + parts.length) % parts.length];
  const wanted = part.querySelector("[aria-current], .compose-field, [data-first]") ?? part.querySelector("button, input, [tabindex='0']");
  wanted?.focus();
}

function nextPlace(step) {
  const rows = [...document.querySelectorAll(".sidebar button.place")];
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  rows[(at + step + rows.length) % rows.length]?.click();
}
