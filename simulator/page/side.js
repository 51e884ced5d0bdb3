/** Up to three people next to each other, each in a page of their own, hearing what concerns them. */

import { listen } from "./api.js";
import { h, icon } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { avatar, languageName } from "./people.js";
import { on, personName, state } from "./state.js";
import { themeButton } from "./theme.js";
import { makeWire } from "./wire.js";
import { t } from "./words.js";

export const MOST_PANES = 3;

const address = (ids) => `/?with=${ids.map(encodeURIComponent).join(",")}`;

export function showSide(root, given) {
  const ids = [...new Set(given)].slice(0, MOST_PANES);
  const free = [...state.users.values()].filter((user) => !user.is_bot && !user.deleted && !ids.includes(user.id));
  const panes = ids.map((id) => pane(id, ids, free));
  const wire = makeWire();
  const toggle = h("button", { type: "button", class: "button plain", "aria-controls": "wire", "aria-expanded": "false",
    onclick: () => showWire(wire.node.hidden) }, icon("wire"), h("span", { text: t("wire") }));
  const showWire = (open) => {
    wire.show(open);
    toggle.setAttribute("aria-expanded", String(open));
    if (!open) toggle.focus();
  };
  on("wire", showWire);
  listen("", (event) => event.type === "wire" && wire.add(event), () => {});
  document.title = `${ids.map(personName).join(" · ")} – ${state.workspace.name}`;
  root.replaceChildren(
    h(
      "header",
      { class: "topbar" },
      h("p", { class: "banner", role: "note" }, icon("info"), h("span", { text: t("banner") })),
      ids.length < MOST_PANES && free.length > 0 && adding(ids, free),
      toggle,
      themeButton(),
      h("a", { class: "button plain", href: "/" }, icon("people"), h("span", { text: t("beside_back") })),
    ),
    h("div", { class: "columns" }, h("main", { class: `panes of-${panes.length}` }, h("h1", { class: "unseen", text: t("beside") }), ...panes), wire.node),
  );
  root.classList.add("shell");

  const frames = panes.map((node) => node.querySelector("iframe"));
  const turn = (step) => {
    const at = frames.indexOf(document.activeElement);
    const frame = frames[(at + step + frames.length) % frames.length];
    frame.focus();
    frame.contentDocument?.querySelector(".compose-field, [data-first]")?.focus();
  };
  listenToKeys(turn);
  window.addEventListener("message", (event) => {
    if (event.origin === location.origin && typeof event.data?.turn === "number") turn(event.data.turn);
  });
}

function pane(id, ids, free) {
  const name = personName(id);
  const shut = ids.length > 1 && h("a", { class: "button plain icon-only", href: address(ids.filter((other) => other !== id)), "aria-label": t("pane_close", { name }), title: t("pane_close", { name }) }, icon("close"));
  const change = chooser(t("pane_change", { name }), [...free, state.users.get(id)], id, (chosen) => location.assign(address(ids.map((other) => (other === id ? chosen : other)))));
  return h(
    "section",
    { class: "pane", "aria-label": t("pane_of", { name }) },
    h("header", { class: "pane-head" }, avatar(id, "small"), h("h2", { class: "unseen", text: name }), change,
      h("span", { class: "tag language", text: languageName(state.users.get(id)) }), shut),
    h("iframe", { src: `/?${new URLSearchParams({ user: id })}`, title: t("pane_of", { name }), "data-user-id": id }),
  );
}

function chooser(label, people, chosen, changed) {
  const sorted = [...people].sort((a, b) => personName(a.id).localeCompare(personName(b.id)));
  const options = sorted.map((user) => h("option", { value: user.id, selected: user.id === chosen, text: personName(user.id) }));
  const node = h("select", { class: "pane-choose", "aria-label": label, title: label }, ...options);
  node.addEventListener("change", () => changed(node.value));
  return node;
}

function adding(ids, free) {
  const node = chooser(t("pane_add"), free, null, (chosen) => location.assign(address([...ids, chosen])));
  node.prepend(h("option", { value: "", selected: true, text: t("pane_add") }));
  return node;
}
