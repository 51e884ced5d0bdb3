/** A run of messages that grows at its end; what did not change is not drawn anew. */

import { dayKey, dayLabel } from "./dates.js";
import { h } from "./dom.js";
import { messageNode, repliesButton } from "./message.js";
import { StatusLine } from "./status.js";
import { announce, authorOf, state } from "./state.js";
import { t } from "./words.js";

const TOGETHER = 300;
const NEAR = 120;

export class Timeline {
  #drawn = new Map();
  #key = null;

  constructor({ inThread = false } = {}) {
    this.inThread = inThread;
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.status = new StatusLine();
    this.node = h("div", { class: "timeline", tabindex: "0" }, this.log, this.status.node);
    this.node.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** Show *messages* of *channel*; *repliesOf(message)* answers its thread, *key* names the place. */
  show({ key, channel, messages, repliesOf, label, status, before = null, newFrom = null }) {
    const fresh = key !== this.#key;
    const follow = fresh || this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
    if (fresh) this.#begin(key, label);
    this.#draw(channel, messages, repliesOf, before, newFrom);
    this.status.show(status);
    if (follow) this.node.scrollTop = this.node.scrollHeight;
    // A reader hears what comes from now on, not the whole past.
    if (fresh) requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  /** Arrows go from message to message; letters do what the message's tools do. */
  #pressed(event) {
    const here = event.target.closest(".message");
    if (event.target !== here && event.target !== this.node) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...this.log.querySelectorAll(".message")];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) (here ? all[all.indexOf(here) + step] : all.at(-1))?.focus();
    else if (event.key === "e" && here) this.#edit(here.dataset.ts);
    else {
      const tool = here?.querySelector(`.message-tools [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!tool) return;
      tool.click();
    }
    event.preventDefault();
  }

  #edit(ts) {
    const channel = state.thread?.channel ?? state.place.channel;
    const message = state.messages.get(channel)?.get(ts);
    if (message && authorOf(message) === state.me.id) announce("edit", { channel, ts });
  }

  #begin(key, label) {
    this.#key = key;
    this.#drawn.clear();
    this.log.replaceChildren();
    this.log.setAttribute("aria-live", "off");
    this.log.setAttribute("aria-label", label);
    this.node.setAttribute("aria-label", label);
  }

  #draw(channel, messages, repliesOf, before, newFrom) {
    const wanted = [];
    let last = null;
    let marked = newFrom === null;
    for (const message of messages) {
      const isNew = !marked && message.ts > newFrom && authorOf(message) !== state.me.id;
      const newDay = !last || dayKey(last.ts) !== dayKey(message.ts);
      if (newDay && !this.inThread) wanted.push(this.#day(message));
      if (isNew) wanted.push(this.#keep("new", "", () => h("h2", { class: "new-line" }, h("span", { text: t("new") }))));
      marked ||= isNew;
      const compact = !newDay && !isNew && !message.deleted && !last.deleted && authorOf(last) === authorOf(message) && Number(message.ts) - Number(last.ts) < TOGETHER
        && Boolean(last.ephemeral) === Boolean(message.ephemeral);
      const node = this.#message(channel, message, compact);
      node.querySelector(".message-foot").replaceChildren(...[repliesButton(channel, message, repliesOf(message))].filter(Boolean));
      wanted.push(node);
      last = message;
    }
    if (!messages.length) wanted.push(h("p", { class: "empty", text: t("empty") }));
    if (before) wanted.push(before);
    this.#settle(wanted);
  }

  #day(message) {
    const key = `day ${dayKey(message.ts)}`;
    const label = dayLabel(message.ts, t);
    return this.#keep(key, label, () => h("h2", { class: "day" }, h("span", { text: label })));
  }

  #message(channel, message, compact) {
    const editing = state.editing?.ts === message.ts && state.editing.channel === channel;
    const make = () => messageNode(channel, message, { compact, inThread: this.inThread, editing });
    return this.#keep(message.ts, JSON.stringify([message, compact, editing]), make);
  }

  #keep(key, looks, make) {
    const known = this.#drawn.get(key);
    if (known?.looks === looks) return known.node;
    const node = make();
    if (known?.node.contains(document.activeElement)) node.dataset.takesFocus = "";
    this.#drawn.set(key, { looks, node });
    return node;
  }

  /** Put the nodes in their order, touching only those that are new, gone or moved. */
  #settle(wanted) {
    const keep = new Set(wanted);
    for (const node of [...this.log.children]) if (!keep.has(node)) node.remove();
    wanted.forEach((node, index) => {
      if (this.log.children[index] !== node) this.log.insertBefore(node, this.log.children[index] ?? null);
    });
    const taker = this.log.querySelector("[data-takes-focus]");
    if (!taker) return;
    delete taker.dataset.takesFocus;
    taker.focus({ preventScroll: true });
  }
}
