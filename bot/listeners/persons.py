"""A way from the bot to a person."""

import asyncio

from bot.kit import Kit
from bot.payloads import Press
from bot.router import on_press
from bot.views.persons import Deskmates, people_who_help
from shared.contracts.base import Refusal, Unavailable
from shared.contracts.identity import ChatAccountNotLinked, GetAffiliations, OrganisationView
from shared.contracts.roles import GetCoverage, Role

MOST = 5


class PersonTurns:
    """Names the people who can help: the asker's main users, and customer support."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_press("person.show")
    async def show(self, press: Press) -> None:
        # Here and not above: the guidance is not read before the first question.
        from bot.guidance.support import CUSTOMER_SUPPORT

        language = await self._kit.language(press)
        try:
            affiliations = (await self._kit.ask(GetAffiliations(), press)).affiliations
        except (ChatAccountNotLinked, Unavailable):
            # Customer support can be named to everybody, and when nothing else answers.
            affiliations = ()
        organisations = [each.organisation for each in affiliations[:MOST]]
        found = await asyncio.gather(*(self._main_users(press, each) for each in organisations))
        helpers = [each for each in found if each.people]
        await self._kit.answer(press, people_who_help(helpers, CUSTOMER_SUPPORT, language))

    async def _main_users(self, press: Press, organisation: OrganisationView) -> Deskmates:
        """The main users that the asker may know of: those of the organisation tell its holders of roles."""
        try:
            coverage = await self._kit.ask(GetCoverage(organisation=organisation.id), press)
        except (Refusal, Unavailable):
            return Deskmates(organisation, ())
        ids = [
            person
            for holding in coverage.holdings
            if holding.role is Role.MAIN_USER
            for person in holding.holders
        ]
        named = await self._kit.people.named(ids)
        return Deskmates(organisation, [named[each] for each in ids if each in named])
