/** One thing that passed: what it was, how long it took, what came of it. */

import { clockSeconds } from "./dates.js";
import { h, icon } from "./dom.js";
import { say } from "./notices.js";
import { t } from "./words.js";

const SIGNS = { to_app: "→", from_app: "←", api: "⇄" };
// Slack waits three seconds for an acknowledgement: one that takes a third of that is worth a word.
const SLOW = 1000;

export class WireEntry {
  #event;
  #answer = null;
  #details;

  constructor(event) {
    this.#event = event;
    this.direction = Object.hasOwn(SIGNS, event.direction) ? event.direction : "api";
    this.node = h("li", {});
    this.#details = h("details", { class: `wire-entry ${this.direction}`, "data-direction": this.direction, "data-kind": event.kind });
    this.#details.addEventListener("toggle", () => this.#unfold());
    this.node.append(this.#details);
    this.#draw();
  }

  /** Whether *event* is the answer that this delivery still waits for. */
  awaits(event) {
    return this.direction === "to_app" && this.#answer === null && this.#event.id === event.id && (this.#event.attempt ?? 0) === (event.attempt ?? 0);
  }

  answer(event) {
    this.#answer = event;
    this.#draw();
    if (this.#details.open) this.#unfold();
  }

  /** Refused, not taken, or taken late. */
  get isTrouble() {
    return Boolean(this.#refusal() || this.#isLost() || this.#isSlow() || this.#event.attempt || this.#event.fault);
  }

  holds(words) {
    return !words || JSON.stringify([this.#event, this.#answer]).toLowerCase().includes(words);
  }

  #ms() {
    return this.#answer?.ms ?? this.#event.ms ?? null;
  }

  #isLost() {
    return [this.#event, this.#answer].some((event) => event?.direction === "from_app" && event.kind.startsWith("no ack"));
  }

  #isSlow() {
    return this.direction !== "api" && !this.#isLost() && (this.#ms() ?? 0) >= SLOW;
  }

  #refusal() {
    const answer = this.direction === "api" ? this.#event.body?.answer : null;
    return answer?.ok === false ? answer.error : null;
  }

  #draw() {
    const { kind, attempt, reason, fault, at } = this.#event;
    const ms = this.#ms();
    const waits = this.direction === "to_app" && this.#event.id && !this.#answer;
    const badge = (text, look = "") => h("span", { class: `wire-badge ${look}`, text });
    const summary = h(
      "summary",
      {},
      h("span", { class: "wire-sign", title: t(this.direction) }, h("span", { "aria-hidden": "true", text: SIGNS[this.direction] }), h("span", { class: "unseen", text: t(this.direction) })),
      h("code", { class: "wire-kind", text: kind }),
      h("span", { class: "wire-time" },
        waits ? t("wire_waits") : ms !== null && h("span", { class: "wire-ms", text: `${rounded(ms)} ms` }),
        at && h("time", { text: clockSeconds(at) })),
      h("span", { class: "wire-badges" },
        attempt ? badge(t("wire_attempt", { count: attempt, reason: reason || "–" }), "warn") : null,
        fault ? badge(t("wire_fault", { name: fault }), "warn") : null,
        this.#refusal() && badge(this.#refusal(), "bad"),
        this.#isLost() && badge(t("wire_lost", { reason: (this.#answer ?? this.#event).body?.error ?? "–" }), "bad"),
        this.#isSlow() && badge(t("wire_slow"), "warn")),
    );
    const body = this.#details.querySelector(".wire-body") ?? h("div", { class: "wire-body" });
    this.#details.replaceChildren(summary, body);
  }

  #unfold() {
    const body = this.#details.querySelector(".wire-body");
    if (!this.#details.open) return;
    const parts = [[this.direction === "to_app" ? t("wire_sent") : t("wire_content"), this.#event.body]];
    if (this.#answer) parts.push([t("wire_answer"), this.#answer.body]);
    body.replaceChildren(...parts.map(([name, content]) => part(name, JSON.stringify(content ?? null, null, 2))));
  }
}

function part(name, text) {
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    say(t("copied"));
  };
  return h(
    "section",
    { class: "wire-part" },
    h("header", {}, h("h3", { text: name }), h("button", { type: "button", class: "button plain icon-only", "aria-label": t("wire_copy", { name }), title: t("wire_copy", { name }), onclick: copy }, icon("copy"))),
    h("pre", { tabindex: "0", "aria-label": name, role: "group", text }),
  );
}

const rounded = (ms) => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));
