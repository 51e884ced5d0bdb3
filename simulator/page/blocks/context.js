/** What every block needs to know of the place it is drawn in, and the ways it may act. */

import { act } from "../api.js";
import { confirmed } from "../dialog.js";
import { notice } from "../notices.js";
import { state } from "../state.js";
import { t } from "../words.js";
import { Form } from "./form.js";

/** Make the context of one message, view or Home; *form* keeps what is typed in it. */
export function contextOf(container, surface, form = new Form()) {
  return {
    container,
    surface,
    form,

    /** Send an action, after the confirmation that the element may ask for. */
    async press(block, element, value = null, node = null) {
      if (element.confirm && !(await confirmed(element.confirm))) return false;
      node?.setAttribute("aria-busy", "true");
      const answer = await act(state.me.id, "press", {
        container,
        block_id: block.block_id,
        action_id: element.action_id,
        ...(value ? { value } : {}),
        state: form.values(),
      });
      node?.removeAttribute("aria-busy");
      if (!answer.ok) failed(answer.error);
      return answer.ok;
    },

    /** Ask the app for options that begin with what was typed. */
    async suggest(block, element, query) {
      const details = { container, block_id: block.block_id, action_id: element.action_id, query, state: form.values() };
      const answer = await act(state.me.id, "suggest", details);
      if (answer.error) failed(answer.error);
      return answer;
    },
  };
}

// The simulator itself tells the person of these, as Slack would.
const TOLD = new Set(["app_did_not_answer", "bad_answer", "unknown_command"]);

/** Say in the person's language that an act was not carried out, unless they have been told already. */
export function failed(error) {
  if (TOLD.has(error)) return;
  notice(t("action_failed", { error: error === "no_connection" ? t("no_connection") : error }), "error");
}
