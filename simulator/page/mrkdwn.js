/** Slack's own light markup, rendered as elements; what it does not know stays text. */

import { dateTemplate } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { channelName, personName } from "./state.js";

const BROADCASTS = new Set(["here", "channel", "everyone"]);
const STYLES = { "*": "strong", _: "em", "~": "s" };
const LIST_ITEM = /^(\s*)(?:([•◦▪]|-)|(\d{1,3})[.)])\s+(.*)$/;
const QUOTE = /^(?:&gt;|>)\s?(.*)$/;

/** Undo Slack's three escapes. */
export function unescapeText(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Render *text* to a list of nodes. */
export function mrkdwn(text, t) {
  const nodes = [];
  for (const [index, part] of String(text ?? "").split("```").entries()) {
    const closed = index % 2 === 1;
    if (closed) nodes.push(h("pre", {}, h("code", { text: unescapeText(part.replace(/^\n/, "").replace(/\n$/, "")) })));
    else nodes.push(...paragraphs(trimAround(part, index > 0), t));
  }
  return nodes;
}

function trimAround(part, follows) {
  return follows ? part.replace(/^\n/, "") : part;
}

function paragraphs(text, t) {
  if (text === "") return [];
  const nodes = [];
  const lines = text.split("\n");
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(...joined(plain, t));
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const taken = take(lines, at, QUOTE) || take(lines, at, LIST_ITEM);
    if (taken === 0) {
      plain.push(lines[at]);
      at += 1;
      continue;
    }
    flush();
    const group = lines.slice(at, at + taken);
    nodes.push(QUOTE.test(group[0]) ? quote(group, t) : list(group, t));
    at += taken;
  }
  flush();
  return nodes;
}

function take(lines, from, pattern) {
  let count = 0;
  while (from + count < lines.length && pattern.test(lines[from + count])) count += 1;
  return count;
}

function joined(lines, t) {
  return lines.flatMap((line, index) => (index ? [h("br"), ...inline(line, t)] : inline(line, t)));
}

function quote(lines, t) {
  return h("blockquote", {}, ...joined(lines.map((line) => line.match(QUOTE)[1]), t));
}

function list(lines, t) {
  const parsed = lines.map((line) => line.match(LIST_ITEM));
  const ordered = parsed[0][3] !== undefined;
  const items = parsed.map(([, indent, , , content]) =>
    h("li", { class: indent.length > 1 ? "deeper" : null }, ...inline(content, t)),
  );
  return h(ordered ? "ol" : "ul", ordered ? { start: parsed[0][3] } : {}, ...items);
}

const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|([*_~])(?=\S)/;

/** Render one line. */
export function inline(text, t) {
  const nodes = [];
  let rest = text;
  let before = "";
  while (rest) {
    const found = TOKEN.exec(rest);
    if (!found) break;
    const [whole, code, angle, name, mark] = found;
    const lead = rest.slice(0, found.index);
    const tail = rest.slice(found.index + whole.length);
    let node = null;
    let used = whole.length;
    if (code !== undefined) node = h("code", { text: unescapeText(code) });
    else if (angle !== undefined) node = reference(angle, t);
    else if (name !== undefined) node = symbol(name, whole);
    else {
      const closing = closingMark(lead ? lead.at(-1) : before, tail, mark);
      if (closing > 0) {
        node = h(STYLES[mark], {}, ...inline(tail.slice(0, closing), t));
        used += closing + 1;
      }
    }
    nodes.push(unescapeText(lead), node ?? whole);
    before = rest[found.index + used - 1];
    rest = rest.slice(found.index + used);
  }
  nodes.push(unescapeText(rest));
  return nodes.filter((node) => node !== "");
}

/** Marks count only at the edges of words, so snake_case and 2*3*4 stay as they are. */
function closingMark(before, tail, mark) {
  if (before && /[\p{L}\p{N}]/u.test(before)) return -1;
  for (let at = tail.indexOf(mark, 1); at > 0; at = tail.indexOf(mark, at + 1)) {
    const next = tail[at + 1];
    if (!/\s/.test(tail[at - 1]) && (next === undefined || !/[\p{L}\p{N}]/u.test(next))) return at;
  }
  return -1;
}

function symbol(name, whole) {
  const shown = emoji(name);
  return shown === whole ? shown : h("span", { class: "emoji", role: "img", "aria-label": name.replace(/_/g, " "), text: shown });
}

function reference(angle, t) {
  const [target, ...labels] = angle.split("|");
  const label = labels.length ? unescapeText(labels.join("|")) : null;
  const id = target.slice(1);
  if (target.startsWith("@")) return mention(`@${personName(id) === id && label ? label : personName(id)}`);
  if (target.startsWith("#")) return mention(`#${channelName(id) === id && label ? label : channelName(id)}`);
  if (target.startsWith("!")) return special(id, label, t);
  return link(unescapeText(target), label ?? unescapeText(target).replace(/^mailto:/, ""));
}

function special(what, label, t) {
  const [kind, first, ...more] = what.split("^");
  if (BROADCASTS.has(kind)) return mention(`@${kind}`);
  if (kind === "subteam") return mention(label ?? `@${first}`);
  if (kind !== "date" || !/^\d+$/.test(first ?? "")) return document.createTextNode(label ?? `<!${what}>`);
  const written = dateTemplate(first, more[0] ?? "", t) || label || "";
  const node = h("time", { datetime: new Date(Number(first) * 1000).toISOString(), text: written });
  return more[1] ? link(more[1], node) : node;
}

export function mention(text) {
  return h("span", { class: "mention", text });
}
