/** Elements without HTML strings: whatever a person or an app wrote reaches the page as text. */

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "hidden", "readOnly", "multiple", "inert"]);
let counter = 0;

/** Make an element: attributes by name, `on<event>` for listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...present(children));
  return node;
}

/** Children that are really there; conditions may leave null, undefined or false in their place. */
export function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** An id that no other element of this page has. */
export function uid(prefix = "n") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Text that only a screen reader meets. */
export function unseen(text) {
  return h("span", { class: "unseen", text });
}

/** Find an element by data attributes whose values may hold any character. */
export function findByData(root, data) {
  const selector = Object.entries(data)
    .map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`)
    .join("");
  return root.querySelector(selector);
}

const SHAPES = {
  hash: "M7 3 5.5 17M14.5 3 13 17M3.5 7.5h13.5M3 12.5h13.5",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  close: "M5 5l10 10M15 5 5 15",
  send: "M3.5 10 16.5 4 12 16.5 9.5 11z",
  plus: "M10 4v12M4 10h12",
  dots: "M5 10h.01M10 10h.01M15 10h.01",
  down: "M5.5 8l4.5 4.5L14.5 8",
  reply: "M4 5.5h12v8H9l-3.5 3v-3H4z",
  wire: "M3 7h11l-3-3M17 13H6l3 3",
  panes: "M3 4h6v12H3zM11 4h6v12h-6z",
  people: "M7 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM2.5 16c.3-3 2-4.5 4.5-4.5s4.2 1.5 4.5 4.5M13 9.5a2 2 0 1 0 0-4M14 11.8c2 .3 3.2 1.7 3.5 4.2",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  up: "M6.5 9.5v7H3.5v-7zM6.5 9.5 10 3c1.5 0 2 1 1.8 2.2L11.3 8h4.2c1 0 1.6.8 1.4 1.7l-1.2 5.5c-.2.8-.8 1.3-1.6 1.3H6.5",
  warning: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3h.01",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.5v4M10 6.8h.01",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
};

/** A small line drawing; it says nothing that the text beside it or its label does not say. */
export function icon(name, turned = "") {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon ${turned}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
