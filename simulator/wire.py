"""What goes over Slack's wire: JSON objects, refusals by Slack's own codes, and the fixed tokens."""

from typing import Any

# Slack's payloads are open objects; the simulator passes on what it does not read.
Json = dict[str, Any]

BOT_TOKEN = "xoxb-simulator-bot"  # noqa: S105 - a fixed fake, good only on this machine
APP_TOKEN = "xapp-simulator-app"  # noqa: S105 - likewise
VERIFICATION_TOKEN = "simulator"  # noqa: S105 - Slack's deprecated token; nothing trusts it

APP_ID = "A0SIMULATOR"
BOT_ID = "B0SIMULATOR"
BOT_USER_ID = "U0SIMULATOR"


class SlackError(Exception):
    """A refusal with Slack's code; *more* goes into the answer beside it."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more

    def as_json(self) -> Json:
        return {"ok": False, "error": self.code, **self.more}
