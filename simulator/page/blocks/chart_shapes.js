/** The shapes of charts in a field of 480 by 220, as plain descriptions of SVG elements. */

const LEFT = 44;
const RIGHT = 470;
const TOP = 24;
const BOTTOM = 178;

/** Bars, side by side within each category. */
export function barShapes(chart) {
  const field = frame(chart);
  const { categories, series, y } = field;
  const step = (RIGHT - LEFT) / Math.max(1, categories.length);
  const width = Math.min(36, (step * 0.72) / Math.max(1, series.length));
  const bars = series.flatMap(({ values }, index) =>
    values.map((value, at) => {
      const x = LEFT + step * (at + 0.5) + (index - series.length / 2) * width;
      const [top, base] = [y(Math.max(0, value ?? 0)), y(Math.min(0, value ?? 0))];
      return { tag: "rect", class: `series-${index}`, x, y: top, width: Math.max(1, width - 2), height: Math.max(0, base - top), rx: 2 };
    }));
  return [...axes(chart, field), ...bars];
}

/** Lines from category to category, their areas filled if *filled*. */
export function lineShapes(chart, filled) {
  const field = frame(chart);
  const { categories, series, y } = field;
  const step = (RIGHT - LEFT) / Math.max(1, categories.length);
  const shapes = series.flatMap(({ values }, index) => {
    const points = values.map((value, at) => [LEFT + step * (at + 0.5), value]).filter(([, value]) => value !== null).map(([x, value]) => `${x},${y(value)}`);
    if (!points.length) return [];
    const line = { tag: "polyline", class: `stroke series-${index}`, points: points.join(" ") };
    if (!filled) return [line];
    const [first, last] = [points[0].split(",")[0], points.at(-1).split(",")[0]];
    return [{ tag: "polygon", class: `area series-${index}`, points: [`${first},${y(0)}`, ...points, `${last},${y(0)}`].join(" ") }, line];
  });
  return [...axes(chart, field), ...shapes];
}

/** Slices of one whole. */
export function pieShapes(chart) {
  const segments = (chart.segments ?? []).map(({ value }, index) => ({ value, index })).filter(({ value }) => value > 0);
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  const point = (share) => [240 + 96 * Math.sin(share * 2 * Math.PI), 110 - 96 * Math.cos(share * 2 * Math.PI)];
  let before = 0;
  return segments.map(({ value, index }) => {
    const share = value / whole;
    const [from, to] = [point(before), point(before + share)];
    before += share;
    if (share > 0.999) return { tag: "circle", class: `series-${index}`, cx: 240, cy: 110, r: 96 };
    return { tag: "path", class: `series-${index}`, d: `M240 110L${from}A96 96 0 ${share > 0.5 ? 1 : 0} 1 ${to}Z` };
  });
}

/** The categories, every series' value in each, and how high a value stands. */
function frame(chart) {
  const categories = chart.axis_config?.categories ?? [...new Set((chart.series ?? []).flatMap(({ data }) => (data ?? []).map(({ label }) => label)))];
  const series = (chart.series ?? []).map(({ data }) => ({
    values: categories.map((category) => (data ?? []).find(({ label }) => label === category)?.value ?? null),
  }));
  const all = series.flatMap(({ values }) => values).filter((value) => value !== null);
  const [most, least] = [Math.max(1, ...all), Math.min(0, ...all)];
  const y = (value) => BOTTOM - ((value - least) / (most - least)) * (BOTTOM - TOP);
  return { categories, series, y, marks: [least, (most + least) / 2, most] };
}

function axes({ axis_config: config = {} }, { categories, y, marks }) {
  const step = (RIGHT - LEFT) / Math.max(1, categories.length);
  const room = Math.max(3, Math.floor(step / 6.5));
  return [
    ...marks.flatMap((value) => [
      { tag: "line", class: "grid", x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value) },
      { tag: "text", class: "mark", x: LEFT - 6, y: y(value) + 4, "text-anchor": "end", text: short(value) },
    ]),
    ...categories.map((category, at) => ({
      tag: "text", class: "mark", x: LEFT + step * (at + 0.5), y: BOTTOM + 16, "text-anchor": "middle",
      text: category.length > room ? `${category.slice(0, room - 1)}…` : category,
    })),
    config.x_label && { tag: "text", class: "mark", x: (LEFT + RIGHT) / 2, y: 214, "text-anchor": "middle", text: config.x_label },
    config.y_label && { tag: "text", class: "mark", x: 2, y: 12, text: config.y_label },
  ].filter(Boolean);
}

const short = (value) => new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 }).format(value);
