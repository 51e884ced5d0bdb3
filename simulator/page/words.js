/** The page's own words in Finnish, Swedish and English; a test holds the three to the same keys. */

import { EN } from "./words/en.js";
import { FI } from "./words/fi.js";
import { SV } from "./words/sv.js";

export const WORDS = { fi: FI, sv: SV, en: EN };

/** Which of the page's languages serves *locale*. */
export function languageOf(locale) {
  const language = String(locale ?? "").slice(0, 2).toLowerCase();
  return Object.hasOwn(WORDS, language) ? language : "en";
}

let language = "en";

/** Choose the language of this page, for screen readers too. */
export function speak(locale) {
  language = languageOf(locale);
  document.documentElement.lang = language;
}

/** The words for *key* in the chosen language, with `{names}` filled in. */
export function t(key, values = {}) {
  const words = WORDS[language][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
