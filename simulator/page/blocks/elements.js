/** From an element's type to the function that draws it. */

import { link } from "../links.js";
import { button, iconButton, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { feedback } from "./feedback.js";
import { dateField, momentField, textField, timeField } from "./fields.js";
import { fileInput } from "./file_input.js";
import { picture } from "./picture.js";
import { richTextInput } from "./rich_text_input.js";
import { select } from "./selects.js";
import { unsupported } from "./unsupported.js";

export const ELEMENTS = {
  button,
  checkboxes,
  channels_select: select,
  conversations_select: select,
  datepicker: dateField,
  datetimepicker: momentField,
  email_text_input: textField,
  external_select: select,
  feedback_buttons: feedback,
  file_input: fileInput,
  icon_button: iconButton,
  image: (_block, element) => picture(element, "tiny"),
  multi_channels_select: select,
  multi_conversations_select: select,
  multi_external_select: select,
  multi_static_select: select,
  multi_users_select: select,
  number_input: textField,
  overflow,
  plain_text_input: textField,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  static_select: select,
  timepicker: timeField,
  url: (_block, element) => link(element.url, element.text || element.url),
  url_text_input: textField,
  users_select: select,
  workflow_button: workflowButton,
};

/** Draw one element; *label* names it to a screen reader, *described* tells of its hint and error. */
export function elementNode(block, element, place, label = "", described = null) {
  if (!Object.hasOwn(ELEMENTS, element.type)) return unsupported(element);
  const node = ELEMENTS[element.type](block, element, place, { label, described });
  if (element.focus_on_load) node.dataset.focusOnLoad = "";
  return node;
}
