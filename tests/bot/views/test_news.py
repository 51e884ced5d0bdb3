"""What people are told of grants, and who will be told."""

from zoneinfo import ZoneInfo

import pytest

from bot.notifications.audience import Circle, Fact, Part, audience
from bot.views.grants import Scene
from bot.views.news import Item, digest, notice, who_will_hear
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks
from shared.contracts.base import Language
from shared.contracts.roles import Role
from tests.bot.makers import NOW, a_person, an_organisation, role_text
from tests.bot.views.subjects import (
    LONG,
    every_item,
    waiting_grant,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_news_with_the_longest_words_are_taken(language: Language) -> None:
    text, somebody = role_text(Role.IMPLEMENTER, language, LONG), a_person(LONG, "U1")
    scene = Scene(language, text, an_organisation(LONG), somebody, somebody)
    items = [
        Item(each.fact, each.part, each.grant.model_copy(update={"reason": LONG[:1000]}), scene)
        for each in every_item(language)
    ]
    messages = [*(notice(item) for item in items), digest(items, NOW.date(), language)]

    for said in messages:
        assert validate_blocks(Surface.MESSAGE, [dict(block) for block in said.blocks]) == []
        assert "<!channel>" not in said.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_preview_names_everybody_who_hears_and_when(language: Language) -> None:
    holder, granter, other = (a_person(name, f"U{name}") for name in ("HOLDER", "GRANTER", "OTHER"))
    people = {person.id: person for person in (holder, granter, other)}
    circle = Circle(holder.id, granter.id, (granter.id, other.id), actor=granter.id)

    told = who_will_hear(audience(Fact.OFFERED, circle), people, language)

    assert "HOLDER (<@UHOLDER>)" in told.splitlines()[0]
    assert "OTHER (<@UOTHER>)" in told.splitlines()[1]
    assert "GRANTER" not in told


def test_a_preview_says_whom_no_message_reaches() -> None:
    holder, granter = a_person("Holder", None), a_person("Granter", "U1")
    circle = Circle(holder.id, granter.id, (granter.id,), actor=granter.id)
    told = who_will_hear(audience(Fact.OFFERED, circle), {holder.id: holder}, "en")

    assert told == "No known Slack account: Holder. The message does not reach them."
    assert who_will_hear((), {}, "en") == "Nobody gets a message about this."


def test_a_sentence_tells_the_time_on_the_readers_clock() -> None:
    grant, text = waiting_grant(), role_text(Role.READER, "en")
    here, there = (
        notice(Item(Fact.LAPSING, Part.GRANTER, grant, Scene("en", text, None, None, None, ZoneInfo(zone))))
        for zone in ("Europe/Helsinki", "Asia/Tokyo")
    )

    assert "GMT" not in here.text
    assert "(GMT+09:00)" in there.text
