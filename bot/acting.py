"""For which of their organisations people act: what they chose, while it is still theirs."""

import asyncio
from collections.abc import Iterable, Sequence

import structlog

from bot.kit import Kit
from bot.views.acting import ONE, Acts, Place
from shared.contracts.base import OrganisationId, Refusal, Unavailable
from shared.contracts.identity import (
    Affiliation,
    Affiliations,
    ChatAccount,
    GetAffiliations,
    OrganisationView,
)
from shared.contracts.roles import GetMyGrants, GrantView, Phase

log = structlog.get_logger()


def acts_among(mine: Sequence[OrganisationView], wanted: OrganisationId | None) -> Acts:
    """Somebody's choice among *mine*; who has one organisation acts for it, and is asked nothing."""
    if len(mine) < 2:
        return Acts(chosen=mine[0] if mine else None)
    return Acts(chosen=next((each for each in mine if each.id == wanted), None), several=True)


def places_of(found: Affiliations, grants: Iterable[GrantView]) -> tuple[Place, ...]:
    """Where somebody belongs, or may act by the word of Suomi.fi; what they are there."""
    held = [grant for grant in grants if grant.phase is Phase.IN_FORCE]
    mandates = {each.organisation: each for each in found.mandates if each.rights}
    places = [
        Place(
            each.organisation,
            main_user=each.main_user,
            grants=tuple(grant for grant in held if grant.organisation == each.organisation.id),
            mandate=mandates.pop(each.organisation.id, None),
        )
        for each in found.affiliations
    ]
    others = {each.id: each for each in found.others}
    places += [
        Place(others[each], member=False, mandate=mandate)
        for each, mandate in mandates.items()
        if each is not None and each in others
    ]
    return tuple(places)


class Acting:
    """Knows what people chose; a choice proposes, and permits nothing."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def among(self, chat: ChatAccount, affiliations: Sequence[Affiliation]) -> Acts:
        """The choice of *chat* among where its person belongs."""
        mine = [each.organisation for each in affiliations]
        if len(mine) < 2:
            return acts_among(mine, None)
        return acts_among(mine, await self._kit.choices.of(chat))

    async def of_reader(self, chat: ChatAccount | None) -> Acts:
        """The same for somebody who is written to; whom we cannot ask about is told nothing of it."""
        if chat is None:
            return ONE
        try:
            actor = self._kit.people.acting(chat)
            found = await self._kit.bus.call(GetAffiliations(), on_behalf=actor)
        except (Refusal, Unavailable) as error:
            log.debug("choice.not_known", error=type(error).__name__)
            return ONE
        return await self.among(chat, found.affiliations)

    async def places(self, chat: ChatAccount) -> tuple[Place, ...]:
        """
        Every organisation of the person behind *chat*.

        Raises:
            ChatAccountNotLinked: we do not know who that is.
        """
        actor = self._kit.people.acting(chat)
        found, grants = await asyncio.gather(
            self._kit.bus.call(GetAffiliations(), on_behalf=actor),
            self._kit.bus.call(GetMyGrants(), on_behalf=actor),
        )
        return places_of(found, grants.grants)
