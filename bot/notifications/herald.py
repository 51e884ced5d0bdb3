"""Tells people what they are to be told, when it is time: from rows, by the plan, as things stand now."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

import structlog

from bot.cards import AGAIN, Cards
from bot.diary import Telling
from bot.kit import Kit
from bot.notifications.audience import TABLE, Fact, Hearer, Hears, Kind, Part, Urgency
from bot.notifications.calm import Calm, Note, Sending, plan
from bot.notifications.circles import Circles, around, holders
from bot.notifications.standing import stands
from bot.sender import SlackSaysNo
from bot.views.grants import answer_by
from bot.views.news import Item, digest
from shared.contracts.base import PersonId, Refusal
from shared.contracts.identity import PersonView
from shared.contracts.roles import DescribeGrant, GrantId, GrantView, ListStandingGrants

log = structlog.get_logger()

# What ends a role may leave it with one holder, or with none.
ENDS_A_ROLE = {Fact.REVOKED, Fact.RELINQUISHED, Fact.EXPIRED}


class Herald:
    """Notes who is to be told what, and tells them."""

    def __init__(self, kit: Kit, cards: Cards, calm: Calm) -> None:
        self._kit = kit
        self._cards = cards
        self._calm = calm
        self._circles = Circles(kit)
        self._telling: dict[PersonId, asyncio.Lock] = {}

    async def announce(
        self, fact: Fact, grant: GrantView, *, actor: PersonId | None = None, mark: str = ""
    ) -> tuple[PersonId, ...]:
        """
        Note everybody who hears of *fact*, and tell those for whom it is time; return the main users.

        Announcing again what was announced under the same *mark* tells nobody twice.
        """
        now = self._kit.now()
        coverage = await self._circles.coverage(grant.organisation)
        circles = {fact: around(grant, coverage, actor)}
        left = len(holders(coverage, grant.role))
        if fact in ENDS_A_ROLE and left < 2:
            # Who ended the role may not have known that it was one of the last.
            circles[Fact.HANGS_ON_ONE if left else Fact.HELD_BY_NOBODY] = around(grant, coverage)
        noted = [
            _telling(each, hearer, grant, now, mark or str(grant.version))
            for each, circle in circles.items()
            for hearer in await self._circles.hearers(each, circle)
            if hearer.urgency is not Urgency.HOME
        ]
        await self._kit.diary.note(noted)
        for person in dict.fromkeys(telling.person for telling in noted):
            await self.tell(person)
        return circles[fact].main_users

    async def come_into_sight(self, grant: GrantView, mark: str) -> None:
        """Show the offer *grant* to its holder, who could not see it before."""
        ends = answer_by(grant)
        now = self._kit.now()
        seen = Telling(
            GrantId(grant.id), Fact.OFFERED, mark, grant.holder, Part.HOLDER, grant.organisation, now, ends
        )
        await self._kit.diary.note([seen])
        await self.tell(grant.holder)

    async def tell(self, person: PersonId) -> None:
        """
        Tell *person* what is due, and remember when to look again.

        Raises:
            Unavailable, SlackAway: not now; what is noted stays noted.
        """
        async with self._telling.setdefault(person, asyncio.Lock()):
            await self._tell(person)

    async def _tell(self, person: PersonId) -> None:
        now, diary = self._kit.now(), self._kit.diary
        untold = await diary.untold(person)
        if not untold:
            return
        reader = await self._kit.people.person(person)
        if reader is None or reader.chat is None:
            # What waits for them is on their Home, and they are welcomed with it when they come.
            log.info("person.has_no_chat_account")
            await diary.told(untold, now)
            return
        calm = await self.calm_of(reader)
        wanted, unwanted = _wanted(untold, calm)
        await diary.told(unwanted, now)
        last = await diary.last_digest(person)
        for sending in plan([note for note, _ in wanted], calm, now, last):
            its = [telling for note, telling in wanted if note in sending.notes]
            if sending.at > now:
                await diary.put_off(its, sending.at)
            else:
                await self._send(sending, its, reader, calm, now)

    async def calm_of(self, reader: PersonView) -> Calm:
        """How *reader* wants to be told, on their own clock."""
        here = replace(self._calm, zone=await self._kit.accounts.zone(reader.chat))
        return await self._kit.diary.calm_of(reader.id, here)

    async def gathered(self, reader: PersonView) -> list[Item]:
        """What the next digest of *reader* would say if it came now."""
        calm = await self.calm_of(reader)
        wanted, _ = _wanted(await self._kit.diary.untold(reader.id), calm)
        return await self._items([telling for note, telling in wanted if not note.alone], reader)

    async def _send(
        self, sending: Sending, its: Sequence[Telling], reader: PersonView, calm: Calm, now: datetime
    ) -> None:
        items = await self._items(its, reader)
        if not sending.digest:
            for item in items:
                await self._say(item, reader)
            await self._hint(its, reader)
            await self._kit.diary.told(its, now)
            return
        today: date = now.astimezone(calm.zone).date()
        if items and reader.chat is not None:
            # Begun again after a crash, the same digest is the same message.
            name = f"digest:{reader.id}:{today}:{hash_of(its)}"
            try:
                said = digest(items, today, reader.language)
                await self._kit.sender.post(reader.chat, said, name=name)
            except SlackSaysNo as no:
                log.warning("digest.not_delivered", error=no.word)
        await self._kit.diary.told(its, now, digest=(reader.id, today) if items else None)

    async def _say(self, item: Item, reader: PersonView) -> None:
        if item.part is Part.HOLDER and item.fact is Fact.OFFERED:
            await self._cards.offer(item.grant)
        elif item.part is Part.HOLDER and item.fact in AGAIN:
            await self._cards.recall(item.grant, item.fact)
        else:
            await self._cards.notice(item, reader)

    async def _hint(self, its: Sequence[Telling], reader: PersonView) -> None:
        """Say of offers which cannot be shown where *reader* is reached that something waits."""
        for telling in its:
            hears = hears_of(telling)
            if hears is None or hears.kind is not Kind.OFFERS:
                continue
            grant = await self._still_news(telling)
            if grant is not None and await self._kit.bus.out_of_sight(reader, grant.organisation):
                await self._cards.hint(grant, telling.fact, reader)

    async def _items(self, its: Sequence[Telling], reader: PersonView) -> list[Item]:
        """What of *its* is still news, each grant as it stands now."""
        found = []
        for telling in its:
            grant = await self._still_news(telling)
            if grant is not None and not await self._kit.bus.out_of_sight(reader, grant.organisation):
                scene = await self._cards.scene(grant, reader)
                found.append(Item(telling.fact, telling.part, grant, scene))
        return found

    async def _still_news(self, telling: Telling) -> GrantView | None:
        try:
            grant = await self._kit.bus.call(DescribeGrant(grant=telling.subject))
        except Refusal as refusal:
            log.info("telling.overtaken", code=refusal.code)
            return None
        coverage = await self._circles.coverage(grant.organisation)
        of_holder = (await self._kit.bus.call(ListStandingGrants(holder=grant.holder))).grants
        return grant if stands(telling.fact, grant, coverage, of_holder) else None


def _telling(fact: Fact, hearer: Hearer, grant: GrantView, now: datetime, mark: str) -> Telling:
    ends = answer_by(grant) if hearer.kind is Kind.OFFERS else None
    return Telling(GrantId(grant.id), fact, mark, hearer.person, hearer.part, grant.organisation, now, ends)


def _wanted(untold: Sequence[Telling], calm: Calm) -> tuple[list[tuple[Note, Telling]], list[Telling]]:
    """What a person wants to be told, and how; and what they chose meanwhile not to be."""
    wanted, unwanted = [], []
    for telling in untold:
        hears = hears_of(telling)
        urgency = Urgency.HOME if hears is None else calm.urgencies.get(hears.kind, hears.urgency)
        if hears is not None and hears.kind is Kind.OFFERS:
            urgency = Urgency.NOW
        if hears is None or urgency is Urgency.HOME:
            unwanted.append(telling)
            continue
        alone = hears.kind is Kind.OFFERS
        wanted.append((Note(telling.id, telling.noted_at, urgency, alone, telling.deadline), telling))
    return wanted, unwanted


def hash_of(its: Sequence[Telling]) -> str:
    return sha256("\n".join(sorted(telling.id for telling in its)).encode()).hexdigest()


def hears_of(telling: Telling) -> Hears | None:
    """What the table says of the part that is to be told."""
    holder, granter, colleague = TABLE[telling.fact]
    return {Part.HOLDER: holder, Part.GRANTER: granter, Part.COLLEAGUE: colleague}[telling.part]
