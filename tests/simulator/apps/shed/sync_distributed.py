"""The tool shed for every workspace that lets it in, with Bolt for Python and threads."""

import os

from slack_bolt import App
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore

app = App(
    client=WebClient(base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    oauth_settings=OAuthSettings(
        client_id=os.environ["SLACK_CLIENT_ID"],
        client_secret=os.environ["SLACK_CLIENT_SECRET"],
        scopes=["chat:write", "commands", "im:write", "team:read"],
        authorization_url=os.environ["SLACK_AUTHORIZE_URL"],
        installation_store=FileInstallationStore(base_dir=os.environ["STORE"]),
        state_store=FileOAuthStateStore(expiration_seconds=300, base_dir=os.environ["STORE"]),
    ),
)


@app.command("/shed")
def shed(ack, client, command):
    ack()
    info = client.team_info()
    client.chat_postMessage(channel=command["user_id"], text=f"The shed stands in {info['team']['name']}")


if __name__ == "__main__":
    app.start(port=int(os.environ["PORT"]))
