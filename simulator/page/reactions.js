/** Small signs under a message: who gave which, and giving one's own. */

import { act } from "./api.js";
import { failed } from "./blocks/context.js";
import { h, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { menuButton } from "./menu.js";
import { personName, state } from "./state.js";
import { t } from "./words.js";

const OFFERED = ["thumbsup", "white_check_mark", "eyes", "tada", "heart", "pray", "thinking_face", "question"];

async function react(channel, ts, name) {
  const answer = await act(state.me.id, "react", { channel, ts, name });
  if (!answer.ok) failed(answer.error);
}

/** The reactions of a message; pressing one gives it too, or takes one's own back. */
export function reactionRow(channel, message) {
  if (!message.reactions?.length) return null;
  return h("ul", { class: "reactions", "aria-label": t("reactions") }, message.reactions.map(({ name, users }) => {
    const mine = users.includes(state.me.id);
    const label = t("reaction_of", { name: name.replace(/_/g, " "), people: users.map(personName).join(", ") });
    return h("li", {}, h(
      "button",
      { type: "button", class: "reaction", "aria-pressed": String(mine), "aria-label": label, title: label, "data-reaction": name,
        onclick: () => react(channel, message.ts, name) },
      h("span", { class: "emoji", "aria-hidden": "true", text: emoji(name) }), h("span", { text: users.length }),
    ));
  }));
}

/** The menu from which a reaction is given. */
export function reactionMenu(channel, ts) {
  const items = OFFERED.map((name) => ({ label: `${emoji(name)} ${name.replace(/_/g, " ")}`, value: name, run: () => react(channel, ts, name) }));
  return menuButton({ label: t("react"), content: icon("smile"), items });
}
