"""Accounts of the workspace come, change and go."""

from bot.accounts import Standing
from bot.cards import Cards
from bot.kit import Kit
from bot.leaving import Leaving
from bot.listeners.home import Homes
from bot.payloads import Told
from bot.router import on_event
from bot.sender import Said
from bot.views.accounts import welcome
from bot.words import say
from shared.contracts.roles import ListStandingGrants, Phase


class AccountTurns:
    """Welcomes those whom something waits for, and tells main users what those who leave still hold."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, leaving: Leaving) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._leaving = leaving

    @on_event("team_join")
    async def joined(self, told: Told) -> None:
        self._kit.accounts.forget(told.who)
        self._kit.people.forget(told.who)
        person = (await self._kit.people.identity(told.who)).person
        if person is None or await self._kit.accounts.refusal(told.who) is not None:
            return
        grants = (await self._kit.bus.call(ListStandingGrants(holder=person.id))).grants
        if not grants:
            return
        waiting = [grant for grant in grants if grant.phase is Phase.WAITING]
        said = welcome(len(waiting), len(grants) - len(waiting), await self._kit.language(told))
        await self._kit.sender.post(told.who, said, name=f"welcome:{told.who.team}:{told.who.user}")
        self._kit.people.forget_person(person.id)
        for grant in waiting:
            await self._cards.offer(grant)
        await self._homes.show(told.who)

    @on_event("user_change")
    async def changed(self, told: Told) -> None:
        # Not what the event says of the account, which may have come late, but what Slack says now.
        self._kit.accounts.forget(told.who)
        account = await self._kit.accounts.look(told.who)
        if account.standing is Standing.CLOSED:
            await self._leaving.leave(told.who, told.wish)
        elif (person := await self._leaving.come_back(told.who)) is not None:
            await self._kit.sender.post(
                told.who,
                Said(say("links.back", await self._kit.language(told))),
                name=f"back:{told.key}",
            )
            await self._leaving.show(person)
