/** Dates and times as the person who looks writes them. */

import { state } from "./state.js";

function formatter(options) {
  const locale = state.me?.locale?.replace("_", "-") || "en-GB";
  const zone = state.me?.tz ? { timeZone: state.me.tz } : {};
  try {
    return new Intl.DateTimeFormat(locale, { ...options, ...zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", options);
  }
}

const asDate = (seconds) => new Date(Number(seconds) * 1000);

export function clock(seconds) {
  return formatter({ hour: "2-digit", minute: "2-digit" }).format(asDate(seconds));
}

export function clockSeconds(seconds) {
  return formatter({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(asDate(seconds));
}

/** A key that is equal for two moments of one day. */
export function dayKey(seconds) {
  return formatter({ year: "numeric", month: "2-digit", day: "2-digit" }).format(asDate(seconds));
}

/** "Today", "yesterday" or the day in words. */
export function dayLabel(seconds, t) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return t("today");
  if (dayKey(seconds) === dayKey(now - 86_400)) return t("yesterday");
  return formatter({ weekday: "long", day: "numeric", month: "long" }).format(asDate(seconds));
}

/** A day as a field holds it, such as 2027-11-27, in the words of the person who looks. */
export function dayInWords(value) {
  const day = new Date(`${String(value).slice(0, 10)}T12:00:00Z`);
  if (!value || Number.isNaN(day.getTime())) return "";
  const locale = state.me?.locale?.replace("_", "-") || "en-GB";
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(day);
}

export function fullMoment(seconds) {
  return formatter({ dateStyle: "full", timeStyle: "short" }).format(asDate(seconds));
}

const TOKENS = {
  date: () => ({ dateStyle: "long" }),
  date_num: () => ({ year: "numeric", month: "2-digit", day: "2-digit" }),
  date_short: () => ({ year: "numeric", month: "short", day: "numeric" }),
  date_long: () => ({ weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  time: () => ({ hour: "2-digit", minute: "2-digit" }),
  time_secs: () => ({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
};

/** Fill a date template such as `{date_short_pretty} {time}`. */
export function dateTemplate(seconds, template, t) {
  return template.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    const pretty = token.endsWith("_pretty");
    const name = pretty ? token.slice(0, -"_pretty".length) : token;
    if (!Object.hasOwn(TOKENS, name)) return whole;
    const label = pretty ? dayLabel(seconds, t) : "";
    if (label === t("today") || label === t("yesterday")) return label.toLowerCase();
    return formatter(TOKENS[name]()).format(asDate(seconds));
  });
}
