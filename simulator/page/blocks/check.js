/** What the page can tell about an answer before it is sent: missing, too short, not an address. */

import { isEmpty } from "./form.js";
import { t } from "../words.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Errors by block id for all inputs of a view. */
export function checkInputs(form) {
  const errors = {};
  for (const { block, element, state } of form.entries()) {
    if (block.type !== "input") continue;
    const error = isEmpty(state) ? missing(block) : wrong(element, state);
    if (error) errors[block.block_id] = error;
  }
  return errors;
}

const missing = (block) => (block.optional ? null : t("required"));

function wrong(element, { value }) {
  if (typeof value !== "string") return null;
  if (element.min_length && value.length < element.min_length) return t("too_short", { count: element.min_length });
  if (element.max_length && value.length > element.max_length) return t("too_long", { count: element.max_length });
  if (element.type === "email_text_input" && !EMAIL.test(value)) return t("bad_email");
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(value)) return t("bad_url");
  return element.type === "number_input" ? wrongNumber(element, value) : null;
}

function wrongNumber(element, value) {
  const number = Number(value.replace(",", "."));
  if (!Number.isFinite(number)) return t("bad_number");
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return t("bad_number");
  if (element.min_value !== undefined && number < Number(element.min_value)) return t("small_number", { count: element.min_value });
  if (element.max_value !== undefined && number > Number(element.max_value)) return t("big_number", { count: element.max_value });
  return null;
}
