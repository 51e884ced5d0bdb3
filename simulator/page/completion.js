/** What can be completed while writing: a command at the beginning, a name anywhere. */

import { h, uid } from "./dom.js";
import { say } from "./notices.js";
import { state } from "./state.js";
import { t } from "./words.js";

const MOST = 8;

export class Completion {
  #found = [];
  #active = 0;

  constructor(field, { withCommands }) {
    Object.assign(this, { field, withCommands });
    this.list = h("div", { class: "completion", role: "listbox", id: uid("completion"), hidden: true });
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.#look());
    field.addEventListener("click", () => this.#look());
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** Handle a key while the list is open; true when it was for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) this.#mark((this.#active + move + this.#found.length) % this.#found.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !this.#isWhole())) this.#take(this.#active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  #isWhole() {
    return this.field.value.trim() === this.#found[this.#active].insert.trim();
  }

  #look() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const command = this.withCommands ? /^\/(\S*)$/.exec(before) : null;
    const name = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before);
    if (command) this.#open(t("commands"), commands(command[1]), 0);
    else if (name) this.#open(t("mentions"), people(name[1]), before.length - name[1].length - 1);
    else this.close();
  }

  #open(label, found, from) {
    this.#found = found.slice(0, MOST);
    this.from = from;
    if (!this.#found.length) return this.close();
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(h("p", { class: "group-label", "aria-hidden": "true", text: label }), ...this.#found.map((entry, index) => this.#row(entry, index)));
    this.list.hidden = false;
    this.#mark(0);
    return say(t("options_count", { count: this.#found.length }));
  }

  #row(entry, index) {
    return h(
      "div",
      { class: "option", role: "option", id: uid("option"), "data-value": entry.insert.trim(), onclick: () => this.#take(index) },
      h("span", {}, h("strong", { text: entry.text }), " ", entry.hint && h("code", { text: entry.hint }),
        entry.description && h("span", { class: "option-description", text: entry.description })),
    );
  }

  #mark(index) {
    this.#active = index;
    const rows = this.list.querySelectorAll("[role=option]");
    rows.forEach((row, at) => {
      row.classList.toggle("active", at === index);
      row.setAttribute("aria-selected", String(at === index));
    });
    rows[index].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", rows[index].id);
  }

  #take(index) {
    const { insert } = this.#found[index];
    const at = this.field.selectionStart;
    this.field.setRangeText(insert, this.from, at, "end");
    this.close();
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function commands(begun) {
  return state.app.commands
    .filter((command) => command.command.slice(1).startsWith(begun))
    .map((command) => ({ text: command.command, hint: command.usage_hint, description: command.description, insert: `${command.command} ` }));
}

function people(begun) {
  const wanted = begun.toLocaleLowerCase();
  const bot = { id: state.app.bot_user_id, real_name: state.app.name, name: state.app.name, is_bot: true };
  const known = [...state.users.values()].filter((user) => !user.deleted && user.id !== bot.id);
  return [bot, ...known]
    .filter((user) => `${user.real_name} ${user.name}`.toLocaleLowerCase().split(/[\s.]+/).some((part) => part.startsWith(wanted)))
    .map((user) => ({ text: `@${user.real_name || user.name}`, description: user.is_bot ? t("bot") : user.email, insert: `@${user.real_name || user.name} ` }));
}
