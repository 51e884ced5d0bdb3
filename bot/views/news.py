"""What people are told of grants: one message, or the digest of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.notifications.audience import Fact, Hearer, Part, Urgency
from bot.sender import Said
from bot.views.acting import ASK_AGAIN, about
from bot.views.grants import Scene, answer_by, named
from bot.views.looked_after import ending
from bot.views.spoken import message
from bot.views.text import Block, Blocks, actions, button, context, header, plain, section
from bot.words import say
from bot.words.dates import day, listed, moment
from shared.contracts.base import Language, PersonId
from shared.contracts.identity import PersonView
from shared.contracts.roles import GrantStatus, GrantView, Ground, Phase

# A message holds fifty blocks, and its text, which also names what can be pressed, four thousand characters;
# head, foot and organisations need some of both.
MOST, LONGEST = 30, 2800
# Offering again is the way on from these; and asking Suomi.fi again, where its word is what ran out.
RENEWABLE = {Fact.LAPSED, Fact.ENDING, Fact.ENDING_SOON, Fact.EXPIRED}
VOUCHED = {Ground.SIGNATORY, Ground.MANDATE}


@dataclass(frozen=True, slots=True)
class Item:
    """A fact as one reader is told it; *grant* is as it stands now."""

    fact: Fact
    part: Part
    grant: GrantView
    scene: Scene

    @property
    def word(self) -> str:
        if self.fact is Fact.HOLDER_LEFT and self.grant.phase is Phase.WAITING:
            return "left_waiting_main_user"
        word = f"{self.fact}_{'holder' if self.part is Part.HOLDER else 'main_user'}"
        # What rests on Suomi.fi's word goes on when that is given again, and nobody here can offer it.
        return f"{word}_vouched" if self.grant.ground in VOUCHED and self.fact in RENEWABLE else word


def sentence(item: Item) -> str:
    """What happened, and what can be done, without the organisation's name."""
    grant, scene = item.grant, item.scene
    language = scene.language
    text = say(
        f"news.{item.word}",
        language,
        role=plain(scene.text.title, 140),
        holder=scene.to,
        granter=scene.by,
        moment=moment(decided_at(grant), language, scene.zone),
        ends=moment(answer_by(grant), language, scene.zone),
        until=day(grant.valid_until, language),
    )
    if grant.reason and item.fact.value == grant.status.value:
        text += "\n" + say("grants.reason", language, reason=plain(grant.reason, 600))
    return text


def notice(item: Item) -> Said:
    """One fact in a message of its own."""
    text = section(f"*{item.scene.of}*\n{sentence(item)}")
    buttons = _buttons(item)
    mine = about(item.scene.acts, item.scene.organisation, item.scene.language)
    return message(item.scene.language, *mine, text, *([actions(*buttons)] if buttons else []))


def digest(items: Sequence[Item], today: date, language: Language) -> Said:
    """Everything that gathered, by organisation; what does not fit is counted."""
    shown = _fitting(items)
    left = len(items) - len(shown)
    blocks: Blocks = [
        header(say("news.digest_header", language, day=day(today, language))),
        section(say("news.digest_text", language, count=len(items))),
    ]
    for organisation, of_it in _by_organisation(shown):
        blocks.append(section(f"*{organisation}*"))
        for item in of_it:
            blocks.append(section(f"• {sentence(item)}", accessory=next(iter(_buttons(item)), None)))
    if left > 0:
        blocks.append(section(say("news.digest_more", language, count=left)))
    return message(language, *blocks, context(say("news.digest_foot", language)))


def _fitting(items: Sequence[Item]) -> list[Item]:
    """As many as a message holds, and one at least."""
    shown: list[Item] = []
    length = 0
    for item in items[:MOST]:
        length += len(sentence(item)) + len(item.scene.of)
        if shown and length > LONGEST:
            break
        shown.append(item)
    return shown


def decided_at(grant: GrantView) -> datetime:
    """When the latest decision on *grant* was made."""
    if grant.status is GrantStatus.ACCEPTED and grant.acceptance:
        return grant.acceptance.accepted_at
    return grant.closed_at or grant.offered_at


def _by_organisation(items: Sequence[Item]) -> Iterable[tuple[str, list[Item]]]:
    found: dict[str, tuple[str, list[Item]]] = {}
    for item in items:
        found.setdefault(str(item.grant.organisation), (item.scene.of, []))[1].append(item)
    return sorted(found.values(), key=lambda each: each[0].casefold())


def _buttons(item: Item) -> list[Block]:
    language, grant, scene = item.scene.language, item.grant, item.scene
    if item.part is Part.HOLDER:
        vouched = item.fact in RENEWABLE and grant.ground in VOUCHED
        return [button(say("acting.ask_button", language), ASK_AGAIN)] if vouched else []
    whose = f"{scene.text.title}, {scene.holder.name if scene.holder else '-'}"
    if item.fact in RENEWABLE and grant.ground is Ground.GRANTED:
        text = say("news.renew_button", language)
        return [button(text, "grant.renew", str(grant.id), label=f"{text}: {whose}")]
    if item.fact is Fact.HOLDER_LEFT:
        verb = "withdraw" if grant.phase is Phase.WAITING else "revoke"
        return [ending(verb, grant, whose, language)]
    return []


def who_will_hear(
    hearers: Sequence[Hearer], people: Mapping[PersonId, PersonView], language: Language
) -> str:
    """Who will be told of what is about to be done: at once, in a digest, or only on Home."""
    lines, reached = [], [each for each in hearers if _has_chat(people.get(each.person))]
    for word, urgency in (("now", Urgency.NOW), ("digest", Urgency.DIGEST)):
        names = [named(people.get(each.person)) for each in reached if each.urgency is urgency]
        if names:
            lines.append(say(f"news.told_{word}", language, people=listed(names, language)))
    deaf = [
        named(people.get(each.person))
        for each in hearers
        if each not in reached and each.urgency is not Urgency.HOME
    ]
    if deaf:
        lines.append(say("news.told_no_chat", language, people=listed(deaf, language)))
    if any(each.urgency is Urgency.HOME for each in hearers):
        lines.append(say("news.told_home", language))
    return "\n".join(lines) or say("news.told_nobody", language)


def _has_chat(person: PersonView | None) -> bool:
    return person is not None and person.chat is not None
