"""One place that the bot is installed in, as Slack tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Slack's tokens last twelve hours; with two left there is time for Slack or us to be away.
RENEW_BEFORE = timedelta(hours=2)


class NotOurs(Exception):
    """Slack's answer is not one that can be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """
    The bot in one workspace, or (*org_wide*) in all workspaces of an organisation.

    *place* is the workspace's id, or the organisation's. *installer* is the account that let the bot in.
    """

    place: str
    team: str | None
    enterprise: str | None
    org_wide: bool = False
    name: str
    bot_user: str
    bot_id: str | None = None
    scopes: tuple[str, ...] = ()
    installer: str = ""
    installed_at: datetime
    token: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None

    def wants_renewal(self, now: datetime) -> bool:
        return (
            self.refresh is not None and self.expires_at is not None and self.expires_at - RENEW_BEFORE <= now
        )


def installed(answer: Mapping[str, Any], now: datetime) -> Installation:
    """
    Read the answer to oauth.v2.access.

    Raises:
        NotOurs: there is no bot in it, or no place.
    """
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    org_wide = bool(answer.get("is_enterprise_install"))
    home = enterprise if org_wide else team
    token = str(answer.get("access_token") or "")
    if not home.get("id") or not token or answer.get("token_type") != "bot" or not answer.get("bot_user_id"):
        raise NotOurs
    return Installation(
        place=str(home["id"]),
        team=None if org_wide else str(team["id"]),
        enterprise=str(enterprise["id"]) if enterprise.get("id") else None,
        org_wide=org_wide,
        name=str(home.get("name") or home["id"])[:200],
        bot_user=str(answer["bot_user_id"]),
        scopes=tuple(scope for scope in str(answer.get("scope") or "").split(",") if scope),
        installer=str((answer.get("authed_user") or {}).get("id") or ""),
        installed_at=now,
        token=token,
        refresh=str(answer["refresh_token"]) if answer.get("refresh_token") else None,
        expires_at=_expiry(answer, now),
    )


def given(answer: Mapping[str, Any], token: str, now: datetime) -> Installation:
    """Read the answer to auth.test: the one installation whose token stands in the settings."""
    org_wide = bool(answer.get("is_enterprise_install"))
    team, enterprise = str(answer["team_id"]), answer.get("enterprise_id")
    return Installation(
        place=str(enterprise) if org_wide else team,
        team=None if org_wide else team,
        enterprise=str(enterprise) if enterprise else None,
        org_wide=org_wide,
        name=str(answer.get("team") or team),
        bot_user=str(answer["user_id"]),
        bot_id=answer.get("bot_id"),
        installed_at=now,
        token=token,
    )


def _expiry(answer: Mapping[str, Any], now: datetime) -> datetime | None:
    lives = answer.get("expires_in")
    return now + timedelta(seconds=int(lives)) if lives else None
