"""The bot's knobs."""

import base64
import re
from dataclasses import replace
from datetime import time
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator

from bot.notifications.calm import NEVER_QUIET, Calm
from bot.notifications.pace import Pace
from shared.contracts.base import Language
from shared.runtime.settings import Settings

REAL_TOKEN = re.compile(r"xox[a-z]-\d+-\d+-|xapp-\d+-A[A-Z0-9]+-\d+-|xoxe(\.xox[bp])?-\d-[A-Za-z0-9]{20}")
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
    slack_client_id: str = Field(
        "", description="The app's client id; with it the bot lets itself be installed in many workspaces."
    )
    slack_client_secret: SecretStr = Field(
        SecretStr(""), description="What the app proves itself with to Slack when it is installed."
    )
    bot_token_keys: SecretStr = Field(
        SecretStr(""),
        description="Keys that workspaces' tokens are sealed with, comma-separated: the first seals, all "
        "of them open. `ekstranet workspaces key` makes one.",
    )
    bot_public_url: str | None = Field(
        None,
        description="Where browsers reach the install pages, `https://…`; by default KANTA_BOT_PORT here.",
    )
    bot_contact: str = Field(
        "", description="Whom people ask about the app, as the install page says it: an e-mail address."
    )
    slack_api_url: str = Field(SLACK, description="Where Slack is; the simulator's address on one machine.")
    bot_database_url: str | None = Field(
        None, description="SQLAlchemy URL of the bot's memory; by default bot.db under var."
    )
    bot_port: int = Field(
        8400,
        ge=0,
        le=65535,
        description="The port for Slack's requests when there is no app token, and for the install pages.",
    )

    bot_language: Language | None = Field(
        None, description="What is spoken to people who have chosen no language: fi, sv or en."
    )
    bot_languages: dict[str, Language] = Field(
        {},
        description='The same for single workspaces, as JSON: {"T0123": "sv"}.',
    )
    bot_quiet_hours: str = Field(
        "18-8",
        pattern=r"^(none|([01]?\d|2[0-3])-([01]?\d|2[0-3]))$",
        description="When those who chose nothing are not disturbed, besides weekends and holidays; `none`.",
    )
    bot_digest_at: time = Field(
        time(8, 30), description="When people who chose nothing get their digest, on working days."
    )
    bot_guests_may_act: bool = Field(False, description="Whether guests of the workspace may use the bot.")
    bot_recall_after_days: int = Field(
        5, ge=1, le=365, description="After how many days an unanswered offer is recalled to its holder."
    )
    bot_last_call_days: int = Field(
        2, ge=1, le=30, description="How many days before an offer lapses its holder is told so."
    )
    bot_ending_days: int = Field(
        30,
        ge=1,
        le=365,
        description="How many days before a role ends its holder and main user first hear of it.",
    )
    bot_ending_soon_days: int = Field(
        7, ge=1, le=365, description="How many days before a role ends they hear of it once more."
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

    @model_validator(mode="after")
    def _installable(self) -> Self:
        if bool(self.slack_client_id) != bool(self.slack_client_secret.get_secret_value()):
            raise ValueError("KANTA_SLACK_CLIENT_ID and KANTA_SLACK_CLIENT_SECRET go together")
        if self.installable and not self.token_keys:
            raise ValueError("KANTA_BOT_TOKEN_KEYS must be set, so that tokens can be kept sealed")
        for key in self.token_keys:
            if not _is_key(key):
                raise ValueError("KANTA_BOT_TOKEN_KEYS holds something that is no key")
        public = urlsplit(self.public_url)
        if public.scheme != "https" and public.hostname not in LOOPBACK:
            raise ValueError("KANTA_BOT_PUBLIC_URL must be https://… or an address on this machine")
        return self

    @property
    def installable(self) -> bool:
        """Whether people may install the bot in workspaces of theirs."""
        return bool(self.slack_client_id)

    @property
    def token_keys(self) -> tuple[str, ...]:
        words = self.bot_token_keys.get_secret_value().split(",")
        return tuple(word.strip() for word in words if word.strip())

    @property
    def public_url(self) -> str:
        return (self.bot_public_url or f"http://127.0.0.1:{self.bot_port}").rstrip("/")

    @property
    def redirect_url(self) -> str:
        return f"{self.public_url}/slack/oauth_redirect"

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

    @property
    def calm(self) -> Calm:
        """How people are told who chose nothing."""
        if self.bot_quiet_hours == "none":
            return replace(NEVER_QUIET, digest_at=self.bot_digest_at)
        begin, end = (int(hour) for hour in self.bot_quiet_hours.split("-"))
        return Calm(quiet_from=time(begin), quiet_until=time(end), digest_at=self.bot_digest_at)

    @property
    def pace(self) -> Pace:
        """When time is spoken of."""
        return Pace(
            recall_after=self.bot_recall_after_days,
            last_call_before=self.bot_last_call_days,
            ending_before=self.bot_ending_days,
            ending_soon_before=self.bot_ending_soon_days,
        )

    def answers_go_to(self, url: str) -> bool:
        """Tell whether *url* is one that answers to an interaction may be posted to."""
        asked = urlsplit(url)
        if self.slack_is_real:
            return asked.scheme == "https" and asked.netloc in ("hooks.slack.com", "hooks.slack-gov.com")
        ours = urlsplit(self.slack_api_url)
        return (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc)


def _is_key(text: str) -> bool:
    """Tell whether *text* is 32 bytes in URL-safe base64, as Fernet takes them."""
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except ValueError:
        return False
