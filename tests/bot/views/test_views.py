"""Views with the longest words that there can be, and what single views promise."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from bot.guidance.support import CUSTOMER_SUPPORT
from bot.sender import Said
from bot.views.access import Question, ladder, question_form
from bot.views.acting import ONE, Place, organisations_list
from bot.views.grants import Scene, offer_card, shown_text
from bot.views.guidance import answer_modal, article_of
from bot.views.help import did_you_mean
from bot.views.home import home
from bot.views.offering import Draft, in_a_year, offer_form, preview
from bot.views.overtaken import overtaken
from bot.views.persons import Deskmates, people_who_help
from bot.views.reasons import reason_form
from bot.views.text import bare, plain
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks, validate_view
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import AccessAnswer, Fixer, Gate, GrantStatus, GrantView, Phase, Role, Rung
from tests.bot.makers import NOW, a_grant, a_person, an_organisation, role_text
from tests.bot.views.subjects import (
    CLINIC,
    LONG,
    MAIJA,
    OLLE,
    a_scene,
    an_access,
    an_answer,
    an_article,
    content,
    every_grant,
    named_grant,
    waiting_grant,
)


def long_clinic() -> OrganisationView:
    return an_organisation(LONG)


def long_person(user: str | None = "U0OLLE") -> PersonView:
    return a_person(LONG, user, "sv")


def taken(said: Said) -> bool:
    return bool(said.text) and validate_blocks(Surface.MESSAGE, [dict(block) for block in said.blocks]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_with_the_longest_words_are_taken(language: Language) -> None:
    text = role_text(Role.IMPLEMENTER, language, LONG * 3)
    scene = Scene(language, text, long_clinic(), long_person("U1"), long_person())
    for grant in every_grant(long_clinic(), long_person(), long_person(None)):
        card = offer_card(grant.model_copy(update={"reason": LONG[:1000]}), scene)

        assert taken(card)
        assert "<!channel>" not in str(card)
        assert ("grant.accept" in str(card)) == (grant.phase is Phase.WAITING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_with_the_longest_words_are_taken(language: Language) -> None:
    helpers = [Deskmates(long_clinic(), [long_person()] * 40)] * 40

    assert taken(article_of(an_article(language, LONG * 5), language))
    assert taken(did_you_mean(LONG, [], LONG, language))
    assert taken(people_who_help(helpers, CUSTOMER_SUPPORT, language))
    assert validate_view(answer_modal(an_answer(language), language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_with_the_longest_words_are_taken(language: Language) -> None:
    role = role_text(Role.READER, language)
    draft = Draft([long_clinic()] * 120, long_clinic(), long_person(), role, LONG)
    question = Question(long_clinic(), several=True, about_others=True, person=long_person(), notice=LONG)
    views = [
        offer_form(draft, NOW.date(), language),
        question_form(question, language),
        ladder(an_access(holds=False), "billing.edit", long_clinic(), [LONG] * 6, language, long_person()),
        *(
            reason_form(verb, waiting_grant(), role, long_clinic(), long_person(), language)
            for verb in ("decline", "withdraw", "revoke", "relinquish")
        ),
    ]

    assert [validate_view(view) for view in views] == [[]] * len(views)


@pytest.mark.parametrize("language", LANGUAGES)
def test_homes_are_taken_however_much_there_is(language: Language) -> None:
    crowded = content(language, mine=30, organisations=12)

    assert [validate_view(home(crowded, page)) for page in range(20)] == [[]] * 20


def test_what_is_the_readers_own_has_one_button_that_ends_it() -> None:
    own, other = named_grant(), a_grant(CLINIC, MAIJA, OLLE, phase=Phase.IN_FORCE)
    bare_home = content("en", mine=0)
    shown = home(
        replace(
            bare_home,
            mine=(own,),
            organisations=(replace(bare_home.organisations[0], grants=(own, other)),),
        )
    )
    ends = [
        block["accessory"]["action_id"]
        for block in shown["blocks"]
        if block.get("accessory", {}).get("value") == str(own.id)
    ]

    assert ends == ["grant.relinquish"]
    assert f"'value': '{other.id}'" in str(shown)


def test_a_rung_is_told_in_words_and_not_by_a_sign_alone() -> None:
    rungs = [Rung(gate=gate, holds=False, code="waiting", fixer=Fixer.PERSON) for gate in Gate]
    view = ladder(AccessAnswer.of(rungs, roles=(), revision=1), "billing.read", None, [], "en")

    assert "missing" in str(view)
    assert "What you can do" in str(view)


def test_somebody_elses_ladder_does_not_speak_to_the_reader() -> None:
    rungs = [Rung(gate=gate, holds=False, code="never_identified", fixer=Fixer.PERSON) for gate in Gate]
    view = ladder(AccessAnswer.of(rungs, roles=(), revision=1), "billing.read", CLINIC, [], "en", OLLE)

    assert "Olle &lt;Arkivarie&gt; (<@U0OLLE>)" in str(view)
    assert not re.search(r"\byou\b", str(view["blocks"][1:]).casefold())


def test_the_form_says_for_whom_one_acts_and_who_will_be_told() -> None:
    said = preview(Draft([CLINIC], holder=OLLE), "en")

    assert "main user of *Terveystalo &lt;Testi&gt; &amp; kumppanit Oy*" in said
    assert "Olle &lt;Arkivarie&gt; (<@U0OLLE>)" in said
    assert "in a direct message, in Swedish" in said
    assert "cannot tell them" in preview(Draft([CLINIC], holder=a_person("Nina", None)), "en")
    assert "<@" not in preview(Draft([CLINIC], holder=MAIJA.model_copy(update={"linked_at": None})), "en")


def test_words_from_people_cannot_mention_hide_or_turn_around() -> None:
    assert plain("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert bare("a\u200bb\u202ec\u2066d\ufeff") == "abcd"
    assert bare("ä" * 700, 10) == "ä" * 9 + "…"


def test_a_year_from_a_leap_day_is_the_day_before() -> None:
    leap = NOW.date().replace(year=2028, month=2, day=29)

    assert in_a_year(leap).isoformat() == "2029-02-28"


def test_a_press_says_which_text_was_read() -> None:
    grant = waiting_grant()
    block = next(block for block in offer_card(grant, a_scene("fi")).blocks if block["type"] == "actions")

    assert UUID(block["elements"][0]["value"]) == grant.id
    assert shown_text(block["block_id"]) == ("fi", role_text(Role.IMPLEMENTER, "fi").sha256)
    assert shown_text("something else") is None


@pytest.mark.parametrize(
    ("language", "once"),
    [("fi", "Olet pääkäyttäjä ("), ("sv", "Du är huvudanvändare ("), ("en", "You are a main user (")],
)
def test_that_somebody_is_a_main_user_is_said_once(language: Language, once: str) -> None:
    place = Place(CLINIC, main_user=True, grants=(named_grant(),))
    texts = {(role, language): role_text(role, language) for role in Role}
    said = organisations_list([place], ONE, texts, language)

    assert said.text.count(once) == 1
    assert texts[Role.MAIN_USER, language].title not in said.text


@pytest.mark.parametrize(("language", "offer"), [("fi", "tarjous"), ("sv", "erbjudande"), ("en", "offer")])
def test_where_nobody_made_an_offer_a_second_press_speaks_of_none(language: Language, offer: str) -> None:
    for grant in (named_grant(), taken_up(named_grant())):
        said = overtaken(grant, a_scene(language), holder=True)

        assert offer not in said.text.lower()


def taken_up(grant: GrantView) -> GrantView:
    acceptance = next(one.acceptance for one in every_grant() if one.acceptance)
    return grant.model_copy(update={"acceptance": acceptance, "status": GrantStatus.ACCEPTED})


@pytest.mark.parametrize(
    ("language", "reason", "follows"),
    [
        ("fi", "Sinulla ei ole tähän oikeuttavaa roolia.", "Samasta syystä."),
        ("sv", "Du har ingen roll som ger rätt till detta.", "Av samma skäl."),
        ("en", "You hold no role that lets you do this.", "For the same reason."),
    ],
)
def test_one_reason_for_several_gates_is_said_once(language: Language, reason: str, follows: str) -> None:
    before = (Gate.IDENTIFIED, Gate.CHAT_LINKED, Gate.REGISTER)
    standing = [Rung(gate, holds=True, code="identified") for gate in before]
    rights = (Gate.RIGHT, Gate.GRANTED, Gate.ACCEPTED, Gate.INDUCTED, Gate.DATES)
    lacking = [Rung(gate, holds=False, code="no_grant", fixer=Fixer.MAIN_USER) for gate in rights]
    answer = AccessAnswer.of([*standing, *lacking], roles=(Role.READER,), revision=1)
    said = str(ladder(answer, "billing.edit", CLINIC, [], language))

    assert said.count(reason) == 1
    assert said.count(follows) == len(rights) - 1
    # And the verdict above them.
    assert said.count("✗ *") == len(rights) + 1


@pytest.mark.parametrize(
    ("language", "mine", "theirs"),
    [
        ("fi", "Katso-roolisi ei siirtynyt itsestään", "/kanta siirtymä"),
        ("sv", "Din Katso-roll flyttades inte av sig själv", "/kanta övergång"),
        ("en", "Your Katso role did not move over by itself", "/kanta migration"),
    ],
)
def test_the_ladder_says_once_that_a_role_in_katso_did_not_move_and_what_comes_next(
    language: Language, mine: str, theirs: str
) -> None:
    rungs = [
        Rung(gate, holds=False, code="katso_not_moved" if gate is Gate.RIGHT else "no_grant") for gate in Gate
    ]
    answer = AccessAnswer.of(rungs, roles=(Role.READER,), revision=1)
    own = str(ladder(answer, "billing.edit", CLINIC, [], language))
    of_other = str(ladder(answer, "billing.edit", CLINIC, [], language, OLLE))

    assert own.count(mine) == 1
    assert of_other.count(theirs) == 1
