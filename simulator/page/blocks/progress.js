/** What an app shows while it works: task cards, plans and alerts. */

import { h, icon } from "../dom.js";
import { link } from "../links.js";
import { t } from "../words.js";
import { richText } from "./rich_text.js";
import { textNodes } from "./text.js";

const STATUSES = new Set(["pending", "in_progress", "complete", "error"]);
const LEVELS = { default: "info", info: "info", success: "success", warning: "warning", danger: "error", error: "error" };
const MARK = { info: "info", success: "check", warning: "warning", error: "warning" };

export function taskCard(block) {
  const status = STATUSES.has(block.status) ? block.status : "pending";
  const state = h("span", { class: "task-state" }, status === "complete" && icon("check"), t(`task_${status}`));
  const head = h("div", { class: "task-head" }, h("strong", {}, ...plain(block.title)), state);
  const sources = (block.sources ?? []).filter((source) => source.url);
  const list = sources.length > 0 && h(
    "p", { class: "task-sources" }, `${t("sources")}: `,
    sources.flatMap((source, index) => [index ? ", " : "", link(source.url, source.text || source.url)]),
  );
  const parts = [block.details, block.output].filter(Boolean).map((part) => h("div", { class: "task-part" }, ...plain(part)));
  return h("div", { class: `task ${status}` }, head, ...parts, list);
}

export function plan(block) {
  const tasks = (block.tasks ?? []).map((task) => h("li", {}, taskCard(task)));
  return h("div", { class: "plan" }, h("p", {}, h("strong", {}, ...plain(block.title))), h("ul", {}, tasks));
}

export function alertBlock(block) {
  const level = LEVELS[block.level] ?? "info";
  const label = h("span", { class: "unseen", text: `${t(`alert_${level}`)}: ` });
  return h("div", { class: `alert ${level}`, role: "note" }, icon(MARK[level]), h("div", { class: "text" }, label, ...plain(block.text)));
}

function plain(part) {
  if (typeof part === "string") return [part];
  return part?.type === "rich_text" ? [richText(part)] : textNodes(part);
}
