"""Whatever people and registers call themselves, it becomes no mention, no link and no disguise."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache, partial
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.sender import Said
from bot.views.text import LONGEST, bare, cut, plain, size
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks, validate_view
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import GrantView
from tests.bot.makers import a_grant, a_person, an_organisation
from tests.bot.views import gallery, subjects

NASTY = [
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "<!date^1^{date}|x>",
    "<@U0EVIL>",
    "<#C0EVIL>",
    "<http://evil.example|https://www.kanta.fi>",
    "<mailto:evil@evil.example|support>",
    "&lt;!channel&gt;",
    "<",
    ">",
    "|",
    "&",
    "&amp",
    "*_~`",
    "\n> ",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200f",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u3164",
    "\u2800",
    "\U000e0041",
    "\ufe0f",
    "\x00\x1b",
    "\ud800",
    "e\u0301\u0302\u0303\u0304\u0305\u0306",
    "\U0001d50e\U0001d51e\U0001d52b",
    "👩🏽‍⚕️",
    "Maija ",
    "Meikäläinen",
    "x" * 90,
    "\U0001d518" * 80,
]
WORDS = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), min_size=1, max_size=40).map("".join)
MARKUP = re.compile(r"<[^<>]*>?")


@given(WORDS, st.integers(1, 700))
@settings(deadline=None)
def test_words_are_shown_whole_or_cut_between_what_a_person_sees(words: str, limit: int) -> None:
    shown = bare(words, limit)

    assert size(shown) <= limit
    assert not hidden(shown)
    assert bare(shown, limit) == shown
    assert not MARKUP.search(plain(words, limit))
    if size(bare(words, 100_000)) > limit:
        assert shown.endswith("…")
        # No mark is torn from its letter: what follows the cut would not have been one.
        rest = bare(words, 100_000)[len(shown) - 1 :]
        assert not unicodedata.category(rest[0]).startswith("M")


@given(WORDS, st.integers(1, 300))
@settings(deadline=None)
def test_markup_is_never_cut_in_two(words: str, limit: int) -> None:
    whole = f"*{plain(words)}* (<@U0MAIJA>) &amp; <https://www.kanta.fi|Kanta>"
    shown = cut(whole, limit)

    assert size(shown) <= limit
    assert set(MARKUP.findall(shown)) <= {"<@U0MAIJA>", "<https://www.kanta.fi|Kanta>"}
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)


def hidden(text: str) -> list[str]:
    """Characters of *text* that nobody sees, or that turn others around."""
    return [
        character
        for character in text
        if character not in "\n\t"
        and (
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
            or character in "\u034f\u115f\u1160\u3164\uffa0\u2800\ufe0f\u180e"
        )
    ]


def strings(value: object) -> Iterator[str]:
    """Every string in a payload that somebody reads."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            if name not in ("url", "action_id", "block_id", "value", "private_metadata", "type"):
                yield from strings(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from strings(inside)
    elif isinstance(value, str):
        yield value


def marked_up(value: object) -> Iterator[str]:
    """Every string in a payload in which Slack reads markup."""
    if isinstance(value, Mapping):
        if value.get("type") in ("mrkdwn", "markdown"):
            yield str(value["text"])
        else:
            for inside in value.values():
                yield from marked_up(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from marked_up(inside)


def drawn(words: str, language: Language) -> Iterator[tuple[str, Said | Mapping[str, Any]]]:
    """Everything that the bot shows, of people and organisations that call themselves *words*."""
    clinic, other = an_organisation(words), an_organisation(words)
    olle, maija = a_person(words, "U0OLLE", "sv"), a_person(words, "U0MAIJA", "fi")
    names: dict[str, Any] = {"CLINIC": clinic, "OTHER": other, "OLLE": olle, "MAIJA": maija}
    contact = partial(subjects.a_contact, name=words)

    def grant(organisation: OrganisationView, *_: PersonView, **more: Any) -> GrantView:
        more["reason"] = words[:1000] or None if more.get("reason") else None
        return a_grant(organisation, olle, maija, **more)

    with ExitStack() as stack:
        stack.enter_context(patch.multiple(subjects, **names, SHORT=words, LONG=words))
        stack.enter_context(patch.object(subjects, "a_grant", grant))
        stack.enter_context(patch.object(subjects, "a_contact", contact))
        # What stands in the gallery as a sentence has been made safe before it comes to a view.
        stack.enter_context(patch.multiple(gallery, **names, SHORT=plain(words), LONG=words))
        stack.enter_context(patch.object(gallery, "a_contact", contact))
        yield from gallery.every_message(language)
        yield from gallery.every_view(language)


def seen(words: str, language: Language) -> tuple[set[str], list[str], list[object]]:
    """The markup, the hidden characters and the blocks that Slack refuses, in everything shown."""
    markup: set[str] = set()
    unseen: list[str] = []
    refused: list[object] = []
    for name, shown in drawn(words, language):
        if isinstance(shown, Said):
            blocks = [dict(block) for block in shown.blocks]
            texts = [shown.text, *marked_up(blocks)]
            refused += [(name, error.as_json()) for error in validate_blocks(Surface.MESSAGE, blocks)]
            unseen += hidden("".join([shown.text, *strings(blocks)]))
        else:
            texts = [*marked_up(shown)]
            refused += [(name, error.as_json()) for error in validate_view(shown)]
            unseen += hidden("".join(strings(shown)))
        markup |= {each for text in texts for each in MARKUP.findall(text)}
    return markup, unseen, refused


@cache
def ours(language: Language) -> set[str]:
    """The markup that stands in what is shown of somebody who means no harm."""
    return seen("Maija", language)[0]


@given(WORDS.filter(lambda words: bool(bare(words).strip())), st.sampled_from(LANGUAGES))
@example("".join(NASTY), "fi")
@settings(
    deadline=None,
    max_examples=5,  # each draws everything there is
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
def test_all_markup_that_is_shown_is_our_own(words: str, language: Language) -> None:
    markup, unseen, refused = seen(words, language)

    assert markup <= ours(language)
    assert unseen == []
    assert refused == []


def test_a_reason_has_room_for_a_few_sentences() -> None:
    assert size(plain("&" * 2000)) == (LONGEST - 1) * 5 + 1
