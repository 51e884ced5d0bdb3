/** One line above the conversation that tells what came in elsewhere, in the words that the app gave for it. */

import { h, icon } from "./dom.js";
import { unescapeText, inline } from "./mrkdwn.js";
import { announce, appChannel, authorOf, channelName, personName, state } from "./state.js";
import { t } from "./words.js";

const LONGEST = 160;

/** Make the line; `tell(channel, message)` shows something in it, `forget(channel)` takes it away once seen. */
export function makeLine() {
  let shown = null;
  const text = h("span", { class: "line-text", role: "status" });
  const open = h("button", { type: "button", class: "button plain", onclick: () => go() }, t("line_open"));
  const close = h("button", { type: "button", class: "button plain icon-only", "aria-label": t("dismiss"), title: t("dismiss"), onclick: () => hide() }, icon("close"));
  const node = h("div", { class: "line", hidden: true }, icon("bell"), text, open, close);

  function hide() {
    shown = null;
    node.hidden = true;
    text.replaceChildren();
  }
  function go() {
    const { channel } = shown;
    hide();
    if (channel === appChannel()?.id) announce("go", { kind: "app", tab: "messages", byPerson: true });
    else announce("go", { kind: "channel", channel, byPerson: true });
  }
  return {
    node,
    tell(channel, message) {
      shown = { channel };
      const room = state.channels.get(channel);
      const where = room?.is_im ? "" : ` · #${channelName(channel)}`;
      const words = firstWords(message.text);
      text.replaceChildren(h("strong", { text: `${personName(authorOf(message))}${where}: ` }), ...(words ? inline(words, t) : [t("line_no_text")]));
      node.hidden = false;
    },
    forget(channel) {
      if (shown?.channel === channel) hide();
    },
  };
}

function firstWords(text) {
  const line = String(text ?? "").split("\n").find((each) => each.trim()) ?? "";
  return unescapeText(line).length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
