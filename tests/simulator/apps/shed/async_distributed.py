"""The tool shed for every workspace that lets it in, with Bolt for Python and asyncio."""

import os

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

app = AsyncApp(
    client=AsyncWebClient(base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    oauth_settings=AsyncOAuthSettings(
        client_id=os.environ["SLACK_CLIENT_ID"],
        client_secret=os.environ["SLACK_CLIENT_SECRET"],
        scopes=["chat:write", "commands", "im:write", "team:read"],
        authorization_url=os.environ["SLACK_AUTHORIZE_URL"],
        installation_store=FileInstallationStore(base_dir=os.environ["STORE"]),
        state_store=FileOAuthStateStore(expiration_seconds=300, base_dir=os.environ["STORE"]),
    ),
)


@app.command("/shed")
async def shed(ack, client, command):
    await ack()
    info = await client.team_info()
    await client.chat_postMessage(
        channel=command["user_id"], text=f"The shed stands in {info['team']['name']}"
    )


if __name__ == "__main__":
    app.start(port=int(os.environ["PORT"]))
