/** Fields to type in: text, addresses, numbers, dates and times. */

import { dayInWords } from "../dates.js";
import { h, uid } from "../dom.js";
import { t } from "../words.js";
import { dispatches, dispatchesOn } from "./dispatch.js";
import { words } from "./text.js";

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text", plain_text_input: "text" };
const PAUSE = 600;

export function textField(block, element, place, names) {
  const state = place.form.take(block, element);
  const long = element.type === "plain_text_input" && element.multiline === true;
  const counter = element.max_length ? h("span", { class: "counter", id: uid("counter"), "aria-hidden": "true" }) : null;
  const node = h(long ? "textarea" : "input", {
    class: "field", type: long ? null : TYPES[element.type], id: uid("field"), value: state.value ?? "",
    placeholder: words(element.placeholder) || null, "data-action-id": element.action_id, rows: long ? 4 : null,
    "aria-label": names.label || null, "aria-describedby": names.described, autocomplete: "off",
    inputmode: element.type === "number_input" ? "decimal" : null, maxlength: element.max_length ?? null,
    "aria-required": block.type === "input" && !block.optional ? "true" : null,
  });
  const count = () => {
    if (counter) counter.textContent = t("characters_left", { count: element.max_length - node.value.length });
  };
  const tell = () => place.press(block, element, { value: node.value });
  node.addEventListener("input", () => {
    place.form.put(block, element, { value: node.value === "" ? null : node.value });
    count();
    if (dispatchesOn(block, element, "on_character_entered")) tell();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (long && !event.ctrlKey && !event.metaKey)) return;
    if (!dispatchesOn(block, element, "on_enter_pressed")) return;
    event.preventDefault();
    tell();
  });
  count();
  return counter ? h("div", { class: "counted" }, node, counter) : node;
}

export function dateField(block, element, place, names) {
  const { selected_date: value } = place.form.take(block, element);
  return picker("date", value, (date) => ({ selected_date: date || null }), block, element, place, names);
}

export function timeField(block, element, place, names) {
  const { selected_time: value } = place.form.take(block, element);
  return picker("time", value, (time) => ({ selected_time: time || null }), block, element, place, names);
}

export function momentField(block, element, place, names) {
  const { selected_date_time: seconds } = place.form.take(block, element);
  const value = seconds ? localMoment(new Date(seconds * 1000)) : null;
  const part = (moment) => ({ selected_date_time: moment ? Math.floor(new Date(moment).getTime() / 1000) : null });
  return picker("datetime-local", value, part, block, element, place, names);
}

function localMoment(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function picker(type, value, part, block, element, place, names) {
  const node = h("input", {
    class: "field short", type, id: uid("field"), value: value ?? "", "data-action-id": element.action_id,
    "aria-label": names.label || words(element.placeholder) || t(type === "date" ? "date" : type === "time" ? "time" : "moment"), "aria-describedby": names.described,
    "aria-required": block.type === "input" && !block.optional ? "true" : null,
  });
  // Browsers write dates as the machine does; in words nobody takes a month for a day.
  const inWords = type === "time" ? null : h("span", { class: "hint date-words", id: uid("words") });
  const spell = () => inWords && (inWords.textContent = dayInWords(node.value));
  spell();
  let told = node.value;
  let pause = null;
  const tell = () => {
    clearTimeout(pause);
    if (node.value === told) return;
    told = node.value;
    place.press(block, element, part(node.value));
  };
  node.addEventListener("input", () => {
    place.form.put(block, element, part(node.value));
    spell();
    if (!dispatches(block)) return;
    // A date that is typed passes through years such as 0002; the person is done when a pause or blur comes.
    clearTimeout(pause);
    pause = setTimeout(tell, PAUSE);
  });
  node.addEventListener("blur", () => dispatches(block) && tell());
  return inWords ? h("div", { class: "dated" }, node, inWords) : node;
}
