/** Light, dark, or as the machine is set; the wish is kept in this browser. */

import { h, icon } from "./dom.js";
import { say } from "./notices.js";
import { t } from "./words.js";

const KEY = "simulator-theme";
const THEMES = ["machine", "light", "dark"];

function wished() {
  const kept = localStorage.getItem(KEY);
  return THEMES.includes(kept) ? kept : "machine";
}

/** Put on the colours that were wished for; other tabs and panes follow. */
export function wearTheme() {
  const wear = () => {
    const theme = wished();
    if (theme === "machine") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  wear();
  window.addEventListener("storage", (event) => event.key === KEY && wear());
}

/** A button that goes from one to the next. */
export function themeButton() {
  const node = h("button", { type: "button", class: "button plain icon-only", "data-control": "theme", onclick: turn }, icon("theme"));
  const name = () => {
    const label = t("theme", { name: t(`theme_${wished()}`) });
    node.setAttribute("aria-label", label);
    node.title = label;
  };
  function turn() {
    localStorage.setItem(KEY, THEMES[(THEMES.indexOf(wished()) + 1) % THEMES.length]);
    window.dispatchEvent(new StorageEvent("storage", { key: KEY }));
    name();
    say(t(`theme_${wished()}`));
  }
  name();
  return node;
}
