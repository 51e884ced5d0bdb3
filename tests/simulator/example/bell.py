"""A bell: thirty lines of Bolt that know nothing of where Slack is."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient


def bell(token: str, base_url: str = "https://slack.com/api/") -> AsyncApp:
    client = AsyncWebClient(token=token, base_url=base_url)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    app = AsyncApp(client=client)

    @app.command("/ring")
    async def ring(ack: AsyncAck, command: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        button = {"type": "button", "action_id": "again", "text": {"type": "plain_text", "text": "Again"}}
        await client.chat_postMessage(
            channel=command["user_id"],
            text="Ding!",
            blocks=[
                {"type": "section", "text": {"type": "mrkdwn", "text": "Ding!"}},
                {"type": "actions", "elements": [button]},
            ],
        )

    @app.action("again")
    async def again(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        await client.chat_update(channel=channel, ts=ts, text="Ding, dong!", blocks=[])

    return app
