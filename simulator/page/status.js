/** What the app says it is doing just now. */

import { state } from "./state.js";
import { t } from "./words.js";

const keyOf = (channel, threadTs) => `${channel} ${threadTs ?? ""}`;

export function setStatus({ channel, thread_ts: threadTs, status }) {
  if (status) state.statuses.set(keyOf(channel, threadTs), status);
  else state.statuses.delete(keyOf(channel, threadTs));
}

/** An answer of the app ends what it said of itself. */
export function answered(channel, message) {
  if (!message.bot_id && message.user !== state.app.bot_user_id) return;
  state.statuses.delete(keyOf(channel, message.thread_ts));
  state.statuses.delete(keyOf(channel, null));
}

/** The line for *channel*, of the threads that *fits* lets through. */
export function statusLine(channel, fits) {
  for (const [key, status] of state.statuses) {
    const [where, threadTs] = key.split(" ");
    if (where === channel && fits(threadTs || null)) return t("status_of", { name: state.app.name, status });
  }
  return "";
}
