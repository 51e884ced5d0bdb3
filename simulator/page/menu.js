/** A button that opens a menu of actions, for pointer and keyboard. */

import { h, uid } from "./dom.js";
import { place, watchOutside } from "./popup.js";

/** Make `[wrapper, opener]`; each item is `{label, hint?, value?, run}`. */
export function menuButton({ label, content, items, className = "button plain icon-only", above = false }) {
  const id = uid("menu");
  let stop = null;
  const opener = h(
    "button",
    { type: "button", class: className, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id,
      "aria-label": label, title: label },
    content,
  );
  const entries = items.map((item) =>
    h(
      "button",
      { type: "button", class: "menu-item", role: "menuitem", tabindex: "-1", "data-value": item.value, onclick: () => run(item) },
      h("span", { text: item.label }),
      item.hint && h("span", { class: "menu-hint", text: item.hint }),
    ),
  );
  const menu = h("div", { class: "popup", role: "menu", id, hidden: true, "aria-label": label }, ...entries);

  function open(last = false) {
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    place(menu, opener, { above });
    stop = watchOutside([menu, opener], () => close(false));
    entries.at(last ? -1 : 0)?.focus();
  }
  function close(back = true) {
    stop?.();
    stop = null;
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
  }
  function run(item) {
    close();
    item.run();
  }

  opener.addEventListener("click", () => (menu.hidden ? open() : close()));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowUp");
  });
  menu.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    if (event.key in steps) entries.at(steps[event.key] % entries.length)?.focus();
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") return close(false);
    else return undefined;
    event.preventDefault();
    return event.stopPropagation();
  });
  return [h("span", { class: "menu-wrap" }, opener, menu), opener];
}
