/** A table of data: looked through, sorted by any column, a page at a time. */

import { h, icon } from "../dom.js";
import { say } from "../notices.js";
import { t } from "../words.js";
import { cellNodes, cellWords } from "./cells.js";

const USUAL_PAGE = 5;

export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const size = Math.max(1, Math.min(100, block.page_size ?? USUAL_PAGE));
  const name = block.row_header_column_index ?? 0;
  const look = { query: "", column: null, down: false, page: 0 };

  const body = h("tbody");
  const where = h("span", { class: "page-of" });
  const turn = (step) => () => draw({ page: look.page + step });
  const arrow = (key, side, step) =>
    h("button", { type: "button", class: "button plain icon-only", "aria-label": t(key), title: t(key), onclick: turn(step) }, icon("down", side));
  const earlier = arrow("page_earlier", "to-left", -1);
  const later = arrow("page_later", "to-right", 1);
  const heads = head.map((cell, column) =>
    h("th", { scope: "col" }, h("button", { type: "button", class: "sorter", onclick: () => sortBy(column) }, ...cellNodes(cell), icon("down"))));
  const filter = h("input", { class: "field", type: "search", placeholder: t("table_filter"), "aria-label": t("table_filter") });
  filter.addEventListener("input", () => draw({ query: filter.value.trim().toLocaleLowerCase(), page: 0 }));

  function sortBy(column) {
    const down = look.column === column && !look.down;
    draw({ column, down, page: 0 });
    say(t(down ? "sorted_down" : "sorted_up", { name: cellWords(head[column]) }));
  }

  function draw(change = {}) {
    Object.assign(look, change);
    const found = sorted(rows.filter((row) => fits(row, look.query)), look);
    const pages = Math.max(1, Math.ceil(found.length / size));
    look.page = Math.max(0, Math.min(look.page, pages - 1));
    const shown = found.slice(look.page * size, (look.page + 1) * size);
    body.replaceChildren(...shown.map((row) => h("tr", {}, row.map((cell, column) => tableCell(cell, column === name)))));
    heads.forEach((node, column) => {
      node.setAttribute("aria-sort", look.column === column ? (look.down ? "descending" : "ascending") : "none");
    });
    where.textContent = t("page_of", { page: look.page + 1, pages, count: found.length });
    earlier.disabled = look.page === 0;
    later.disabled = look.page === pages - 1;
  }

  draw();
  const tools = rows.length > size && h("div", { class: "table-tools" }, filter);
  const foot = rows.length > size && h("div", { class: "table-tools" }, earlier, where, later);
  const whole = h("table", {}, h("caption", { text: block.caption ?? "" }), h("thead", {}, h("tr", {}, heads)), body);
  return h("div", { class: "data-table" }, tools,
    h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": block.caption || t("table") }, whole), foot);
}

function tableCell(cell, isName) {
  const number = cell?.type === "raw_number" ? "align-right" : null;
  return h(isName ? "th" : "td", { scope: isName ? "row" : null, class: number }, ...cellNodes(cell));
}

const fits = (row, query) => !query || row.some((cell) => cellWords(cell).toLocaleLowerCase().includes(query));

function sorted(rows, { column, down }) {
  if (column === null) return rows;
  const compare = (a, b) => {
    const [one, other] = [a[column], b[column]];
    if (one?.type === "raw_number" && other?.type === "raw_number") return Number(one.value) - Number(other.value);
    return cellWords(one).localeCompare(cellWords(other), document.documentElement.lang, { numeric: true });
  };
  return [...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
}
