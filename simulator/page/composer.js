/** The place to write: messages, commands after `/`, names after `@`. */

import { Completion } from "./completion.js";
import { h, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { escapeText } from "./mrkdwn.js";
import { state } from "./state.js";
import { t } from "./words.js";

export class Composer {
  /** *send(text)* and *command(name, text)* act and answer whether it went well; *shortcut* runs a global shortcut. */
  constructor({ send, command = null, shortcut = null, name }) {
    Object.assign(this, { send, command });
    this.field = h("textarea", { class: "compose-field", rows: 1, "data-compose": name, "aria-autocomplete": "list" });
    this.completion = new Completion(this.field, { withCommands: Boolean(command) });
    const submit = h("button", { type: "submit", class: "button primary icon-only", "aria-label": t("send"), title: t("send") }, icon("send"));
    const row = h("div", { class: "compose-row" }, shortcut && this.#shortcuts(shortcut), this.field, submit);
    this.node = h("form", { class: "composer" }, this.completion.list, row, h("p", { class: "compose-keys", text: t("keys") }));
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
    return menuButton({ label: t("shortcuts"), content: icon("plus"), items, above: true })[0];
  }

  #key(event) {
    if (this.completion.key(event)) return;
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

/** Names to ids, and the three escapes; *named* keeps the name beside the id, as commands carry it. */
export function encode(text, named = false) {
  const names = [...state.users.values()].map((user) => ({ name: escapeText(user.real_name || user.name), id: user.id, handle: user.name }));
  names.push({ name: escapeText(state.app.name), id: state.app.bot_user_id, handle: state.app.name });
  names.sort((a, b) => b.name.length - a.name.length);
  let encoded = escapeText(text);
  for (const { name, id, handle } of names) {
    if (name) encoded = replaceWord(encoded, `@${name}`, named ? `<@${id}|${escapeText(handle)}>` : `<@${id}>`);
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
