/** Standard markdown, as the `markdown` block carries it; raw HTML in it stays text. */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";

const FENCE = /^\s*(```+|~~~+)\s*(\S*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const DIVIDER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** Render *text* to a list of nodes. */
export function markdown(text) {
  return blocks(String(text ?? "").replace(/\r\n?/g, "\n").split("\n"));
}

function blocks(lines) {
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    const [node, taken] = next(lines, at);
    if (node) nodes.push(node);
    at += taken;
  }
  return nodes;
}

function next(lines, at) {
  const line = lines[at];
  if (!line.trim()) return [null, 1];
  const fence = FENCE.exec(line);
  if (fence) return fenced(lines, at, fence[1]);
  const heading = HEADING.exec(line);
  if (heading) return [h(`h${Math.min(6, heading[1].length + 2)}`, {}, ...inline(heading[2])), 1];
  if (RULE.test(line)) return [h("hr"), 1];
  if (QUOTE.test(line)) return quote(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  if (line.includes("|") && DIVIDER.test(lines[at + 1] ?? "")) return table(lines, at);
  return paragraph(lines, at);
}

function run(lines, at, keep) {
  let end = at;
  while (end < lines.length && keep(lines[end], end)) end += 1;
  return end;
}

function fenced(lines, at, mark) {
  const end = run(lines, at + 1, (line) => !line.trim().startsWith(mark));
  return [h("pre", {}, h("code", { text: lines.slice(at + 1, end).join("\n") })), end - at + 1];
}

function quote(lines, at) {
  const end = run(lines, at, (line) => QUOTE.test(line));
  return [h("blockquote", {}, ...blocks(lines.slice(at, end).map((line) => QUOTE.exec(line)[1]))), end - at];
}

function list(lines, at) {
  const [, base, number] = ITEM.exec(lines[at]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    const indented = /^\s/.test(lines[end]) && lines[end].trim();
    if (item && item[1].length <= base.length) items.push([item[3]]);
    else if ((item || indented) && items.length) items.at(-1).push(lines[end].slice(Math.min(base.length + 2, indentOf(lines[end]))));
    else break;
    end += 1;
  }
  const nodes = items.map(([first, ...more]) => h("li", {}, ...task(first), ...blocks(more)));
  return [h(number ? "ol" : "ul", number ? { start: number } : {}, ...nodes), end - at];
}

const indentOf = (line) => line.length - line.trimStart().length;

function task(text) {
  const found = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return found ? [found[1] === " " ? "☐ " : "☑ ", ...inline(found[2])] : inline(text);
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
}

function table(lines, at) {
  const end = run(lines, at + 2, (line) => line.includes("|") && line.trim());
  const head = h("tr", {}, cells(lines[at]).map((cell) => h("th", { scope: "col" }, ...inline(cell))));
  const rows = lines.slice(at + 2, end).map((line) => h("tr", {}, cells(line).map((cell) => h("td", {}, ...inline(cell)))));
  const whole = h("table", {}, h("thead", {}, head), h("tbody", {}, rows));
  return [h("div", { class: "table-scroll", tabindex: "0" }, whole), end - at];
}

function paragraph(lines, at) {
  const end = run(lines, at, (line, index) => line.trim() && (index === at || !startsBlock(line)));
  const content = lines.slice(at, end).flatMap((line, index) => (index ? [h("br"), ...inline(line.trim())] : inline(line.trim())));
  return [h("p", {}, ...content), end - at];
}

function startsBlock(line) {
  return FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || ITEM.test(line) || RULE.test(line);
}

const RULES = [
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, (m) => m[1]],
  [/^`([^`]+)`/, (m) => h("code", { text: m[1] })],
  [/^!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/, (m) => link(m[2], ...(m[1] ? inline(m[1]) : [m[2]]))],
  [/^<(https?:[^\s>]+|mailto:[^\s>]+)>/, (m) => link(m[1])],
  [/^https?:\/\/[^\s<>)\]]+[^\s<>)\].,;:!?]/, (m) => link(m[0])],
  [/^\*\*\*(?=\S)(.+?)\*\*\*/, (m) => h("strong", {}, h("em", {}, ...inline(m[1])))],
  [/^\*\*(?=\S)(.+?)\*\*/, (m) => h("strong", {}, ...inline(m[1]))],
  [/^__(?=\S)(.+?)__(?![\p{L}\p{N}])/u, (m) => h("strong", {}, ...inline(m[1]))],
  [/^~~(?=\S)(.+?)~~/, (m) => h("s", {}, ...inline(m[1]))],
  [/^\*(?=\S)([^*]+?)\*/, (m) => h("em", {}, ...inline(m[1]))],
  [/^_(?=\S)([^_]+?)_(?![\p{L}\p{N}])/u, (m) => h("em", {}, ...inline(m[1]))],
  [/^:([a-z0-9_+-]+):/, (m) => emoji(m[1])],
];

function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const wordInside = /[\p{L}\p{N}]/u.test(text[at - 1] ?? "") && /[_h]/.test(text[at]);
    const hit = wordInside ? null : firstRule(text.slice(at));
    if (!hit) {
      plain += text[at];
      at += 1;
      continue;
    }
    nodes.push(plain, hit.node);
    plain = "";
    at += hit.length;
  }
  nodes.push(plain);
  return nodes.filter((node) => node !== "");
}

function firstRule(rest) {
  if (!/^[\\`![<h*_~:]/.test(rest)) return null;
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(rest);
    if (match) return { node: make(match), length: match[0].length };
  }
  return null;
}
