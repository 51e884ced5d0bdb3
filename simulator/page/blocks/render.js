/** From a block's type to the function that draws it; what is not known is shown as such. */

import { actions, contextActions } from "./actions.js";
import { card, carousel } from "./cards.js";
import { chart } from "./chart.js";
import { container } from "./container.js";
import { dataTable } from "./data_table.js";
import { input } from "./input.js";
import { context, divider, header, image, markdownBlock, section } from "./layout.js";
import { call, file, video } from "./media.js";
import { alertBlock, plan, taskCard } from "./progress.js";
import { authProvider } from "./provider.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { unsupported } from "./unsupported.js";

export const BLOCKS = {
  actions,
  alert: alertBlock,
  auth_provider: authProvider,
  call,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: chart,
  divider,
  file,
  header,
  image,
  input,
  markdown: markdownBlock,
  plan,
  rich_text: richText,
  section,
  table,
  task_card: taskCard,
  video,
};

/** Draw *blocks* in their order. */
export function renderBlocks(blocks, place) {
  return (blocks ?? []).map((block) => renderBlock(block, place));
}

function renderBlock(block, place) {
  const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unsupported;
  const node = draw(block, place, renderBlocks);
  node.classList.add("block");
  node.dataset.blockType = block.type;
  if (block.block_id) node.dataset.blockId = block.block_id;
  return node;
}
