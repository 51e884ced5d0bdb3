/** From what a person styled in a field to the rich text that Slack makes of it. */

const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", U: "underline", CODE: "code" };
const LISTS = { UL: "bullet", OL: "ordered" };
const BREAKS = new Set(["DIV", "P"]);

/** The rich text of a field's content, or null when there are no words in it. */
export function fromNodes(field) {
  const parts = [];
  let runs = [];
  const close = () => {
    const kept = trimmed(runs);
    if (kept.length) parts.push({ type: "rich_text_section", elements: kept });
    runs = [];
  };
  const walk = (node, style) => {
    if (node.nodeType === Node.TEXT_NODE) return add(runs, node.data.replace(/\u00a0/g, " "), style);
    if (node.nodeName === "BR") return add(runs, "\n", style);
    if (Object.hasOwn(LISTS, node.nodeName)) {
      close();
      parts.push({ type: "rich_text_list", style: LISTS[node.nodeName], elements: items(node, style) });
      return undefined;
    }
    if (BREAKS.has(node.nodeName) && runs.length && !runs.at(-1).text.endsWith("\n")) add(runs, "\n", {});
    const inner = Object.hasOwn(STYLES, node.nodeName) ? { ...style, [STYLES[node.nodeName]]: true } : style;
    for (const child of node.childNodes) walk(child, inner);
    return undefined;
  };
  for (const node of field.childNodes) walk(node, {});
  close();
  return parts.length ? { type: "rich_text", elements: parts } : null;
}

function items(list, style) {
  return [...list.children].map((item) => {
    const runs = [];
    const walk = (node, inner) => {
      if (node.nodeType === Node.TEXT_NODE) return add(runs, node.data.replace(/\u00a0/g, " "), inner);
      const next = Object.hasOwn(STYLES, node.nodeName) ? { ...inner, [STYLES[node.nodeName]]: true } : inner;
      for (const child of node.childNodes) walk(child, next);
      return undefined;
    };
    walk(item, style);
    return { type: "rich_text_section", elements: trimmed(runs) };
  });
}

function add(runs, text, style) {
  if (!text) return;
  const before = runs.at(-1);
  if (before && JSON.stringify(before.style ?? {}) === JSON.stringify(style)) before.text += text;
  else runs.push({ type: "text", text, ...(Object.keys(style).length ? { style } : {}) });
}

function trimmed(runs) {
  const last = runs.at(-1);
  if (last) last.text = last.text.replace(/\n+$/, "");
  return runs.filter(({ text }) => text !== "");
}
