/** What can be done with a message: react, answer, and what the app and its author may do besides. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { confirmed } from "./dialog.js";
import { h, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { say } from "./notices.js";
import { reactionMenu } from "./reactions.js";
import { announce, authorOf, state } from "./state.js";
import { t } from "./words.js";

export function messageTools(channel, message, { inThread }) {
  if (message.ephemeral || message.deleted) return null;
  const [react, reactOpener] = reactionMenu(channel, message.ts);
  reactOpener.dataset.key = "r";
  const open = () => announce("thread", { channel, ts: message.thread_ts || message.ts, byPerson: true });
  const answer = !inThread && h("button", { type: "button", class: "button plain icon-only", "data-key": "t", "aria-label": t("thread_open"), title: t("thread_open"), onclick: open }, icon("reply"));
  const [more, moreOpener] = menuButton({ label: t("message_more"), content: icon("dots"), items: furtherItems(channel, message) });
  moreOpener.dataset.key = "m";
  return h("div", { class: "message-tools", role: "toolbar", "aria-label": t("message_tools") }, react, answer, more);
}

function furtherItems(channel, message) {
  const own = authorOf(message) === state.me.id;
  const ask = async (what, details = {}) => {
    const answer = await act(state.me.id, what, { channel, ts: message.ts, ...details });
    if (!answer.ok) failed(answer.error);
  };
  const shortcuts = state.app.shortcuts
    .filter((shortcut) => shortcut.type === "message")
    .map((shortcut) => ({ label: shortcut.name, hint: state.app.name, value: shortcut.callback_id, run: () => ask("shortcut", { callback_id: shortcut.callback_id }) }));
  const copy = {
    label: t("copy_text"), value: "copy",
    run: async () => {
      await navigator.clipboard?.writeText(document.querySelector(`[data-ts="${CSS.escape(message.ts)}"] .message-body`)?.innerText ?? message.text);
      say(t("copied"));
    },
  };
  if (!own) return [...shortcuts, copy];
  return [
    ...shortcuts,
    copy,
    { label: t("edit"), value: "edit", run: () => announce("edit", { channel, ts: message.ts }) },
    { label: t("delete"), value: "delete", run: async () => (await isMeant()) && ask("delete") },
  ];
}

function isMeant() {
  const words = (key) => ({ type: "plain_text", text: t(key) });
  return confirmed({ title: words("delete_title"), text: words("delete_text"), confirm: words("delete"), deny: words("cancel"), style: "danger" });
}
