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
  picture: "M3.5 4.5h13v11h-13zM3.5 13l4-4 3.5 3.5 2-2 3.5 3M12.5 8h.01",
  play: "M7 4.5v11l8.5-5.5z",
  file: "M5 3h6.5L15 6.5V17H5zM11.5 3v3.5H15",
  call: "M5 3.5h3l1.2 3.6-1.7 1.3a9 9 0 0 0 4.1 4.1l1.3-1.7 3.6 1.2v3c0 .8-.6 1.5-1.5 1.5C8.6 16.5 3.5 11.4 3.5 5c0-.9.7-1.5 1.5-1.5z",
  bolt: "M11 2.5 4.5 11.5H10l-1 6 6.5-9H10z",
  trash: "M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11M8.5 9v5M11.5 9v5",
  bold: "M6 3.5h5a3.2 3.2 0 0 1 0 6.5H6zM6 10h5.7a3.2 3.2 0 0 1 0 6.5H6z",
  italic: "M8.5 3.5h6M5.5 16.5h6M11.5 3.5l-3 13",
  strike: "M3.5 10h13M13.5 6c-.4-1.6-1.7-2.5-3.6-2.5-2 0-3.4 1-3.4 2.7M6.3 13.7c.4 1.8 1.8 2.8 3.8 2.8 2.2 0 3.6-1.1 3.6-2.9",
  list: "M8 5.5h8.5M8 10h8.5M8 14.5h8.5M4 5.5h.01M4 10h.01M4 14.5h.01",
  numbers: "M8.5 5.5h8M8.5 10h8M8.5 14.5h8M3.2 4.4l1.1-.6v3.4M3 12.9c.2-.7 2-.8 2 .3 0 .8-1.9 1.4-2 2.4h2.2",
  search: "M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM13.5 13.5 17 17",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 11.5c1.4 2.2 4.6 2.2 6 0M7.5 8h.01M12.5 8h.01",
  edit: "M4 16l.8-3.4L13 4.5l2.6 2.6-8.2 8.2zM11.5 6l2.6 2.6",
  copy: "M7 7h9v9.5H7zM4 13V3.5h9",
  pause: "M7 4.5v11M13 4.5v11",
  help: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.8 8c.2-2.6 4.4-2.5 4.4.2 0 1.7-2.2 1.9-2.2 3.6M10 14h.01",
  theme: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 3v14M10 6h5M10 9.5h6.8M10 13h6",
  bell: "M5 14c1-1 1-2.5 1-4.5a4 4 0 0 1 8 0c0 2 0 3.5 1 4.5zM8.5 16.5h3",
  stop: "M5.5 5.5h9v9h-9z",
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
