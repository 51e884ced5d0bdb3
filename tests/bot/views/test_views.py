"""Every view is one that Slack takes, in three languages and with the longest words."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.guidance.articles import Article
from bot.guidance.index import Answer, Hit
from bot.sender import Said
from bot.views.access import ACTIONS, ladder, question_form
from bot.views.common import telling, waiting, working
from bot.views.grants import Scene, notice, offer_card
from bot.views.guidance import answer, article_of, unknown
from bot.views.help import menu
from bot.views.home import HomeContent, OrganisationContent, home, stranger_home, unavailable_home
from bot.views.identification import identified, invitation
from bot.views.languages import choice, chosen
from bot.views.offering import in_a_year, offer_form
from bot.views.reasons import reason_form
from bot.views.text import bare, plain
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks, validate_view
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationLink, OrganisationView, PersonView
from shared.contracts.roles import (
    Acceptance,
    AccessAnswer,
    Fixer,
    Gate,
    GrantStatus,
    GrantView,
    Holding,
    Phase,
    Role,
    Rung,
)
from tests.bot.makers import NOW, a_grant, a_person, an_organisation, role_text

LONG = "Pääkäyttäjänimikkeistöasiantuntija & <!channel> *" * 40
GRANTABLE = [role for role in Role if role is not Role.MAIN_USER]


def clinic() -> OrganisationView:
    return an_organisation(LONG)


def olle(language: Language = "sv") -> PersonView:
    return a_person(LONG, "U0OLLE", language)


def grants() -> Iterator[GrantView]:
    organisation, holder, by = clinic(), olle(), a_person(LONG, None)
    proof = Acceptance(
        accepted_at=NOW, text_version=1, text_hash="0" * 64, language="fi", identified_at=NOW, method="x"
    )
    statuses = {Phase.WAITING: "offered", Phase.LAPSED: "offered", Phase.IN_FORCE: "accepted"}
    for phase in Phase:
        status = GrantStatus(statuses.get(phase, "accepted" if phase is Phase.EXPIRED else phase.value))
        accepted = proof if status is GrantStatus.ACCEPTED else None
        reason = LONG[:1000] if status not in (GrantStatus.OFFERED, GrantStatus.ACCEPTED) else None
        more = {"phase": phase, "status": status, "acceptance": accepted, "reason": reason, "closed_at": NOW}
        yield a_grant(organisation, holder, by, **more)


def a_scene(language: Language) -> Scene:
    text = role_text(Role.IMPLEMENTER, language, LONG * 3)
    return Scene(language, text, clinic(), olle(), a_person(LONG, "U1"))


def content(language: Language, count: int = 1) -> HomeContent:
    organisation = clinic()
    mine = tuple(grant for _ in range(count) for grant in grants())
    holdings = tuple(
        Holding(role=role, holders=(olle().id,) * (index % 3), waiting=index % 2)
        for index, role in enumerate(Role)
    )
    return HomeContent(
        language=language,
        now=NOW,
        mine=mine,
        organisations=(OrganisationContent(organisation, holdings, mine),),
        texts={(role, language): role_text(role, language) for role in Role},
        people={},
        names={organisation.id: organisation},
        member_of=(organisation,) * 30,
    )


def problems(said: Said) -> list[Any]:
    assert said.text
    return validate_blocks(Surface.MESSAGE, [dict(block) for block in said.blocks])


def marked_up(messages: list[Said]) -> str:
    """Everything in *messages* that Slack reads markup in; plain_text is shown as it is."""
    blocks = [block for said in messages for block in said.blocks]
    texts = [block["text"]["text"] for block in blocks if block.get("text", {}).get("type") == "mrkdwn"]
    small = [
        element["text"] for block in blocks if block["type"] == "context" for element in block["elements"]
    ]
    return "\n".join([*(said.text for said in messages), *texts, *small])


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_and_notices_are_taken(language: Language) -> None:
    for grant in grants():
        card = offer_card(grant, a_scene(language))

        assert problems(card) == []
        assert problems(notice(grant, a_scene(language))) == []
        assert "<!channel>" not in str(card)
        assert ("grant.accept" in str(card)) == (grant.phase is Phase.WAITING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_messages_are_taken(language: Language) -> None:
    link = IdentificationLink(url="http://127.0.0.1/x", expires_at=NOW + timedelta(minutes=10))
    article = Article("rol-01", language, LONG, LONG, "2026", "any", False, (), LONG * 5)
    found = Answer(True, tuple(Hit(f"t{number}", LONG, 1.0, article) for number in range(3)))
    messages = [
        invitation(link, "grant.accept", language),
        invitation(link, "link", language),
        identified(language),
        choice(language),
        chosen(language),
        menu(language),
        menu(language, LONG),
        answer(found, language),
        article_of(article, language),
        unknown(language),
    ]

    assert [problems(each) for each in messages] == [[]] * len(messages)
    assert "<!channel>" not in marked_up(messages)


def modals(language: Language) -> Iterator[Mapping[str, Any]]:
    title = "x" * 24
    yield waiting(title, language)
    yield working(title, language)
    yield telling(title, Said(LONG), language)
    texts = [role_text(role, language) for role in GRANTABLE]
    yield offer_form([clinic()], texts, NOW.date(), language)
    yield offer_form([clinic() for _ in range(120)], texts, NOW.date(), language)
    yield question_form([clinic() for _ in range(120)], language)
    for verb in ("decline", "withdraw", "revoke", "relinquish"):
        yield reason_form(verb, next(grants()), texts[0], clinic(), olle(), language)
    for holds in (True, False):
        rungs = tuple(
            Rung(gate=gate, holds=holds, code="waiting", since=NOW, fixer=Fixer.MAIN_USER) for gate in Gate
        )
        answered = AccessAnswer.of(rungs, roles=tuple(GRANTABLE), revision=1)
        for view, verbs in ACTIONS.items():
            yield ladder(answered, f"{view}.{verbs[-1]}", clinic(), [LONG] * 6, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_modals_are_taken(language: Language) -> None:
    for view in modals(language):
        assert validate_view(view) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_homes_are_taken_however_much_there_is(language: Language) -> None:
    crowded = content(language, count=30)
    views = [home(crowded, page) for page in range(12)]

    assert [validate_view(view) for view in views] == [[]] * 12
    assert validate_view(home(content(language))) == []
    assert validate_view(stranger_home(language)) == []
    assert validate_view(unavailable_home(language)) == []


def test_a_rung_is_told_in_words_and_not_by_a_sign_alone() -> None:
    rungs = [Rung(gate=gate, holds=False, code="waiting", fixer=Fixer.PERSON) for gate in Gate]
    view = ladder(AccessAnswer.of(rungs, roles=(), revision=1), "billing.read", None, [], "en")

    assert "missing" in str(view)
    assert "What you can do" in str(view)


def test_words_from_people_cannot_mention_hide_or_turn_around() -> None:
    assert plain("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert bare("a\u200bb\u202ec\u2066d\ufeff") == "abcd"
    assert bare("ä" * 700, 10) == "ä" * 9 + "…"


def test_a_year_from_a_leap_day_is_the_day_before() -> None:
    leap = NOW.date().replace(year=2028, month=2, day=29)

    assert in_a_year(leap).isoformat() == "2029-02-28"


def test_a_press_says_which_text_was_read() -> None:
    from bot.views.grants import shown_text

    grant = next(grants())
    block = next(block for block in offer_card(grant, a_scene("fi")).blocks if block["type"] == "actions")

    assert UUID(block["elements"][0]["value"]) == grant.id
    assert shown_text(block["block_id"]) == ("fi", role_text(Role.IMPLEMENTER, "fi", LONG * 3).sha256)
    assert shown_text("something else") is None
