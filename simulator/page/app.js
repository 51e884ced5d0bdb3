/** Where the page begins: who is here, what is shown, and what happens when something happens. */

import { act, fetchMessages, fetchState, listen } from "./api.js";
import { showChooser } from "./chooser.js";
import { h, icon } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { makeLine } from "./line.js";
import { makeHearing } from "./hearing.js";
import { drawModals } from "./modal.js";
import { notice } from "./notices.js";
import { makeRoom } from "./room.js";
import { showSide } from "./side.js";
import { drawSidebar, makeSidebar } from "./sidebar.js";
import { announce, appChannel, on, state, takeState } from "./state.js";
import { wearTheme } from "./theme.js";
import { makeThread } from "./thread.js";
import { makeWire } from "./wire.js";
import { speak, t } from "./words.js";

const root = document.getElementById("page");
const asked = new URLSearchParams(location.search);

async function begin() {
  wearTheme();
  speak(navigator.language);
  takeState(await fetchState(asked.get("user"), asked.get("team")));
  const side = (asked.get("with") ?? "").split(",").filter((id) => state.users.has(id));
  if (side.length) return showSide(root, side);
  if (!state.me) return showChooser(root);
  speak(state.me.locale);
  return openWorkspace();
}

async function openWorkspace() {
  const sidebar = makeSidebar();
  const room = makeRoom();
  const thread = makeThread();
  const wire = makeWire();
  const skip = h("button", { type: "button", class: "skip", onclick: () => room.composer.focus() }, t("skip"));
  const veil = h("button", { type: "button", class: "veil", "aria-label": t("menu_close"), onclick: () => setMenu(false) });
  root.className = "shell";
  document.documentElement.classList.toggle("embedded", window.top !== window);
  root.replaceChildren(
    skip,
    h("header", {}, h("p", { class: "banner", role: "note" }, icon("info"), h("span", { text: t("banner") }))),
    h("div", { class: "columns" }, sidebar, veil, room.node, thread.node, wire.node),
  );

  const line = makeLine();
  root.firstChild.after(line.node);

  const draw = () => {
    drawSidebar(sidebar);
    room.draw();
    thread.draw();
  };
  const setMenu = (open) => {
    root.classList.toggle("menu-open", open);
    room.menu.setAttribute("aria-expanded", String(open));
    if (open) sidebar.querySelector("button.place")?.focus();
    else if (sidebar.contains(document.activeElement)) room.menu.focus();
  };
  sidebar.addEventListener("keydown", (event) => event.key === "Escape" && setMenu(false));

  on("draw", draw);
  on("elsewhere", ({ channel, message }) => line.tell(channel, message));
  on("edit", (wanted) => {
    const before = state.editing;
    state.editing = wanted;
    draw();
    if (wanted) document.querySelector("[data-edit]")?.focus();
    else if (before) document.querySelector(`[data-ts="${CSS.escape(before.ts)}"]`)?.focus();
  });
  on("home", room.drawHome);
  on("views", () => drawModals(() => (state.place.tab === "home" ? room.title : room.composer.field)));
  on("menu", () => setMenu(!root.classList.contains("menu-open")));
  on("wire", (open) => {
    state.wireOpen = open;
    wire.show(open);
    room.wire.setAttribute("aria-expanded", String(open));
    if (!open && wire.node.contains(document.activeElement)) room.wire.focus();
  });
  on("thread", (wanted) => {
    const before = state.thread;
    state.thread = wanted;
    draw();
    if (wanted?.byPerson) thread.composer.focus();
    else if (!wanted && before) document.querySelector(`.room [data-ts="${CSS.escape(before.ts)}"]`)?.focus();
  });
  on("go", async (place) => {
    await go(place);
    if (state.place.channel) line.forget(state.place.channel);
    draw();
    room.drawHome();
    if (!place.byPerson) return;
    setMenu(false);
    if (state.place.tab !== "home") room.composer.focus();
  });

  listenToKeys(window.top === window ? null : (step) => window.parent.postMessage({ turn: step }, location.origin));
  hear = makeHearing(fresh, wire);
  listen(state.me.id, (event) => (reading ? held.push(event) : hear(event)), (line) => lineChanged(line, fresh));
  await go(placeFromAddress());
  draw();
  room.drawHome();
  drawModals(() => room.composer.field);
  window.addEventListener("hashchange", async () => {
    const place = placeFromAddress();
    if (place.kind === state.place.kind && (place.channel ?? state.place.channel) === state.place.channel && place.tab === state.place.tab) return;
    await go(place);
    draw();
    room.drawHome();
  });
}

let hear = null;
let reading = 0;
const held = [];

/**
 * Read everything anew, after a broken line or when something unknown was heard of.
 *
 * What is heard meanwhile waits: an answer may be older than news that overtook it, and must not undo them.
 */
async function fresh() {
  reading += 1;
  try {
    takeState(await fetchState(state.me.id));
    for (const channel of state.messages.keys()) await load(channel);
  } finally {
    reading -= 1;
    if (!reading) held.splice(0).forEach((event) => hear(event));
  }
  for (const topic of ["draw", "home", "views"]) announce(topic);
}

async function load(channel) {
  const messages = await fetchMessages(state.me.id, channel);
  state.messages.set(channel, new Map(messages.map((message) => [message.ts, message])));
}

function placeFromAddress() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted === "home" || wanted === "messages") return { kind: "app", tab: wanted };
  if (state.channels.has(wanted) && wanted !== appChannel()?.id) return { kind: "channel", channel: wanted };
  return { kind: "app", tab: "messages" };
}

async function go({ kind, channel = null, tab = null }) {
  state.thread = null;
  state.editing = null;
  if (kind === "app") {
    await act(state.me.id, tab === "home" ? "home" : "messages_tab");
    if (tab === "messages" && !appChannel()) takeState(await fetchState(state.me.id));
  }
  const shown = kind === "app" ? (tab === "messages" ? (appChannel()?.id ?? null) : null) : channel;
  state.place = { kind, tab, channel: shown };
  history.replaceState(null, "", `#${encodeURIComponent(kind === "app" ? tab : channel)}`);
  if (!shown) return;
  if (!state.messages.has(shown)) await load(shown);
  const here = state.channels.get(shown);
  if (here?.unread) state.newFrom.set(shown, here.last_read ?? "");
  else state.newFrom.delete(shown);
  if (here) Object.assign(here, { unread: 0, last_read: [...state.messages.get(shown).keys()].sort().at(-1) ?? here.last_read });
  await act(state.me.id, "read", { channel: shown });
}

let heardBefore = false;

async function lineChanged(line, again) {
  if (line && !heardBefore) {
    // What happened between the first reading and the line's opening was told to nobody.
    heardBefore = true;
    state.line = true;
    return again();
  }
  if (line === state.line) return;
  state.line = line;
  document.documentElement.classList.toggle("offline", !line);
  notice(t(line ? "online" : "offline"), line ? "success" : "warning");
  if (line) await again();
}

begin().catch((error) => {
  root.replaceChildren(h("main", { class: "chooser" }, h("h1", { text: t("start_failed") }), h("p", { class: "lead", text: error.message })));
});
