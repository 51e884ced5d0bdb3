/** From an element's type to the function that draws it. */

import { button, iconButton, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { dateField, momentField, textField, timeField } from "./fields.js";
import { picture } from "./picture.js";
import { unsupported } from "./unsupported.js";
import { select } from "./selects.js";

const DRAW = {
  button,
  checkboxes,
  channels_select: select,
  conversations_select: select,
  datepicker: dateField,
  datetimepicker: momentField,
  email_text_input: textField,
  external_select: select,
  icon_button: iconButton,
  multi_channels_select: select,
  multi_conversations_select: select,
  multi_external_select: select,
  multi_static_select: select,
  multi_users_select: select,
  number_input: textField,
  overflow,
  plain_text_input: textField,
  radio_buttons: radioButtons,
  static_select: select,
  timepicker: timeField,
  url_text_input: textField,
  users_select: select,
};

/** Draw one element; *label* names it to a screen reader, *described* tells of its hint and error. */
export function elementNode(block, element, place, label = "", described = null) {
  if (element.type === "image") return picture(element, "tiny");
  const draw = Object.hasOwn(DRAW, element.type) ? DRAW[element.type] : unsupported;
  return draw === unsupported ? unsupported(element) : draw(block, element, place, { label, described });
}
