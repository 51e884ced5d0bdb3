/** A chart as a drawing and, for who would rather read, as a table of the same numbers. */

import { h } from "../dom.js";
import { t } from "../words.js";
import { barShapes, lineShapes, pieShapes } from "./chart_shapes.js";

const DRAW = {
  bar: barShapes,
  line: (chart) => lineShapes(chart, false),
  area: (chart) => lineShapes(chart, true),
  pie: pieShapes,
};

export function chart(block) {
  const given = block.chart ?? {};
  const names = given.type === "pie" ? (given.segments ?? []).map(({ label }) => label) : (given.series ?? []).map(({ name }) => name);
  const draw = Object.hasOwn(DRAW, given.type) ? DRAW[given.type] : null;
  const title = h("figcaption", { class: "chart-title", text: block.title ?? "" });
  const legend = names.length > 1 && h("ul", { class: "legend" }, names.map((name, index) => h("li", { class: `series-${index}` }, name)));
  return h(
    "figure",
    { class: "chart" },
    title,
    draw && svg(draw(given), t("chart_of", { title: block.title ?? "" })),
    legend,
    h("details", { open: !draw }, h("summary", {}, t("chart_numbers")), numbers(given, names)),
  );
}

function svg(shapes, label) {
  const space = "http://www.w3.org/2000/svg";
  const node = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 480 220", role: "img", "aria-label": label, class: "chart-drawing" })) node.setAttribute(name, value);
  for (const { tag, text, ...attributes } of shapes) {
    const part = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    if (text !== undefined) part.textContent = text;
    node.append(part);
  }
  return node;
}

function numbers(given, names) {
  const head = (cells) => h("thead", {}, h("tr", {}, cells.map((cell) => h("th", { scope: "col", text: cell }))));
  const row = (name, values) => h("tr", {}, h("th", { scope: "row", text: name }), values.map((value) => h("td", { class: "align-right", text: value ?? "–" })));
  if (given.type === "pie") {
    return h("table", {}, head(["", t("chart_value")]), h("tbody", {}, (given.segments ?? []).map(({ label, value }) => row(label, [value]))));
  }
  const categories = given.axis_config?.categories ?? [];
  const at = (series, category) => (series.data ?? []).find(({ label }) => label === category)?.value;
  return h("table", {}, head([given.axis_config?.x_label ?? "", ...names]),
    h("tbody", {}, categories.map((category) => row(category, (given.series ?? []).map((series) => at(series, category))))));
}
