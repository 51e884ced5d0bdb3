/** What the app says it is doing just now, and the button that stops it. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { h, icon } from "./dom.js";
import { state } from "./state.js";
import { t } from "./words.js";

const TURN = 2_500;
const keyOf = (channel, threadTs) => `${channel} ${threadTs ?? ""}`;

export function setStatus({ channel, thread_ts: threadTs, status, loading_messages: loading }) {
  if (status) state.statuses.set(keyOf(channel, threadTs), { status, loading: loading ?? [] });
  else state.statuses.delete(keyOf(channel, threadTs));
}

/** How an agent's session stands, and what it is called. */
export function setSession({ channel, thread_ts: threadTs, status, title }) {
  const key = keyOf(channel, threadTs);
  if (title) state.titles.set(key, title);
  if (status === "processing") state.working.add(key);
  else if (status) state.working.delete(key);
}

/** An answer of the app ends what it said of itself. */
export function answered(channel, message) {
  if (!message.bot_id && message.user !== state.app.bot_user_id) return;
  state.statuses.delete(keyOf(channel, message.thread_ts));
  state.statuses.delete(keyOf(channel, null));
}

/** What is said of *channel*, of the threads that *fits* lets through; null when nothing is. */
export function statusOf(channel, fits) {
  const here = (key) => {
    const [where, threadTs] = key.split(" ");
    return where === channel && fits(threadTs || null) ? { threadTs } : null;
  };
  for (const [key, { status, loading }] of state.statuses) {
    const found = here(key);
    if (found) return { text: t("status_of", { name: state.app.name, status }), loading, stop: state.working.has(key) ? { channel, threadTs: found.threadTs } : null };
  }
  return null;
}

/** A line that says so: the words are spoken once, what turns beside them is only seen. */
export class StatusLine {
  #turning = null;
  #shown = "";

  constructor() {
    this.words = h("span", { role: "status", "aria-live": "polite" });
    this.loading = h("span", { class: "loading-word", "aria-hidden": "true" });
    this.stop = h("button", { type: "button", class: "button plain stop", hidden: true }, icon("stop"), t("stop"));
    this.node = h("div", { class: "status" }, this.words, this.loading, this.stop);
  }

  show(status) {
    const looks = JSON.stringify(status);
    if (looks === this.#shown) return;
    this.#shown = looks;
    clearInterval(this.#turning);
    this.words.textContent = status?.text ?? "";
    this.node.classList.toggle("shown", Boolean(status));
    this.stop.hidden = !status?.stop;
    this.stop.onclick = () => status?.stop && this.#interrupt(status.stop);
    const words = status?.loading ?? [];
    let at = 0;
    this.loading.textContent = words[0] ?? "";
    if (words.length < 2) return;
    this.#turning = setInterval(() => {
      at = (at + 1) % words.length;
      this.loading.textContent = words[at];
    }, TURN);
  }

  async #interrupt({ channel, threadTs }) {
    const answer = await act(state.me.id, "stop", { channel, thread_ts: threadTs });
    if (!answer.ok) failed(answer.error);
  }
}
