// The tool shed for every workspace that lets it in, with Bolt for JavaScript.

const { App } = require('@slack/bolt');

const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientId: process.env.SLACK_CLIENT_ID,
  clientSecret: process.env.SLACK_CLIENT_SECRET,
  stateSecret: 'shed-state-secret',
  scopes: ['chat:write', 'commands', 'im:write', 'team:read'],
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  installerOptions: { authorizationUrl: process.env.SLACK_AUTHORIZE_URL },
});

app.command('/shed', async ({ ack, client, command }) => {
  await ack();
  const { team } = await client.team.info();
  await client.chat.postMessage({ channel: command.user_id, text: `The shed stands in ${team.name}` });
});

(async () => {
  await app.start(process.env.PORT);
})();
