/** A table: its first row names the columns. */

import { h } from "../dom.js";
import { t } from "../words.js";
import { cellNodes } from "./cells.js";

export function table(block) {
  const settings = block.column_settings ?? [];
  const rows = (block.rows ?? []).map((row, index) =>
    h("tr", {}, row.map((cell, column) => h(index ? "td" : "th", attributes(settings[column], index), ...cellNodes(cell)))),
  );
  const [head, ...body] = rows;
  const whole = h("table", {}, head && h("thead", {}, head), h("tbody", {}, ...body));
  return h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": t("table") }, whole);
}

function attributes(setting, index) {
  const align = setting?.align === "right" || setting?.align === "center" ? `align-${setting.align}` : null;
  const close = setting?.is_wrapped === false ? "unwrapped" : null;
  return { class: [align, close].filter(Boolean).join(" ") || null, ...(index ? {} : { scope: "col" }) };
}
