/** What a person has typed and chosen in one message or view, kept while its blocks are redrawn. */

import { state } from "../state.js";

/** The conversation that is on the screen, for an element that begins with it. */
const here = (element) => (element.default_to_current_conversation ? state.place.channel : null);

/** The part of an element's state that its own definition gives it at first. */
const INITIAL = {
  plain_text_input: (e) => ({ value: e.initial_value ?? null }),
  email_text_input: (e) => ({ value: e.initial_value ?? null }),
  url_text_input: (e) => ({ value: e.initial_value ?? null }),
  number_input: (e) => ({ value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? here(e) }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [here(e)].filter(Boolean) }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value ?? null }),
  file_input: (e) => ({ files: e.initial_files ?? [] }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
};

export class Form {
  #kept = new Map();
  #drawn = new Map();

  /** Begin to draw anew; what was there is kept for blocks that come back, where *keep(element)* says so. */
  redraw(keep = () => true) {
    this.#kept = new Map([...this.#drawn].filter(([, { element }]) => keep(element)));
    this.#drawn = new Map();
  }

  /** The state of an element: what the person left there, or what the app gave it at first. */
  take(block, element) {
    const key = JSON.stringify([block.block_id, element.action_id, element.type]);
    const held = this.#kept.get(key)?.state ?? { type: element.type, ...INITIAL[element.type](element) };
    this.#drawn.set(key, { block, element, state: held });
    return held;
  }

  put(block, element, part) {
    const key = JSON.stringify([block.block_id, element.action_id, element.type]);
    const state = { type: element.type, ...part };
    this.#drawn.set(key, { block, element, state });
    return state;
  }

  /** Every element that is on the screen, with what it holds. */
  entries() {
    return [...this.#drawn.values()];
  }

  /** The shape that Slack calls `state.values`. */
  values() {
    const values = {};
    for (const { block, element, state } of this.entries()) {
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = state;
    }
    return values;
  }
}

/** Whether a state holds nothing a person chose or typed. */
export function isEmpty(state) {
  return Object.entries(state)
    .filter(([name]) => name !== "type")
    .every(([, value]) => value === null || value === "" || (Array.isArray(value) && value.length === 0));
}
