/** What passes between the app and the simulator: newest first, looked through, held still, copied. */

import { fetchWire } from "./api.js";
import { h, icon } from "./dom.js";
import { announce } from "./state.js";
import { WireEntry } from "./wire_entry.js";
import { t } from "./words.js";

const MOST = 300;
const SHOWN = {
  all: () => true,
  to_app: (entry) => entry.direction === "to_app",
  api: (entry) => entry.direction === "api",
  trouble: (entry) => entry.isTrouble,
};

class Wire {
  #entries = [];
  #waiting = [];
  #last = 0;
  #held = true;
  #filling = null;

  constructor() {
    this.list = h("ol", { class: "wire-list", reversed: true });
    this.filter = h("input", { class: "field", type: "search", "aria-label": t("wire_filter"), placeholder: t("wire_filter"), "data-first": "" });
    this.filter.addEventListener("input", () => this.#look());
    this.kind = h("select", { class: "pane-choose", "aria-label": t("wire_kind") }, Object.keys(SHOWN).map((key) => h("option", { value: key, text: t(`wire_${key}`) })));
    this.kind.addEventListener("change", () => this.#look());
    this.hold = h("button", { type: "button", class: "button plain", "aria-pressed": "false", onclick: () => this.#turnHold() });
    const clear = h("button", { type: "button", class: "button plain", onclick: () => this.#clear() }, t("wire_clear"));
    const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("close"), title: t("close"), onclick: () => announce("wire", false) }, icon("close"));
    this.node = h(
      "aside",
      { class: "wire panel", id: "wire", "aria-label": t("wire"), hidden: true },
      h("header", { class: "panel-head" }, h("h2", { text: t("wire") }), this.hold, clear, close),
      h("div", { class: "wire-tools" }, this.filter, this.kind),
      this.list,
      h("p", { class: "empty wire-empty", text: t("wire_empty") }),
    );
    this.#nameHold();
  }

  /** Show the panel, with what passed before, or hide it; nothing is drawn while nobody looks. */
  async show(open) {
    this.node.hidden = !open;
    this.#held = true;
    if (!open) return;
    const filling = fetchWire();
    this.#filling = filling;
    const before = await filling.catch(() => []);
    if (this.#filling !== filling) return;
    this.#clear();
    this.#last = 0;
    this.#held = this.hold.getAttribute("aria-pressed") === "true";
    for (const event of before) this.#take(event);
    this.#flush();
  }

  /** Hear of something that passed. */
  add(event) {
    if (this.node.hidden) return;
    this.#waiting.push(event);
    if (!this.#held) this.#flush();
    this.#nameHold();
  }

  #flush() {
    if (this.#held) return;
    for (const event of this.#waiting.splice(0)) this.#take(event);
  }

  #take(event) {
    if (event.n !== undefined && event.n <= this.#last) return;
    this.#last = event.n ?? this.#last;
    const answered = event.direction === "from_app" && event.id && this.#entries.find((entry) => entry.awaits(event));
    if (answered) {
      answered.answer(event);
      this.#fit(answered);
      return;
    }
    const entry = new WireEntry(event);
    this.#entries.push(entry);
    this.#fit(entry);
    this.list.prepend(entry.node);
    if (this.#entries.length > MOST) this.#entries.shift().node.remove();
  }

  #fit(entry) {
    entry.node.hidden = !(SHOWN[this.kind.value](entry) && entry.holds(this.filter.value.trim().toLowerCase()));
  }

  #look() {
    for (const entry of this.#entries) this.#fit(entry);
  }

  #clear() {
    this.#entries = [];
    this.list.replaceChildren();
  }

  #turnHold() {
    this.#held = this.hold.getAttribute("aria-pressed") !== "true";
    this.hold.setAttribute("aria-pressed", String(this.#held));
    this.#flush();
    this.#nameHold();
  }

  #nameHold() {
    const held = this.hold.getAttribute("aria-pressed") === "true";
    this.hold.replaceChildren(icon(held ? "play" : "pause"), held && this.#waiting.length ? t("wire_go_on", { count: this.#waiting.length }) : t(held ? "wire_resume" : "wire_pause"));
  }
}

export const makeWire = () => new Wire();
