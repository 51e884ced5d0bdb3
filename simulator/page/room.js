/** The middle of the page: the name of the place, its tabs, its messages or the Home. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { drawHome } from "./home.js";
import { notice } from "./notices.js";
import { announce, appChannel, channelName, currentChannel, repliesTo, rootsOf, state } from "./state.js";
import { statusOf } from "./status.js";
import { Timeline } from "./timeline.js";
import { t } from "./words.js";

export function makeRoom() {
  const timeline = new Timeline();
  const composer = new Composer({ name: "channel", send, command, shortcut });
  const title = h("h1", { class: "room-name", tabindex: "-1" });
  const members = h("span", { class: "room-members" });
  const menu = h("button", { type: "button", class: "button plain icon-only menu-toggle", "aria-label": t("menu"), "aria-controls": "sidebar",
    "aria-expanded": "false", onclick: () => announce("menu") }, icon("menu"));
  const wire = h("button", { type: "button", class: "button plain wire-toggle", "aria-controls": "wire", "aria-expanded": "false", onclick: () => announce("wire", !state.wireOpen) },
    icon("wire"), h("span", { text: t("wire") }));
  const tabs = makeTabs();
  const home = h("div", { class: "home", id: "panel-home", role: "tabpanel", "aria-label": t("home"), tabindex: "-1" });
  const talk = h("div", { class: "talk", id: "panel-messages" }, timeline.node, composer.node);
  const node = h("main", { class: "room" }, h("header", { class: "room-head" }, menu, title, members, wire), tabs.node, home, talk);
  const parts = { timeline, composer, title, members, tabs, home, talk };
  return { node, composer, menu, wire, title, draw: () => draw(parts), drawHome: () => state.place.tab === "home" && drawHome(home) };
}

function makeTabs() {
  const tab = (key) =>
    h("button", { type: "button", role: "tab", id: `tab-${key}`, "data-tab": key, "aria-controls": `panel-${key}`,
      onclick: () => announce("go", { kind: "app", tab: key }) }, t(key));
  const node = h("div", { class: "tabs", role: "tablist", "aria-label": state.app.name }, tab("home"), tab("messages"));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = node.querySelector("[aria-selected=false]");
    other?.click();
    other?.focus();
  });
  const draw = () => {
    node.hidden = state.place.kind !== "app";
    for (const one of node.children) {
      const selected = one.dataset.tab === state.place.tab;
      one.setAttribute("aria-selected", String(selected));
      one.tabIndex = selected ? 0 : -1;
    }
  };
  return { node, draw };
}

function draw({ timeline, composer, title, members, tabs, home, talk }) {
  const { kind, tab } = state.place;
  const channel = currentChannel();
  const name = kind === "app" ? state.app.name : channelName(channel?.id);
  const shown = kind === "app" || channel?.is_im ? name : `#${name}`;
  title.textContent = shown ?? "";
  document.title = `${shown} – ${state.workspace.name}`;
  const count = channel && !channel.is_im ? (channel.members?.length ?? 0) : 0;
  members.textContent = count === 0 ? "" : count === 1 ? t("member") : t("members", { count });
  tabs.draw();
  const atHome = kind === "app" && tab === "home";
  home.hidden = !atHome;
  talk.hidden = atHome;
  if (atHome || !channel) return;
  if (kind === "app") talk.setAttribute("role", "tabpanel");
  else talk.removeAttribute("role");
  composer.address(t("write_to", { name: shown }));
  const roots = rootsOf(channel.id);
  const open = state.thread?.channel === channel.id ? state.thread.ts : null;
  timeline.show({
    key: channel.id,
    channel: channel.id,
    messages: roots,
    repliesOf: (message) => repliesTo(channel.id, message.ts),
    label: t("timeline", { name: shown }),
    status: statusOf(channel.id, (threadTs) => threadTs === null || threadTs !== open),
    before: kind === "app" && roots.length === 0 ? prompts() : null,
    newFrom: state.newFrom.get(channel.id) ?? null,
  });
}

function prompts() {
  if (!state.app.prompts.length) return null;
  const buttons = state.app.prompts.map((prompt) =>
    h("button", { type: "button", class: "prompt", onclick: () => send(prompt.message) }, h("strong", { text: prompt.title }), h("span", { text: prompt.message })),
  );
  return h("section", { class: "prompts" }, h("h2", { text: t("prompts") }), h("div", { class: "prompt-list" }, ...buttons));
}

async function send(text) {
  const channel = currentChannel() ?? appChannel();
  if (!channel) return false;
  const answer = await act(state.me.id, "say", { channel: channel.id, text });
  if (!answer.ok) failed(answer.error);
  return answer.ok;
}

async function command(name, text) {
  if (!state.app.commands.some((known) => known.command === name)) {
    notice(t("unknown_command", { command: name }), "warning");
    return false;
  }
  const answer = await act(state.me.id, "command", { channel: currentChannel()?.id, command: name, text });
  if (!answer.ok) failed(answer.error);
  return answer.ok;
}

async function shortcut(callbackId) {
  const answer = await act(state.me.id, "shortcut", { callback_id: callbackId });
  if (!answer.ok) failed(answer.error);
}
