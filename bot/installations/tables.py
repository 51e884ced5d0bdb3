"""The tables of installations, in the bot's database."""

from sqlalchemy import Boolean, Column, String, Table, Text

from bot.storage import METADATA
from shared.storage.types import UtcDateTime

__all__ = ["METADATA", "installations", "installing", "workspaces"]

# *token* and *refresh* are sealed with the operator's keys. *renewing_until* is set by whoever renews them.
installations = Table(
    "installations",
    METADATA,
    Column("place", String(40), primary_key=True),
    Column("team", String(40)),
    Column("enterprise", String(40)),
    Column("org_wide", Boolean(create_constraint=False), nullable=False),
    Column("name", String(200), nullable=False),
    Column("bot_user", String(40), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("installer", String(40), nullable=False),
    Column("installed_at", UtcDateTime, nullable=False),
    Column("token", Text, nullable=False),
    Column("refresh", Text),
    Column("expires_at", UtcDateTime),
    Column("renewing_until", UtcDateTime),
)
# Browsers that have gone to Slack to install, by the digest of what they went with.
installing = Table(
    "installing",
    METADATA,
    Column("state", String(64), primary_key=True),
    Column("browser", String(64), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)
# Which organisation (Enterprise Grid) a workspace is a part of.
workspaces = Table(
    "workspaces",
    METADATA,
    Column("team", String(40), primary_key=True),
    Column("enterprise", String(40), nullable=False),
)
