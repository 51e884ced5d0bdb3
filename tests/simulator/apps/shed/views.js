// What the tool shed shows.

const TOOLS = ['drill', 'hammer', 'ladder', 'saw'];

const plain = (text) => ({ type: 'plain_text', text });
const mrkdwn = (text) => ({ type: 'mrkdwn', text });
const option = (value) => ({ text: plain(value[0].toUpperCase() + value.slice(1)), value });

exports.found = (typed) => TOOLS.filter((tool) => tool.includes(typed.toLowerCase())).map(option);

exports.borrowModal = (size = 'small') => {
  const blocks = [
    {
      type: 'section',
      block_id: 'intro',
      text: mrkdwn('Which tool, and *until when*?'),
      accessory: { type: 'button', action_id: 'read_rules', text: plain('Rules'), value: 'rules' },
    },
    {
      type: 'input',
      block_id: 'tool',
      label: plain('Tool'),
      element: {
        type: 'external_select',
        action_id: 'tool',
        min_query_length: 1,
        placeholder: plain('Type to search'),
      },
    },
    {
      type: 'actions',
      block_id: 'size',
      elements: [
        {
          type: 'static_select',
          action_id: 'choose_size',
          placeholder: plain('Size'),
          options: [option('small'), option('large')],
          initial_option: option(size),
        },
      ],
    },
    {
      type: 'input',
      block_id: 'until',
      optional: true,
      label: plain('Until'),
      element: { type: 'datepicker', action_id: 'until' },
    },
    {
      type: 'input',
      block_id: 'note',
      optional: true,
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'note', multiline: true },
    },
  ];
  if (size === 'large') {
    blocks.push({ type: 'context', elements: [mrkdwn('Large tools are carried by two.')] });
  }
  return {
    type: 'modal',
    callback_id: 'borrow',
    notify_on_close: true,
    private_metadata: size,
    title: plain('Borrow a tool'),
    submit: plain('Borrow'),
    close: plain('Cancel'),
    blocks,
  };
};

exports.rulesModal = () => ({
  type: 'modal',
  callback_id: 'rules',
  title: plain('The rules'),
  submit: plain('Understood'),
  blocks: [{ type: 'section', text: plain('Bring it back clean.') }],
});

exports.rulesReadModal = () => ({
  type: 'modal',
  callback_id: 'rules',
  title: plain('The rules'),
  blocks: [{ type: 'section', text: plain('Thank you for reading.') }],
});

exports.helperModal = (tool) => ({
  type: 'modal',
  callback_id: 'helper',
  private_metadata: tool,
  title: plain('A helper is needed'),
  submit: plain('Borrow'),
  blocks: [
    {
      type: 'input',
      block_id: 'helper',
      label: plain('Who holds it?'),
      element: { type: 'users_select', action_id: 'helper' },
    },
  ],
});

exports.loanBlocks = (text, tool) => [
  { type: 'section', text: mrkdwn(text) },
  {
    type: 'actions',
    block_id: 'loan',
    elements: [
      { type: 'button', action_id: 'give_back', style: 'primary', text: plain('Give back'), value: tool },
      {
        type: 'static_select',
        action_id: 'extend',
        placeholder: plain('Keep it longer'),
        options: [option('day'), option('week')],
      },
    ],
  },
];

exports.listBlocks = () => [
  { type: 'header', text: plain('The shed') },
  { type: 'section', text: mrkdwn(TOOLS.map((tool) => `• ${tool}`).join('\n')) },
  { type: 'divider' },
  { type: 'context', elements: [mrkdwn('Ask with `/shed borrow`')] },
];

exports.home = (name) => ({
  type: 'home',
  blocks: [
    { type: 'header', text: plain(`Welcome, ${name}`) },
    {
      type: 'actions',
      block_id: 'home',
      elements: [{ type: 'button', action_id: 'home_borrow', text: plain('Borrow a tool') }],
    },
  ],
});
