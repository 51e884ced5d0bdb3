/** What this page knows, and who wants to hear when it changes. */

const listeners = new Map();

export const state = {
  workspaces: [],
  workspace: { name: "", domain: "", team_id: "" },
  me: null,
  users: new Map(),
  channels: new Map(),
  app: { name: "", bot_user_id: "", commands: [], shortcuts: [], prompts: [] },
  home: null,
  views: [],
  messages: new Map(),
  statuses: new Map(),
  place: { kind: "channel", channel: null, tab: null },
  thread: null,
  editing: null,
  newFrom: new Map(),
  titles: new Map(),
  working: new Set(),
  wireOpen: false,
  line: true,
};

/** Call *listener* whenever *topic* is announced. */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

/** Tell everyone who listens to *topic*. */
export function announce(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** Take in a whole answer of `/sim/state`. */
export function takeState(answer) {
  state.workspace = answer.workspace ?? state.workspace;
  state.workspaces = answer.workspaces ?? [];
  state.me = answer.me ?? null;
  state.users = new Map((answer.users ?? []).map((user) => [user.id, user]));
  state.channels = new Map((answer.channels ?? []).map((channel) => [channel.id, channel]));
  state.app = { commands: [], shortcuts: [], prompts: [], ...answer.app };
  state.home = answer.home ?? null;
  state.views = answer.views ?? [];
  state.working = new Set((answer.sessions ?? []).filter(({ status }) => status === "processing").map(threadKey));
  for (const session of answer.sessions ?? []) if (session.title) state.titles.set(threadKey(session), session.title);
}

const threadKey = ({ channel, thread_ts: ts }) => `${channel} ${ts}`;

/** The person's own conversation with the app, once there is one. */
export function appChannel() {
  return [...state.channels.values()].find((c) => c.is_im && c.user === state.app.bot_user_id) ?? null;
}

/** The channel that is on the screen, or null on the Home tab. */
export function currentChannel() {
  return state.place.channel ? (state.channels.get(state.place.channel) ?? null) : null;
}

/** How a person or app is called; an unknown id stays visible rather than blank. */
export function personName(id) {
  const user = state.users.get(id);
  if (user) return user.real_name || user.name;
  return id === state.app.bot_user_id ? state.app.name : id;
}

/** How a channel is called by the person who looks. */
export function channelName(id) {
  const channel = state.channels.get(id);
  if (!channel) return id;
  return channel.is_im && channel.user ? personName(channel.user) : channel.name;
}

/** Who wrote a message: an id of a person, or the app's. */
export function authorOf(message) {
  return message.user || (message.bot_id ? state.app.bot_user_id : "");
}

/** Messages of *channel* by timestamp, oldest first. */
export function messagesOf(channel) {
  const all = [...(state.messages.get(channel)?.values() ?? [])];
  return all.sort((a, b) => Number(a.ts) - Number(b.ts));
}

export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

export function repliesTo(channel, ts) {
  return messagesOf(channel).filter((message) => isReply(message) && message.thread_ts === ts);
}

export function putMessage(channel, message) {
  if (!state.messages.has(channel)) return;
  state.messages.get(channel).set(message.ts, message);
}

/** A message is gone; one that has answers leaves a mark, so that they do not hang in the air. */
export function dropMessage(channel, ts) {
  const known = state.messages.get(channel)?.get(ts);
  if (!known) return;
  if (repliesTo(channel, ts).length) putMessage(channel, { ts, user: known.user, text: "", deleted: true });
  else state.messages.get(channel).delete(ts);
}

/** What stands in the room itself: all but answers, and the answers that were meant for all. */
export function rootsOf(channel) {
  const all = messagesOf(channel);
  const known = new Set(all.map(({ ts }) => ts));
  const orphaned = new Set(all.filter((message) => isReply(message) && !known.has(message.thread_ts)).map(({ thread_ts: ts }) => ts));
  const marks = [...orphaned].map((ts) => ({ ts, user: "", text: "", deleted: true }));
  const shown = all.filter((message) => !isReply(message) || message.ephemeral || message.broadcast);
  return [...marks, ...shown].sort((a, b) => Number(a.ts) - Number(b.ts));
}
