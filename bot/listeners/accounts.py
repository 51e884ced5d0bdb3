"""Accounts of the workspace come, change and go."""

from bot.accounts import Standing
from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.notifications.audience import Fact
from bot.notifications.herald import Herald
from bot.payloads import Told
from bot.router import on_event
from bot.sender import Said
from bot.views.accounts import welcome
from bot.words import say
from shared.contracts.identity import PersonView, SuspendChatAccount
from shared.contracts.roles import ListStandingGrants, Phase


class AccountTurns:
    """Welcomes those whom something waits for, and tells main users what those who leave still hold."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, herald: Herald) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._herald = herald

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
            # Whatever comes of it here: from now on nobody acts through it.
            await self._kit.bus.call(SuspendChatAccount(request_id=told.wish, chat=told.who))
            self._kit.people.forget(told.who)
        person = (await self._kit.people.identity(told.who)).person
        if person is None or person.chat != told.who:
            return
        left = person.id in await self._kit.diary.who_left([person.id])
        if account.standing is Standing.CLOSED and not left:
            await self._kit.diary.leave(person.id, self._kit.now())
            await self._stands(person, gone=True)
        elif account.standing is not Standing.CLOSED and left:
            await self._kit.diary.come_back(person.id)
            await self._kit.sender.post(
                told.who,
                Said(say("links.back", await self._kit.language(told))),
                name=f"back:{told.key}",
            )
            await self._stands(person, gone=False)

    async def _stands(self, person: PersonView, *, gone: bool) -> None:
        """Show wherever *person*'s offers and roles are shown that they have *gone*, or are back."""
        grants = (await self._kit.bus.call(ListStandingGrants(holder=person.id))).grants
        today = self._kit.now().date().isoformat()
        concerned = {grant.granted_by for grant in grants}
        for grant in grants:
            await self._cards.settle(grant, anew=True)
            if gone:
                concerned |= {*await self._herald.announce(Fact.HOLDER_LEFT, grant, mark=today)}
        await self._homes.show_to(*concerned)
