/** Rich text: sections, lists, quotes and preformatted text with styled runs. */

import { dateTemplate } from "../dates.js";
import { h } from "../dom.js";
import { emoji } from "../emoji.js";
import { link } from "../links.js";
import { mention } from "../mrkdwn.js";
import { channelName, personName, state } from "../state.js";
import { t } from "../words.js";

const WRAP = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

export const PARTS = {
  rich_text_section: (part) => h("p", {}, ...runs(part.elements)),
  rich_text_preformatted: (part) => h("pre", {}, h("code", {}, ...runs(part.elements))),
  rich_text_quote: (part) => h("blockquote", {}, ...runs(part.elements)),
  rich_text_list: list,
};

export const RUNS = {
  text: (run) => lines(run.text),
  link: (run) => [link(run.url, run.text || run.url)],
  user: (run) => [mention(`@${personName(run.user_id)}`)],
  channel: (run) => [mention(`#${channelName(run.channel_id)}`)],
  team: (run) => [mention(run.team_id === state.workspace.team_id ? `@${state.workspace.name}` : `@${run.team_id}`)],
  usergroup: (run) => [mention(`@${run.usergroup_id}`)],
  broadcast: (run) => [mention(`@${run.range}`)],
  emoji: (run) => [h("span", { class: "emoji", role: "img", "aria-label": run.name, text: run.unicode ? fromCode(run.unicode) : emoji(run.name) })],
  color: (run) => [h("code", { text: run.value })],
  date: (run) => {
    const written = h("time", { text: dateTemplate(run.timestamp, run.format ?? "{date_short}", t) || run.fallback });
    return [run.url ? link(run.url, written) : written];
  },
};

export function richText(block) {
  const parts = (block.elements ?? []).map((part) => PARTS[part.type]?.(part) ?? h("p", { text: t("unsupported", { type: part.type }) }));
  return h("div", { class: "rich-text" }, ...parts);
}

function list(part) {
  const ordered = part.style === "ordered";
  const attributes = { class: `indent-${Math.min(8, part.indent ?? 0)}`, ...(ordered ? { start: (part.offset ?? 0) + 1 } : {}) };
  return h(ordered ? "ol" : "ul", attributes, (part.elements ?? []).map((item) => h("li", {}, ...runs(item.elements))));
}

/** Draw the runs of one section. */
export function runs(elements) {
  return (elements ?? []).flatMap((run) => {
    const drawn = Object.hasOwn(RUNS, run.type) ? RUNS[run.type](run) : [t("unsupported", { type: run.type })];
    return styled(drawn, run.style ?? {});
  });
}

function styled(nodes, style) {
  return Object.entries(WRAP).reduce((inner, [name, tag]) => (style[name] ? [h(tag, {}, ...inner)] : inner), nodes);
}

/** The character of a code such as `1f468-200d-1f4bb`. */
function fromCode(code) {
  const points = code.split("-").map((part) => parseInt(part, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : code;
}

function lines(text) {
  return String(text ?? "").split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}
