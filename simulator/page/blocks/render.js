/** From a block's type to the function that draws it; what is not known is shown as such. */

import { actions, contextActions } from "./actions.js";
import { input } from "./input.js";
import { context, divider, header, image, markdownBlock, section } from "./layout.js";
import { alertBlock, plan, taskCard } from "./progress.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { unsupported } from "./unsupported.js";

const DRAW = {
  actions,
  alert: alertBlock,
  context,
  context_actions: contextActions,
  divider,
  header,
  image,
  input,
  markdown: markdownBlock,
  plan,
  rich_text: richText,
  section,
  table,
  task_card: taskCard,
};

/** Draw *blocks* in their order. */
export function renderBlocks(blocks, place) {
  return (blocks ?? []).map((block) => renderBlock(block, place));
}

function renderBlock(block, place) {
  const draw = Object.hasOwn(DRAW, block.type) ? DRAW[block.type] : unsupported;
  const node = draw(block, place);
  node.classList.add("block");
  node.dataset.blockType = block.type;
  if (block.block_id) node.dataset.blockId = block.block_id;
  return node;
}
