/** Find a place or a person by a few letters, and go there. */

import { act, fetchState } from "./api.js";
import { failed } from "./blocks/context.js";
import { openLayer } from "./dialog.js";
import { h, icon, uid } from "./dom.js";
import { say } from "./notices.js";
import { avatar } from "./people.js";
import { announce, appChannel, channelName, personName, state, takeState } from "./state.js";
import { t } from "./words.js";

const MOST = 9;
let layer = null;

export function openFinder() {
  if (layer) return;
  const listId = uid("found");
  const field = h("input", {
    class: "field", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": listId, "aria-autocomplete": "list",
    "aria-label": t("find_label"), placeholder: t("find_label"), autocomplete: "off", spellcheck: "false",
  });
  const list = h("div", { class: "found", role: "listbox", id: listId, "aria-label": t("find_label") });
  const node = h("div", { class: "modal small finder", role: "dialog", "aria-modal": "true", "aria-label": t("find") }, field, list);
  let found = [];
  let active = 0;

  const shut = () => {
    layer?.close();
    layer = null;
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((row, at) => {
      row.classList.toggle("active", at === index);
      row.setAttribute("aria-selected", String(at === index));
    });
    list.children[index]?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[index]?.id ?? "");
  };
  const choose = async (index) => {
    const wanted = found[index];
    if (!wanted) return;
    shut();
    await wanted.go();
  };
  const look = () => {
    found = matching(field.value);
    list.replaceChildren(...found.map((entry, index) =>
      h("div", { class: "option", role: "option", id: uid("option"), "data-place": entry.key, onclick: () => choose(index) },
        h("span", { class: "found-row" }, entry.mark(), h("span", {}, entry.text, entry.detail && h("span", { class: "option-description", text: entry.detail }))))));
    if (!found.length) list.replaceChildren(h("p", { class: "popup-note", text: t("find_nothing") }));
    else mark(0);
    say(found.length ? t("options_count", { count: found.length }) : t("find_nothing"));
  };
  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) mark((active + step + found.length) % found.length);
    else if (event.key === "Enter") choose(active);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  layer = openLayer(node, { onEscape: shut });
  look();
  field.focus();
}

function matching(query) {
  const wanted = query.trim().toLocaleLowerCase();
  const fits = (entry) => `${entry.text} ${entry.detail ?? ""}`.toLocaleLowerCase().split(/[\s.@#_-]+/).some((part) => part.startsWith(wanted)) || entry.text.toLocaleLowerCase().includes(wanted);
  return [...places(), ...people()].filter((entry) => !wanted || fits(entry)).slice(0, MOST);
}

function places() {
  const app = { key: "app", text: state.app.name, detail: t("bot"), mark: () => avatar(state.app.bot_user_id, "small"), go: () => announce("go", { kind: "app", tab: "messages", byPerson: true }) };
  const own = appChannel()?.id;
  const rooms = [...state.channels.values()].filter((channel) => channel.id !== own && !channel.is_im);
  return [app, ...rooms.map((channel) => ({
    key: channel.id, text: `#${channelName(channel.id)}`, mark: () => icon(channel.is_private ? "lock" : "hash"),
    go: () => announce("go", { kind: "channel", channel: channel.id, byPerson: true }),
  }))];
}

function people() {
  return [...state.users.values()]
    .filter((user) => !user.is_bot && !user.deleted && user.id !== state.me.id)
    .map((user) => ({
      key: user.id, text: personName(user.id), detail: [user.title, user.email].filter(Boolean).join(" · "),
      mark: () => avatar(user.id, "small"), go: () => talkTo(user.id),
    }));
}

/** Go to the direct messages with a person, also when there are none yet. */
export async function talkTo(id) {
  const answer = await act(state.me.id, "begin", { people: [id] });
  if (!answer.ok) return failed(answer.error);
  if (!state.channels.has(answer.channel)) takeState(await fetchState(state.me.id));
  return announce("go", { kind: "channel", channel: answer.channel, byPerson: true });
}
