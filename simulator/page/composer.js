/** The place to write: messages, commands after `/`, names after `@`. */

import { Completion } from "./completion.js";
import { h, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { state } from "./state.js";
import { t } from "./words.js";

export class Composer {
  /** *send(text)* and *command(name, text)* act and answer whether it went well; *shortcut* runs a global shortcut. */
  constructor({ send, command = null, shortcut = null, name, foot = null }) {
    Object.assign(this, { send, command });
    this.field = h("textarea", { class: "compose-field", rows: 1, "data-compose": name, "aria-autocomplete": "list" });
    this.completion = new Completion(this.field, { withCommands: Boolean(command) });
    const submit = h("button", { type: "submit", class: "button primary icon-only", "aria-label": t("send"), title: t("send") }, icon("send"));
    const row = h("div", { class: "compose-row" }, shortcut && this.#shortcuts(shortcut), this.field, submit);
    this.node = h("form", { class: "composer" }, this.completion.list, row, foot, h("p", { class: "compose-keys", text: t("keys") }));
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#grow());
  }

  /** Name the place that is written to. */
  address(label) {
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
  }

  focus() {
    this.field.focus();
  }

  #shortcuts(run) {
    const items = state.app.shortcuts
      .filter((shortcut) => shortcut.type !== "message")
      .map((shortcut) => ({ label: shortcut.name, value: shortcut.callback_id, run: () => run(shortcut.callback_id) }));
    if (!items.length) return null;
    return menuButton({ label: t("shortcuts"), content: icon("bolt"), items, above: true })[0];
  }

  #key(event) {
    if (this.completion.key(event)) return;
    if (event.key === "ArrowUp" && this.field.value === "" && !event.altKey) {
      event.preventDefault();
      this.node.parentElement.querySelector(".timeline .message:last-of-type")?.focus();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const slash = /^\/(\S+)\s*([\s\S]*)$/.exec(text);
    this.field.value = "";
    this.#grow();
    this.completion.close();
    const went = slash && this.command ? await this.command(`/${slash[1]}`, encode(slash[2], true)) : await this.send(encode(text));
    if (!went && this.field.value === "") {
      this.field.value = text;
      this.#grow();
    }
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 200)}px`;
  }
}

/** Names to ids; *named* keeps the name beside the id, as commands carry it. The simulator escapes the rest. */
export function encode(text, named = false) {
  const people = [...state.users.values()].map((user) => ({ shown: user.real_name || user.name, id: user.id, name: user.name }));
  if (!state.users.has(state.app.bot_user_id)) people.push({ shown: state.app.name, id: state.app.bot_user_id, name: state.app.name });
  people.sort((a, b) => b.shown.length - a.shown.length);
  let encoded = text;
  for (const { shown, id, name } of people) {
    encoded = replaceWord(encoded, `@${shown}`, named ? `<@${id}|${name}>` : `<@${id}>`);
  }
  for (const channel of state.channels.values()) {
    if (!channel.is_im) encoded = replaceWord(encoded, `#${channel.name}`, `<#${channel.id}|${channel.name}>`);
  }
  return encoded;
}

function replaceWord(text, word, by) {
  const quoted = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}<])${quoted}(?![\\p{L}\\p{N}])`, "gu"), () => by);
}
