"""Every copy of what was said about a grant, kept true."""

import structlog

from bot.acting import Acting
from bot.kit import Kit
from bot.notifications.audience import Fact, Part
from bot.sender import Said, Sent, SlackSaysNo
from bot.storage import Card
from bot.views.elsewhere import waits_elsewhere
from bot.views.grants import Scene, offer_card
from bot.views.news import Item, notice, sentence
from bot.words.dates import today
from shared.contracts.base import Language, PersonId
from shared.contracts.identity import ChatAccount, PersonView
from shared.contracts.roles import DescribeGrant, GrantId, GrantView, Phase

log = structlog.get_logger()

OFFER = "offer"
# The card comes again when it was not answered, and once more before the offer lapses.
AGAIN = {Fact.UNANSWERED: "offer_again", Fact.LAPSING: "offer_last"}
COPIES = (OFFER, *AGAIN.values())


class Cards:
    """Sends offers and notices, remembers where they are, and says them anew when the facts change."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._acting = Acting(kit)

    async def offer(self, grant: GrantView) -> None:
        """Show an offer to the one it is made to, once; if it was shown, bring it up to date."""
        async with self._kit.alone_with(grant.id):
            if not await self._kit.memory.cards(grant.id, OFFER):
                if (holder := await self._reachable(grant.holder)) is None:
                    return
                await self._send(grant, OFFER, holder, await self._card(grant, holder))
            await self._settle(grant)

    async def recall(self, grant: GrantView, fact: Fact) -> None:
        """Show an offer again to the one it is made to, once for each *fact*."""
        kind = AGAIN[fact]
        async with self._kit.alone_with(grant.id):
            if await self._kit.memory.cards(grant.id, kind):
                return
            if (holder := await self._reachable(grant.holder)) is not None:
                scene = await self.scene(grant, holder)
                lead = sentence(Item(fact, Part.HOLDER, grant, scene))
                await self._send(grant, kind, holder, offer_card(grant, scene, lead=lead))

    async def hint(self, grant: GrantView, fact: Fact, holder: PersonView) -> None:
        """Tell *holder*, once a day, that something waits which cannot be shown where they are reached."""
        if holder.chat is None:
            return
        day = today(self._kit.now())
        try:
            name = f"elsewhere:{holder.id}:{holder.chat.team}:{fact}:{day}"
            await self._kit.sender.post(holder.chat, waits_elsewhere(fact, holder.language), name=name)
        except SlackSaysNo as no:
            log.warning("card.not_delivered", kind="elsewhere", grant=str(grant.id), error=no.word)

    async def notice(self, item: Item, to: PersonView) -> None:
        """Tell *to*, once, what happened to a grant."""
        kind = f"notice:{item.fact}"
        if not await self._kit.memory.cards(item.grant.id, kind, str(to.id)):
            await self._send(item.grant, kind, to, notice(item))

    async def settle(self, grant: GrantView, *, anew: bool = False) -> None:
        """Bring every copy of the offer up to date; *anew* even those of this very version."""
        async with self._kit.alone_with(grant.id):
            await self._settle(grant, anew=anew)

    async def _settle(self, grant: GrantView, *, anew: bool = False) -> None:
        for card in await self._kit.memory.cards(grant.id):
            if card.kind not in COPIES:
                continue
            if card.version > grant.version or (card.version == grant.version and not anew):
                continue
            holder = await self._kit.people.person(grant.holder)
            if holder is None:
                continue
            said = await self._card(grant, holder)
            where = Sent(card.channel, card.ts, team=holder.chat.team if holder.chat else "")
            try:
                await self._kit.sender.change(where, said)
            except SlackSaysNo as no:
                log.info("card.not_changed", error=no.word)
                if grant.phase is not Phase.WAITING and card.kind == OFFER:
                    await self._instead(grant, holder, said, card)
                continue
            version = grant.version
            await self._kit.memory.keep(
                Card(grant.id, card.kind, card.person, card.channel, card.ts, version)
            )

    async def refresh(self, grant: GrantId) -> GrantView:
        """Look up *grant* and show it as it is now."""
        found = await self._kit.bus.call(DescribeGrant(grant=grant))
        await self.settle(found, anew=True)
        return found

    async def drawn(self, grant: GrantView) -> Said | None:
        """The card of *grant* as its holder sees it now, if we know them."""
        holder = await self._kit.people.person(grant.holder)
        return None if holder is None else await self._card(grant, holder)

    async def scene(self, grant: GrantView, reader: PersonView) -> Scene:
        """The names around *grant*, in the reader's language and on their clock."""
        return await self.scene_in(grant, reader.language, reader.chat)

    async def scene_in(self, grant: GrantView, language: Language, chat: ChatAccount | None) -> Scene:
        """The same in the *language* that is spoken with *chat* just now."""
        people = await self._kit.people.named((grant.holder, grant.granted_by))
        return Scene(
            language=language,
            text=await self._kit.people.role_text(grant.role, language),
            organisation=await self._kit.people.organisation(grant.organisation),
            granter=people.get(grant.granted_by),
            holder=people.get(grant.holder),
            zone=await self._kit.accounts.zone(chat),
            acts=await self._acting.of_reader(chat),
            ground=grant.ground,
        )

    async def _card(self, grant: GrantView, holder: PersonView) -> Said:
        closed = bool(await self._kit.diary.who_left([holder.id]))
        return offer_card(grant, await self.scene(grant, holder), closed=closed)

    async def _instead(self, grant: GrantView, holder: PersonView, said: Said, gone: Card) -> None:
        """The message cannot be changed any more: say it in a new one."""
        if holder.chat is not None:
            await self._send(grant, OFFER, holder, said, instead_of=gone.ts)

    async def _send(
        self, grant: GrantView, kind: str, to: PersonView, said: Said, instead_of: str = ""
    ) -> None:
        if to.chat is None:
            return
        if not await self._kit.bus.covers(to.chat.team, grant.organisation):
            # Written to in the workspace of another organisation, it would be read there.
            log.warning("card.out_of_bounds", grant=str(grant.id), team=to.chat.team)
            return
        try:
            name = f"{grant.id}:{kind}:{to.id}:{instead_of}"
            sent = await self._kit.sender.post(to.chat, said, name=name)
        except SlackSaysNo as no:
            # Left, or locked out: the offer stands on their Home, and with the main user.
            log.warning("card.not_delivered", kind=kind, grant=str(grant.id), error=no.word)
            return
        # What stood there before may show an earlier state: it is of no version, and brought up to date.
        version = 0 if sent.before else grant.version
        card = Card(grant.id, kind, str(to.id), sent.channel, sent.ts, version)
        await self._kit.memory.keep(card)

    async def _reachable(self, person: PersonId) -> PersonView | None:
        found = await self._kit.people.person(person)
        if found is None or found.chat is None:
            log.info("person.has_no_chat_account")
            return None
        return found
