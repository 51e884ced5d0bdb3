/** The panel that shows one thread, and where to answer in it. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { Composer } from "./composer.js";
import { h, icon, uid } from "./dom.js";
import { announce, channelName, repliesTo, state } from "./state.js";
import { statusOf } from "./status.js";
import { Timeline } from "./timeline.js";
import { t } from "./words.js";

export function makeThread() {
  const timeline = new Timeline({ inThread: true });
  const all = h("input", { type: "checkbox", id: uid("all") });
  const forAll = h("label", { class: "choice for-all", for: all.id }, all, h("span"));
  const composer = new Composer({ name: "thread", send: (text) => sendToThread(text, all), foot: forAll });
  composer.address(t("write_thread"));
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("thread_close"), title: t("thread_close"), onclick: () => announce("thread", null) }, icon("close"));
  const place = h("span", { class: "panel-place" });
  const title = h("h2", { text: t("thread") });
  const node = h(
    "aside",
    { class: "thread panel", id: "thread", "aria-label": t("thread"), hidden: true },
    h("header", { class: "panel-head" }, title, place, close),
    timeline.node, composer.node,
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") announce("thread", null);
  });
  return { node, composer, draw: () => draw({ node, title, place, timeline, forAll }) };
}

function draw({ node, title, place, timeline, forAll }) {
  node.hidden = !state.thread;
  if (!state.thread) return;
  const { channel, ts } = state.thread;
  const root = state.messages.get(channel)?.get(ts) ?? { ts, user: "", text: "", deleted: true };
  const room = state.channels.get(channel);
  title.textContent = state.titles.get(`${channel} ${ts}`) ?? t("thread");
  place.textContent = room?.is_im ? channelName(channel) : `#${channelName(channel)}`;
  forAll.lastChild.textContent = room?.is_im ? t("broadcast_direct") : t("broadcast", { name: `#${channelName(channel)}` });
  timeline.show({
    key: `${channel} ${ts}`,
    channel,
    messages: [root, ...repliesTo(channel, ts)],
    repliesOf: () => [],
    label: t("thread"),
    status: statusOf(channel, (threadTs) => threadTs === ts),
  });
}

async function sendToThread(text, all) {
  const { channel, ts } = state.thread;
  const answer = await act(state.me.id, "say", { channel, text, thread_ts: ts, ...(all.checked ? { broadcast: true } : {}) });
  if (answer.ok) all.checked = false;
  if (!answer.ok) failed(answer.error);
  return answer.ok;
}
