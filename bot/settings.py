"""The bot's knobs."""

import re
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from shared.contracts.base import Language
from shared.runtime.settings import Settings

REAL_TOKEN = re.compile(r"xox[a-z]-\d+-\d+-|xapp-\d+-A[A-Z0-9]+-\d+-")
SLACK = "https://slack.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BotSettings(Settings):
    """Where Slack is, how it knows us, and where we remember what we said."""

    slack_bot_token: SecretStr = Field(
        SecretStr(""), validation_alias="SLACK_BOT_TOKEN", description="The bot's token, `xoxb-…`."
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="The app's token, `xapp-…`; with it the bot dials Slack, without it Slack dials the bot.",
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="What Slack signs its requests with; needed when Slack dials the bot.",
    )
    slack_previous_signing_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias="SLACK_PREVIOUS_SIGNING_SECRET",
        description="The secret before a rotation: accepted as well, until you take it away.",
    )
    slack_connections: int = Field(
        2, ge=1, le=10, description="How many websockets the bot holds open to Slack, which allows ten."
    )
    slack_api_url: str = Field(SLACK, description="Where Slack is; the simulator's address on one machine.")
    bot_database_url: str | None = Field(
        None, description="SQLAlchemy URL of the bot's memory; by default bot.db under var."
    )
    bot_port: int = Field(
        8400, ge=0, le=65535, description="The port for Slack's requests when there is no app token."
    )

    bot_language: Language | None = Field(
        None, description="What is spoken to people who have chosen no language: fi, sv or en."
    )
    bot_languages: dict[str, Language] = Field(
        {},
        description='The same for single workspaces, as JSON: {"T0123": "sv"}.',
    )

    @model_validator(mode="after")
    def _safe(self) -> Self:
        address = urlsplit(self.slack_api_url)
        if not self.slack_is_real and address.hostname not in LOOPBACK:
            raise ValueError("KANTA_SLACK_API_URL must be https://slack.com or an address on this machine")
        tokens = (self.slack_bot_token, self.slack_app_token)
        if not self.slack_is_real and any(REAL_TOKEN.match(token.get_secret_value()) for token in tokens):
            raise ValueError("a real Slack token is not sent to any address but slack.com's")
        return self

    @property
    def slack_is_real(self) -> bool:
        address = urlsplit(self.slack_api_url)
        return address.scheme == "https" and address.hostname in ("slack.com", "slack-gov.com")

    @property
    def on_this_machine(self) -> bool:
        return urlsplit(self.slack_api_url).hostname in LOOPBACK

    @property
    def api_base(self) -> str:
        return self.slack_api_url.rstrip("/") + "/api/"

    @property
    def database(self) -> str:
        return self.bot_database_url or f"sqlite:///{self.var}/bot.db"

    def language_of(self, team: str) -> Language | None:
        """What is spoken in the workspace *team*, unless a person has chosen otherwise."""
        return self.bot_languages.get(team, self.bot_language)

    def answers_go_to(self, url: str) -> bool:
        """Tell whether *url* is one that answers to an interaction may be posted to."""
        asked = urlsplit(url)
        if self.slack_is_real:
            return asked.scheme == "https" and asked.netloc in ("hooks.slack.com", "hooks.slack-gov.com")
        ours = urlsplit(self.slack_api_url)
        return (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc)
