/** A table: its first row names the columns. */

import { h } from "../dom.js";
import { richText } from "./rich_text.js";
import { textNodes } from "./text.js";

export function table(block) {
  const settings = block.column_settings ?? [];
  const rows = (block.rows ?? []).map((row, index) =>
    h("tr", {}, row.map((cell, column) => h(index ? "td" : "th", attributes(settings[column], index), ...content(cell)))),
  );
  const [head, ...body] = rows;
  const whole = h("table", {}, head && h("thead", {}, head), h("tbody", {}, ...body));
  return h("div", { class: "table-scroll", tabindex: "0" }, whole);
}

function attributes(setting, index) {
  const align = setting?.align === "right" || setting?.align === "center" ? `align-${setting.align}` : null;
  return { class: align, ...(index ? {} : { scope: "col" }) };
}

function content(cell) {
  if (cell?.type === "rich_text") return [richText(cell)];
  if (cell?.type === "raw_number") return [String(cell.text ?? cell.value ?? "")];
  return textNodes(cell?.type === "mrkdwn" ? cell : { type: "plain_text", text: cell?.text ?? "" });
}
