/** What the simulator tells, and what changes on the page because of it. */

import { act } from "./api.js";
import { notice } from "./notices.js";
import { announce, appChannel, authorOf, dropMessage, isReply, putMessage, repliesTo, state } from "./state.js";
import { answered, setSession, setStatus } from "./status.js";

const WIDE = "(min-width: 1080px)";

/** Make the ear of this page; *fresh* reads everything anew, *wire* shows what passes. */
export function makeHearing(fresh, wire) {
  const hear = {
    message: ({ channel, message }) => heard(channel, message, fresh),
    message_changed: ({ channel, message }) => {
      putMessage(channel, message);
      announce("draw");
    },
    message_deleted: ({ channel, message, ts }) => {
      dropMessage(channel, ts ?? message?.ts);
      announce("draw");
    },
    home: ({ view }) => {
      state.home = view;
      announce("home");
    },
    view_opened: ({ view }) => putView(view),
    view_updated: ({ view }) => putView(view),
    view_closed: ({ view_id: id }) => {
      state.views = state.views.filter((view) => view.id !== id);
      announce("views");
    },
    prompts: ({ prompts }) => {
      state.app.prompts = prompts ?? [];
      announce("draw");
    },
    notice: ({ text, level }) => notice(text, level),
    status: (event) => {
      setStatus(event);
      announce("draw");
    },
    session: (event) => {
      setSession(event);
      announce("draw");
    },
    room: fresh,
    user: fresh,
    wire: (event) => wire.add(event),
  };
  return (event) => (Object.hasOwn(hear, event.type) ? hear[event.type](event) : undefined);
}

function putView(view) {
  const at = state.views.findIndex((known) => known.id === view.id);
  if (at < 0) state.views.push(view);
  else state.views[at] = view;
  announce("views");
}

async function heard(id, message, fresh) {
  const channel = state.channels.get(id);
  if (!channel) return fresh();
  putMessage(id, message);
  answered(id, message);
  const here = state.place.channel === id && !document.hidden;
  if (here) {
    channel.last_read = message.ts;
    act(state.me.id, "read", { channel: id });
  } else if (authorOf(message) !== state.me.id) {
    channel.unread = (channel.unread ?? 0) + 1;
    announce("elsewhere", { channel: id, message });
  }
  if (here) followAnswer(id, message);
  return announce("draw");
}

/** The app answers its person in a thread: show it where there is room, without taking the keyboard. */
function followAnswer(id, message) {
  if (!isReply(message) || state.thread || id !== appChannel()?.id || !matchMedia(WIDE).matches) return;
  const root = state.messages.get(id)?.get(message.thread_ts);
  if (root && authorOf(root) === state.me.id && repliesTo(id, root.ts).length === 1) announce("thread", { channel: id, ts: root.ts });
}
