"""Who somebody is in the workspace, asked of Slack and believed for a short while; and who may act at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from bot.fresh import Fresh
from bot.sender import Sender, SlackAway, SlackSaysNo
from bot.speech import of_locale
from bot.words.dates import FINLAND
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount

log = structlog.get_logger()

BELIEVED_FOR = 60.0
SLACKBOT = "USLACKBOT"
# What Slack says of an account that we may not see.
UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}


class Standing(StrEnum):
    """What an account is. Only members act, and guests where they may."""

    MEMBER = "member"
    GUEST = "guest"
    PROGRAM = "program"
    CLOSED = "closed"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Account:
    """What matters here of a chat account."""

    standing: Standing
    zone: ZoneInfo = FINLAND
    locale: Language | None = None


STRANGER = Account(Standing.STRANGER)


def account_of(user: Mapping[str, Any], team: str) -> Account:
    """Read what users.info tells of somebody who acts in *team*."""
    try:
        zone = ZoneInfo(str(user.get("tz") or "Europe/Helsinki"))
    except (ZoneInfoNotFoundError, ValueError):
        zone = FINLAND
    return Account(_standing(user, team), zone, of_locale(user.get("locale")))


def _standing(user: Mapping[str, Any], team: str) -> Standing:
    if user.get("id") == SLACKBOT or user.get("is_bot") or user.get("is_workflow_bot"):
        return Standing.PROGRAM
    if user.get("is_stranger") or not _belongs(user, team):
        return Standing.STRANGER
    if user.get("deleted"):
        return Standing.CLOSED
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def _belongs(user: Mapping[str, Any], team: str) -> bool:
    """On Enterprise Grid a person is of several workspaces, and says so."""
    return team in (user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ()))


class Accounts:
    """Looks accounts up, and remembers them for as long as they may be believed."""

    def __init__(self, sender: Sender, *, guests_may_act: bool = False) -> None:
        self._sender = sender
        self._guests_may_act = guests_may_act
        self._known: Fresh[ChatAccount, Account] = Fresh(BELIEVED_FOR)

    async def look(self, chat: ChatAccount) -> Account:
        """
        What *chat* is.

        Raises:
            SlackAway, SlackSaysNo: we cannot know just now.
        """
        if chat.user == SLACKBOT:
            return Account(Standing.PROGRAM)

        async def asked() -> Account:
            try:
                return account_of(await self._sender.account(chat), chat.team)
            except SlackSaysNo as no:
                if no.word not in UNKNOWN:
                    raise
                return STRANGER

        return await self._known.recall(chat, asked)

    async def refusal(self, chat: ChatAccount) -> Standing | None:
        """Why *chat* may not act; nothing if it may."""
        standing = (await self.look(chat)).standing
        if standing is Standing.MEMBER or (standing is Standing.GUEST and self._guests_may_act):
            return None
        return standing

    async def zone(self, chat: ChatAccount | None) -> ZoneInfo:
        """Where *chat* reads its clock; Finland if Slack does not say."""
        if chat is None:
            return FINLAND
        try:
            return (await self.look(chat)).zone
        except (SlackAway, SlackSaysNo) as error:
            log.info("account.not_looked_up", error=str(error))
            return FINLAND

    def forget(self, chat: ChatAccount) -> None:
        """Ask anew the next time."""
        self._known.forget(chat)
