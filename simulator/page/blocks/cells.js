/** What stands in one cell of a table. */

import { richText } from "./rich_text.js";
import { textNodes } from "./text.js";

/** Draw a cell of a table. */
export function cellNodes(cell) {
  if (cell?.type === "rich_text") return [richText(cell)];
  if (cell?.type === "raw_number") return [cellWords(cell)];
  return textNodes(cell?.type === "mrkdwn" ? cell : { type: "plain_text", text: cell?.text ?? "" });
}

/** A cell as bare words, to compare and to look through. */
export function cellWords(cell) {
  if (cell?.type === "raw_number") return String(cell.text ?? cell.value ?? "");
  if (cell?.type === "rich_text") return (cell.elements ?? []).flatMap((part) => part.elements ?? []).map((run) => run.text ?? "").join("");
  return cell?.text ?? "";
}
