/** The panel that shows one thread, and where to answer in it. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { announce, channelName, repliesTo, state } from "./state.js";
import { statusLine } from "./status.js";
import { Timeline } from "./timeline.js";
import { t } from "./words.js";

export function makeThread() {
  const timeline = new Timeline({ inThread: true });
  const composer = new Composer({ name: "thread", send: sendToThread });
  composer.address(t("write_thread"));
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("thread_close"), title: t("thread_close"), onclick: () => announce("thread", null) }, icon("close"));
  const place = h("span", { class: "panel-place" });
  const node = h(
    "aside",
    { class: "thread panel", id: "thread", "aria-label": t("thread"), hidden: true },
    h("header", { class: "panel-head" }, h("h2", { text: t("thread") }), place, close),
    timeline.node, composer.node,
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") announce("thread", null);
  });
  return { node, composer, draw: () => draw(node, place, timeline) };
}

function draw(node, place, timeline) {
  node.hidden = !state.thread;
  if (!state.thread) return;
  const { channel, ts } = state.thread;
  const root = state.messages.get(channel)?.get(ts);
  place.textContent = channelName(channel);
  timeline.show({
    key: `${channel} ${ts}`,
    channel,
    messages: [root, ...repliesTo(channel, ts)].filter(Boolean),
    repliesOf: () => [],
    label: t("thread"),
    status: statusLine(channel, (threadTs) => threadTs === ts),
  });
}

async function sendToThread(text) {
  const { channel, ts } = state.thread;
  const answer = await act(state.me.id, "say", { channel, text, thread_ts: ts });
  if (!answer.ok) failed(answer.error);
  return answer.ok;
}
