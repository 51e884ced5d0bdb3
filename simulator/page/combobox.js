/** A field with a list of options: type to narrow, arrows to move, Enter to choose; one or several. */

import { h, icon, uid } from "./dom.js";
import { say } from "./notices.js";
import { place, watchOutside } from "./popup.js";
import { t } from "./words.js";

const PAUSE = 180;

/**
 * Options are `{key, text, description?}`; groups `{label?, options}`.
 * *load(query)* answers groups or a promise of them; *changed(options)* hears each choice; *closed()* when the list closes.
 */
export class Combobox {
  #options = [];
  #active = -1;
  #stop = null;
  #pause = null;
  #asked = 0;

  constructor({ names, placeholder, chosen, multi = false, max = Infinity, optional = false, load, minQuery = 0, changed, closed = () => {} }) {
    Object.assign(this, { placeholder, multi, max, optional, load, minQuery, changed, closed, chosen: [...chosen] });
    const listId = uid("list");
    this.field = h("input", {
      class: "field", id: uid("field"), role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": listId, "aria-haspopup": "listbox", "aria-label": names.label || placeholder,
      "aria-describedby": names.described, autocomplete: "off", spellcheck: "false", placeholder,
    });
    this.list = h("div", { class: "popup", role: "listbox", id: listId, hidden: true, "aria-label": names.label || placeholder,
      "aria-multiselectable": multi ? "true" : null });
    this.chips = multi ? h("ul", { class: "chips" }) : null;
    const box = h("div", { class: "select-box" }, this.field, icon("down"));
    this.node = h("div", { class: multi ? "select multi" : "select" }, this.chips, box, this.list);
    this.#listen();
    this.#show();
  }

  #listen() {
    this.field.addEventListener("click", () => this.#open());
    this.field.addEventListener("input", () => this.#open(true));
    this.field.addEventListener("blur", () => setTimeout(() => this.node.contains(document.activeElement) || this.#close(), 120));
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const isOpen = !this.list.hidden;
    if (event.key in moves) isOpen ? this.#move(this.#active + moves[event.key]) : this.#open();
    else if (event.key === "Enter") isOpen ? this.#choose(this.#active) : this.#open();
    else if (event.key === "Escape" && isOpen) this.#close();
    else if (isOpen && event.key === "Home") this.#move(0);
    else if (isOpen && event.key === "End") this.#move(this.#options.length - 1);
    else if (event.key === "Backspace" && this.multi && this.field.value === "" && this.chosen.length) this.#drop(this.chosen.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #open(typed = false) {
    if (this.list.hidden) {
      this.list.hidden = false;
      this.field.setAttribute("aria-expanded", "true");
      this.#stop = watchOutside([this.node], () => this.#close());
      if (!typed) this.field.select();
    } else if (!typed) return;
    const query = typed ? this.field.value.trim() : "";
    clearTimeout(this.#pause);
    if (query.length < this.minQuery) this.#note(t("search_more", { count: this.minQuery }));
    else if (typed && this.minQuery >= 0) this.#pause = setTimeout(() => this.#fill(query), PAUSE);
    else await this.#fill(query);
  }

  async #fill(query) {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = this.load(query);
    if (answer instanceof Promise) this.#note(t("loading"));
    const groups = await answer;
    if (asked !== this.#asked || this.list.hidden) return;
    this.#options = groups.flatMap((group) => group.options);
    if (!this.#options.length) return this.#note(t("no_options"));
    this.list.replaceChildren(...groups.map((group) => this.#group(group)));
    place(this.list, this.field, { wide: true });
    this.#move(Math.max(0, this.#options.findIndex((option) => this.#has(option))));
    return say(t("options_count", { count: this.#options.length }));
  }

  #note(text) {
    this.#options = [];
    this.#active = -1;
    this.list.replaceChildren(h("p", { class: "popup-note", text }));
    place(this.list, this.field, { wide: true });
    say(text);
  }

  #group(group) {
    const rows = group.options.map((option) => this.#row(option));
    if (!group.label) return h("div", { role: "presentation" }, ...rows);
    const id = uid("group");
    return h("div", { role: "group", "aria-labelledby": id }, h("div", { class: "group-label", id, text: group.label }), ...rows);
  }

  #row(option) {
    const description = option.description && h("span", { class: "option-description", text: option.description });
    return h(
      "div",
      { class: "option", role: "option", id: uid("option"), "data-value": option.key, "aria-selected": String(this.#has(option)),
        onclick: () => this.#choose(this.#options.indexOf(option)) },
      h("span", {}, option.text, description),
      icon("check"),
    );
  }

  #has(option) {
    return this.chosen.some(({ key }) => key === option.key);
  }

  #move(to) {
    if (!this.#options.length) return;
    const rows = this.list.querySelectorAll("[role=option]");
    rows[this.#active]?.classList.remove("active");
    this.#active = (to + this.#options.length) % this.#options.length;
    rows[this.#active].classList.add("active");
    rows[this.#active].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", rows[this.#active].id);
  }

  #choose(at) {
    const option = this.#options[at];
    if (!option) return;
    if (!this.multi) {
      this.chosen = [option];
      this.#close(false);
      this.changed(this.chosen);
      return;
    }
    if (this.#has(option)) this.#drop(option);
    else if (this.chosen.length >= this.max) say(t("enough", { count: this.max }));
    else {
      this.chosen.push(option);
      this.changed(this.chosen);
      say(t("chosen", { name: option.text }));
    }
    this.field.value = "";
    this.#show();
    this.list.querySelectorAll("[role=option]").forEach((row, index) => row.setAttribute("aria-selected", String(this.#has(this.#options[index]))));
    place(this.list, this.field, { wide: true });
  }

  #drop(option) {
    this.chosen = this.chosen.filter(({ key }) => key !== option.key);
    this.changed(this.chosen);
    this.#show();
  }

  #close(mayClear = true) {
    if (this.list.hidden) return;
    clearTimeout(this.#pause);
    this.#stop?.();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    if (mayClear && !this.multi && this.optional && this.field.value.trim() === "" && this.chosen.length) {
      this.chosen = [];
      this.changed(this.chosen);
    }
    this.#show();
    this.closed();
  }

  #show() {
    if (!this.multi) {
      this.field.value = this.chosen[0]?.text ?? "";
      return;
    }
    this.field.value = "";
    const chip = (option) =>
      h("li", { class: "chip", "data-value": option.key }, option.text,
        h("button", { type: "button", class: "chip-drop", "aria-label": t("remove", { name: option.text }), onclick: () => this.#dropAndStay(option) }, icon("close")));
    this.chips.replaceChildren(...this.chosen.map(chip));
  }

  #dropAndStay(option) {
    this.#drop(option);
    this.field.focus();
    if (this.list.hidden) this.closed();
  }
}
