/** How a person or the app looks: a round mark with initials, a name, a language. */

import { h } from "./dom.js";
import { personName, state } from "./state.js";
import { WORDS, languageOf } from "./words.js";

const TONES = 8;

/** A round mark with initials; its colour stays the same for one id. */
export function avatar(id, size = "") {
  const isApp = id === state.app.bot_user_id || state.users.get(id)?.is_bot;
  const tone = [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % TONES;
  const look = isApp ? "app" : `tone-${tone}`;
  return h("span", { class: `avatar ${look} ${size}`.trim(), "aria-hidden": "true", text: initials(personName(id)) });
}

function initials(name) {
  const parts = String(name).split(/[\s-]+/).filter(Boolean);
  return ((parts[0]?.[0] ?? "?") + (parts.length > 1 ? parts.at(-1)[0] : "")).toUpperCase();
}

/** The language a person reads, in that language. */
export function languageName(user) {
  return WORDS[languageOf(user.locale)].language;
}
