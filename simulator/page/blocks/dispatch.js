/** When a change is told to the app at once, and when it waits for the form to be sent. */

/** Whether a change of an element in *block* is told at once. */
export function dispatches(block) {
  return block.type !== "input" || block.dispatch_action === true;
}

/** Whether typed text is told when *trigger* happens; Enter is the usual one. */
export function dispatchesOn(block, element, trigger) {
  if (!dispatches(block)) return false;
  return (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(trigger);
}
