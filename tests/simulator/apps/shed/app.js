// The tool shed, with Bolt for JavaScript.

const { App } = require('@slack/bolt');
const { borrowModal, found, helperModal, home, listBlocks, loanBlocks, rulesModal, rulesReadModal } = require('./views');
const { PICTURE } = require('./picture');

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  socketMode: process.env.SLACK_APP_TOKEN !== undefined,
  appToken: process.env.SLACK_APP_TOKEN,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

app.command('/shed', async ({ ack, respond, client, command }) => {
  switch (command.text) {
    case 'help':
      await ack('Try `/shed list` or `/shed borrow`.');
      break;
    case 'list':
      await ack();
      await respond({ text: 'The shed holds four tools', blocks: listBlocks(), response_type: 'in_channel' });
      break;
    case 'picture':
      await ack();
      await client.files.uploadV2({
        channel_id: command.channel_id,
        filename: 'shed.png',
        title: 'The shed',
        file: PICTURE,
        initial_comment: 'This is the shed',
      });
      break;
    default:
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: borrowModal() });
  }
});

app.options('tool', async ({ ack, options }) => {
  await ack({ options: found(options.value) });
});

app.action('choose_size', async ({ ack, action, body, client }) => {
  await ack();
  const view = borrowModal(action.selected_option.value);
  await client.views.update({ view_id: body.view.id, hash: body.view.hash, view });
});

app.action('read_rules', async ({ ack, body, client }) => {
  await ack();
  await client.views.push({ trigger_id: body.trigger_id, view: rulesModal() });
});

app.view('rules', async ({ ack }) => {
  await ack({ response_action: 'update', view: rulesReadModal() });
});

app.view('borrow', async ({ ack, body, view, client }) => {
  const { values } = view.state;
  const tool = values.tool.tool.selected_option.value;
  if ((values.note.note.value || '').includes('now')) {
    await ack({ response_action: 'errors', errors: { note: 'Please ask kindly.' } });
    return;
  }
  if (tool === 'ladder') {
    await ack({ response_action: 'push', view: helperModal(tool) });
    return;
  }
  await ack();
  const until = values.until.until.selected_date;
  const text = `You have borrowed the ${tool} (${view.private_metadata}) until ${until}`;
  await client.chat.postMessage({ channel: body.user.id, text, blocks: loanBlocks(text, tool) });
});

app.view('helper', async ({ ack, body, view, client }) => {
  await ack({ response_action: 'clear' });
  const helper = view.state.values.helper.helper.selected_user;
  const tool = view.private_metadata;
  const opened = await client.conversations.open({ users: `${body.user.id},${helper}` });
  const text = `<@${helper}> holds the ${tool} for you`;
  await client.chat.postMessage({ channel: opened.channel.id, text, blocks: loanBlocks(text, tool) });
});

app.view({ callback_id: 'borrow', type: 'view_closed' }, async ({ ack, body, client }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'Another time, perhaps.' });
});

app.action('give_back', async ({ ack, action, body, client }) => {
  await ack();
  const text = `The ${action.value} is back, thanks to <@${body.user.id}>`;
  await client.chat.update({
    channel: body.channel.id,
    ts: body.message.ts,
    text,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  });
});

app.action('extend', async ({ ack, action, respond }) => {
  await ack();
  await respond({ text: `Keep it for a ${action.selected_option.value} more.`, replace_original: false });
});

app.shortcut('borrow_anywhere', async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: borrowModal() });
});

app.shortcut('note_message', async ({ ack, shortcut, client }) => {
  await ack();
  const channel = shortcut.channel.id;
  const { ts, text } = shortcut.message;
  await client.reactions.add({ channel, timestamp: ts, name: 'eyes' });
  await client.chat.postEphemeral({ channel, user: shortcut.user.id, text: `Noted: ${text}` });
});

app.event('app_home_opened', async ({ event, client }) => {
  if (event.tab !== 'home') return;
  const person = await client.users.info({ user: event.user });
  await client.views.publish({ user_id: event.user, view: home(person.user.real_name) });
});

app.action('home_borrow', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: borrowModal() });
});

app.event('app_mention', async ({ event, say }) => {
  await say({ text: `You called, <@${event.user}>?`, thread_ts: event.ts });
});

app.event('reaction_added', async ({ event, client }) => {
  const { channel, ts } = event.item;
  await client.chat.postMessage({ channel, thread_ts: ts, text: `<@${event.user}> likes it: ${event.reaction}` });
});

app.message(/^hello/, async ({ message, say }) => {
  await say(`Hello <@${message.user}>!`);
});

app.message(/^(?!hello)/, async ({ message, client }) => {
  const history = await client.conversations.history({ channel: message.channel, limit: 1 });
  const newest = history.messages[0].text;
  await client.chat.postMessage({ channel: message.channel, text: `I do not know what “${newest}” means.` });
});

(async () => {
  await app.start(process.env.PORT || 3000);
})();
