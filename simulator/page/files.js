/** What a message carries besides its words: files, pictures among them, and old-fashioned attachments. */

import { renderBlocks } from "./blocks/render.js";
import { textNodes } from "./blocks/text.js";
import { clock, dayLabel } from "./dates.js";
import { h, icon } from "./dom.js";
import { link } from "./links.js";
import { state } from "./state.js";
import { t } from "./words.js";

const UNITS = ["byte", "kilobyte", "megabyte"];

/** Where this page's person may fetch a file. */
export function fileAddress(id) {
  return `/sim/files/${encodeURIComponent(id)}?${new URLSearchParams({ user: state.me?.id ?? "" })}`;
}

export function fileList(files) {
  if (!files?.length) return null;
  return h("ul", { class: "message-files" }, files.map((file) => h("li", {}, fileNode(file))));
}

function fileNode(file) {
  if (file.mode === "tombstone") return h("p", { class: "gone-text", text: t("file_gone") });
  const name = file.title || file.name;
  const detail = [file.pretty_type, size(file.size)].filter(Boolean).join(" · ");
  if (file.mimetype?.startsWith("image/") && file.mimetype !== "image/svg+xml") {
    const picture = h("img", { class: "picture large", src: fileAddress(file.id), alt: file.alt_txt || name, loading: "lazy" });
    return h("figure", { class: "figure" }, h("figcaption", { class: "caption", text: name }), picture);
  }
  return h("a", { class: "media compact file-link", href: fileAddress(file.id), download: file.name },
    icon("file"), h("span", { class: "media-text" }, h("span", { class: "card-title", text: name }), h("span", { class: "card-subtitle", text: detail })));
}

function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: UNITS[step], maximumFractionDigits: 1 });
  return format.format(bytes / 1000 ** step);
}

/** Attachments as Slack has shown them since before there were blocks. */
export function attachmentList(attachments, place) {
  return (attachments ?? []).map((one) => {
    const text = (words) => textNodes({ type: "mrkdwn", text: words });
    const title = one.title && h("p", { class: "card-title" }, one.title_link ? link(one.title_link, one.title) : one.title);
    const fields = one.fields?.length > 0 && h("div", { class: "fields" }, one.fields.map((field) =>
      h("div", { class: field.short ? "" : "wide" }, h("strong", { text: field.title ?? "" }), h("div", {}, ...text(field.value ?? "")))));
    const when = one.ts ? `${dayLabel(one.ts, t)} ${clock(one.ts)}` : "";
    const foot = [one.footer, when].filter(Boolean).join(" · ");
    const plain = [title, one.text && h("div", {}, ...text(one.text)), fields, foot && h("p", { class: "card-subtitle", text: foot })];
    const node = h("div", { class: "attachment" }, one.author_name && h("p", { class: "card-subtitle", text: one.author_name }), ...(one.blocks ? renderBlocks(one.blocks, place) : plain));
    if (/^#?[0-9a-f]{6}$/i.test(one.color ?? "")) node.style.borderLeftColor = `#${one.color.replace("#", "")}`;
    else if (["good", "warning", "danger"].includes(one.color)) node.classList.add(one.color);
    return h("div", {}, one.pretext && h("div", {}, ...text(one.pretext)), node);
  });
}
