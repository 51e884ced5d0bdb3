/** The list of conversations: the app, the channels, the direct messages. */

import { h, icon, present, unseen } from "./dom.js";
import { openFinder } from "./finder.js";
import { showHelp } from "./help.js";
import { avatar, languageName } from "./people.js";
import { announce, appChannel, channelName, personName, state } from "./state.js";
import { themeButton } from "./theme.js";
import { t } from "./words.js";

export function makeSidebar() {
  const workspace = h("div", { class: "workspace" }, h("p", { class: "workspace-name" }), h("p", { class: "workspace-domain" }));
  const find = h("button", { type: "button", class: "finder-open", onclick: openFinder }, icon("search"), h("span", { text: t("find") }), h("kbd", { text: "Ctrl K" }));
  const places = h("div", { class: "sidebar-scroll" });
  const node = h("nav", { class: "sidebar", id: "sidebar", "aria-label": t("navigation") }, workspace, find, places, me());
  node.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const rows = [...node.querySelectorAll("button.place")];
    rows[rows.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  });
  return node;
}

export function drawSidebar(node) {
  const held = document.activeElement?.closest?.("button.place")?.dataset.place;
  const all = [...state.channels.values()];
  const app = appChannel();
  const rooms = all.filter((channel) => !channel.is_im);
  const direct = all.filter((channel) => channel.is_im && channel.id !== app?.id);
  node.querySelector(".workspace-name").textContent = state.workspace.name;
  node.querySelector(".workspace-domain").textContent = state.workspace.domain;
  node.querySelector(".sidebar-scroll").replaceChildren(...present([
    group("apps", [appRow(app)]), rooms.length > 0 && group("channels", rooms.map(roomRow)),
    direct.length > 0 && group("people", direct.map(directRow)),
  ]));
  if (held) node.querySelector(`[data-place="${CSS.escape(held)}"]`)?.focus();
}

function group(key, rows) {
  return h("section", { class: "group" }, h("h2", { text: t(key) }), h("ul", {}, rows.map((row) => h("li", {}, row))));
}

function row({ key, mark, name, unread, current, go }) {
  const count = unread > 0 && h("span", { class: "unread" }, h("span", { "aria-hidden": "true", text: unread }), unseen(` ${t("unread", { count: unread })}`));
  return h(
    "button",
    { type: "button", class: unread > 0 ? "place has-unread" : "place", "data-place": key, "aria-current": current ? "page" : null, onclick: go },
    mark, h("span", { class: "place-name", text: name }), count,
  );
}

function appRow(channel) {
  const current = state.place.kind === "app";
  const go = () => announce("go", { kind: "app", tab: state.place.tab ?? "messages", byPerson: true });
  return row({ key: "app", mark: avatar(state.app.bot_user_id, "small"), name: state.app.name, unread: channel?.unread ?? 0, current, go });
}

function roomRow(channel) {
  return row({ ...common(channel), mark: icon(channel.is_private ? "lock" : "hash"), name: channel.name });
}

function directRow(channel) {
  return row({ ...common(channel), mark: avatar(channel.user ?? channel.id, "small"), name: channelName(channel.id) });
}

function common(channel) {
  const current = state.place.kind === "channel" && state.place.channel === channel.id;
  const go = () => announce("go", { kind: "channel", channel: channel.id, byPerson: true });
  return { key: channel.id, unread: channel.unread ?? 0, current, go };
}

function me() {
  return h(
    "div",
    { class: "me" },
    avatar(state.me.id),
    h("p", { class: "me-text" }, h("strong", { text: personName(state.me.id) }), h("span", { text: languageName(state.me) })),
    h("div", { class: "me-tools" },
      h("a", { class: "button plain icon-only", href: "/", target: "_top", "aria-label": t("switch_person"), title: t("switch_person") }, icon("people")),
      themeButton(),
      h("button", { type: "button", class: "button plain icon-only", "aria-label": t("help_title"), title: t("help_title"), onclick: showHelp }, icon("help"))),
  );
}
