"""A small app made with Bolt, unchanged whichever way it is reached."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from simulator.wire import BOT_ID, BOT_USER_ID

SECRET = "door-secret"
Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def modal(blocks: list[Json], callback_id: str = "door", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Door"),
        "submit": plain("Open"),
        "blocks": blocks,
        **more,
    }


def written(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


NAME = written("name", {"type": "plain_text_input", "action_id": "text"})
ORGANISATION = written(
    "organisation",
    {"type": "external_select", "action_id": "organisation", "min_query_length": 0},
    optional=True,
)


def card(text: str = "A door", value: str = "door-1") -> list[Json]:
    button = {"type": "button", "action_id": "open", "text": plain("Open"), "value": value}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "doors", "elements": [button]},
    ]


@dataclass
class Doorkeeper:
    """Hears everything, and answers some of it."""

    client: AsyncWebClient
    heard: list[Json] = field(default_factory=list)
    closed: list[Json] = field(default_factory=list)
    submitted: list[Json] = field(default_factory=list)
    retries: list[str] = field(default_factory=list)
    refuse_events: int = 0
    bolt: AsyncApp = field(init=False)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        async def authorize(**_: Any) -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None,
                team_id="T0HARBOUR",
                bot_user_id=BOT_USER_ID,
                bot_id=BOT_ID,
                bot_token=self.client.token,
            )

        self.bolt = AsyncApp(client=self.client, signing_secret=SECRET, authorize=authorize, logger=_quiet())
        self._listen()

    def _listen(self) -> None:
        app = self.bolt

        @app.command("/door")
        async def door(ack: Any, body: Json, client: AsyncWebClient) -> None:
            await ack()
            self.hear(body)
            await client.views_open(trigger_id=body["trigger_id"], view=modal([NAME, ORGANISATION]))

        @app.command("/plain")
        async def plainly(ack: Any, body: Json) -> None:
            self.hear(body)
            await ack("You said: " + body["text"])

        @app.view("door")
        async def submitted(ack: Any, body: Json, client: AsyncWebClient) -> None:
            values = body["view"]["state"]["values"]
            name = values["name"]["text"]["value"]
            match name:
                case "wrong":
                    await ack(response_action="errors", errors={"name": "Not that door"})
                case "nonsense":
                    await ack(response_action="errors", errors={"elsewhere": "No such block"})
                case "update":
                    await ack(response_action="update", view=modal([NAME], private_metadata="again"))
                case "push":
                    await ack(response_action="push", view=modal([NAME], notify_on_close=True))
                case "clear":
                    await ack(response_action="clear")
                case _:
                    await ack()
            self.submitted.append(body)
            if name == "harbour":
                await client.chat_postMessage(channel=body["user"]["id"], text="A door", blocks=card())

        @app.view_closed("door")
        async def gone(ack: Any, body: Json) -> None:
            await ack()
            self.closed.append(body)

        @app.action("open")
        async def opened(ack: Any, body: Json, client: AsyncWebClient, respond: Any) -> None:
            await ack()
            self.hear(body)
            container = body["container"]
            if container["type"] == "view":
                await client.views_publish(user_id=body["user"]["id"], view=home("Opened"))
            elif container["is_ephemeral"]:
                await respond(text="Opened", replace_original=True)
            else:
                await client.chat_update(
                    channel=container["channel_id"], ts=container["message_ts"], text="Opened", blocks=[]
                )

        @app.options("organisation")
        async def organisations(ack: Any, payload: Json) -> None:
            await ack(options=[{"text": plain(payload["value"] + " Ltd"), "value": "org-1"}])

        @app.shortcut("door")
        async def shortcut(ack: Any, body: Json, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal([NAME]))

        @app.event("app_home_opened")
        async def home_opened(event: Json, client: AsyncWebClient) -> None:
            self.hear(event)
            if event["tab"] == "home":
                await client.views_publish(user_id=event["user"], view=home("Welcome"))

        @app.event("app_mention")
        async def mentioned(event: Json) -> None:
            self.hear(event)

        @app.event("reaction_added")
        @app.event("reaction_removed")
        async def reacted(event: Json) -> None:
            self.hear(event)

        @app.event("message")
        async def said(event: Json, client: AsyncWebClient) -> None:
            self.hear(event)

    def hear(self, body: Json) -> None:
        self.heard.append(body)
        self.changed.set()


def home(text: str) -> Json:
    return {"type": "home", "blocks": card(text)}


def _quiet() -> logging.Logger:
    logger = logging.getLogger("tests.simulator.doorkeeper")
    logger.setLevel(logging.CRITICAL)
    return logger
