/** One message: who, when, what, and what belongs to it. */

import { contextOf } from "./blocks/context.js";
import { renderBlocks } from "./blocks/render.js";
import { clock, fullMoment } from "./dates.js";
import { h, icon, unseen } from "./dom.js";
import { editor } from "./editing.js";
import { attachmentList, fileList } from "./files.js";
import { messageTools } from "./message_tools.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { reactionRow } from "./reactions.js";
import { announce, authorOf, personName, state } from "./state.js";
import { t } from "./words.js";

/** The part of a message's look that changes without its content: how many answers it has. */
export function repliesButton(channel, message, replies) {
  if (!replies.length) return null;
  const label = replies.length === 1 ? t("reply") : t("replies", { count: replies.length });
  const people = [...new Set(replies.map(authorOf))].slice(0, 3).map((id) => avatar(id, "small"));
  const open = () => announce("thread", { channel, ts: message.ts, byPerson: true });
  return h(
    "button",
    { type: "button", class: "replies", onclick: open },
    h("span", { class: "replies-people" }, ...people), h("strong", { text: label }),
    h("time", { text: clock(replies.at(-1).ts) }),
  );
}

/** What is left of a message that was deleted and had answers. */
function tombstone(message) {
  return h("article", { class: "message deleted", "data-ts": message.ts, tabindex: "-1" },
    h("span", { class: "avatar gone", "aria-hidden": "true" }, icon("trash")),
    h("div", { class: "message-main" }, h("p", { class: "gone-text", text: t("deleted") }), h("div", { class: "message-foot" })));
}

/** Draw a message; *compact* leaves out the author when the one before was written by the same. */
export function messageNode(channel, message, { compact, inThread, editing }) {
  if (message.deleted) return tombstone(message);
  const author = authorOf(message);
  const isApp = Boolean(message.bot_id) || author === state.app.bot_user_id;
  const place = contextOf({ type: "message", channel, ts: message.ts }, "message");
  const body = editing ? [editor(channel, message)] : content(message, place);
  const time = h("time", { datetime: new Date(Number(message.ts) * 1000).toISOString(), title: fullMoment(message.ts), text: clock(message.ts) });
  const head = h(
    "div",
    { class: "message-head" },
    h("strong", { class: "author", text: personName(author) }),
    isApp && h("span", { class: "tag app", text: t("bot") }),
    time,
  );
  const toThread = () => announce("thread", { channel, ts: message.thread_ts, byPerson: true });
  const from = message.broadcast && !inThread && h("p", { class: "from-thread" }, t("broadcast_from"), " ",
    h("button", { type: "button", class: "link-like", onclick: toThread }, t("thread_show")));
  const kinds = ["message", compact && "compact", message.ephemeral && "ephemeral", isApp && "from-app", editing && "editing", message.streaming_state === "in_progress" && "streaming"].filter(Boolean);
  return h(
    "article",
    { class: kinds.join(" "), "data-ts": message.ts, tabindex: "-1" },
    compact ? h("span", { class: "compact-time", "aria-hidden": "true", text: clock(message.ts) }) : avatar(author),
    h(
      "div",
      { class: "message-main" },
      head,
      message.ephemeral && h("p", { class: "only-you" }, icon("eye"), h("span", { text: t("only_you") })),
      from,
      h("div", { class: "message-body" }, ...body),
      message.edited && h("span", { class: "edited", text: `(${t("edited")})` }),
      reactionRow(channel, message),
      h("div", { class: "message-foot" }),
    ),
    !editing && messageTools(channel, message, { inThread }),
    unseen(" "),
  );
}

function content(message, place) {
  const said = message.blocks?.length ? renderBlocks(message.blocks, place) : mrkdwn(message.text, t);
  return [...said, ...attachmentList(message.attachments, place), fileList(message.files)].filter(Boolean);
}
