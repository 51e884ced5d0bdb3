"""What the register says of an organisation, in words, and where it is mended."""

from datetime import date, timedelta

import pytest

from bot.views.access import ladder
from bot.views.register import mending, notice
from bot.words import LANGUAGES, say
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, RegisterKeeper, RegisterState
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Rung
from tests.bot.makers import an_organisation

TODAY = date(2026, 11, 27)


def entry(**changes: object) -> OrganisationView:
    return an_organisation().model_copy(update={"keeper": RegisterKeeper.LICENCE_REGISTER} | changes)


def register_rung(code: str) -> AccessAnswer:
    rungs = [
        Rung(gate=gate, holds=gate is not Gate.REGISTER, code=code, fixer=Fixer.REGISTER_KEEPER)
        for gate in Gate
    ]
    return AccessAnswer.of(rungs, roles=(), revision=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sector_is_told_its_own_place_to_mend_the_entry(language: Language) -> None:
    told = {mending(entry(keeper=keeper), language) for keeper in RegisterKeeper}

    assert len(told) == len(RegisterKeeper)
    assert "" not in told


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"state": RegisterState.ABSENT}, "is not in the SOTE"),
        ({"state": RegisterState.DELETED}, "is not active"),
        ({"trouble": "identity.register_oid_twice"}, "contradicts"),
        ({"valid_from": TODAY + timedelta(days=3)}, "valid only from"),
        ({"valid_until": TODAY - timedelta(days=1)}, "was valid until"),
        ({"parent_state": RegisterState.ABSENT}, "belongs to"),
    ],
)
def test_a_home_tab_says_what_is_wrong_with_the_entry_and_where_to_mend_it(
    changes: dict[str, object], word: str
) -> None:
    said = notice(entry(**changes), TODAY, "en")

    assert word in said
    assert "Soteri" in said


def test_an_entry_that_is_in_order_is_not_spoken_of() -> None:
    assert notice(entry(valid_until=TODAY, parent_state=RegisterState.ACTIVE), TODAY, "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_home_tab_says_that_our_copy_is_too_old_and_that_nothing_needs_to_be_corrected(
    language: Language,
) -> None:
    said = notice(entry(), TODAY, language, stale=True)

    assert said == f"{say('register.stale', language)} {say('register.mend_stale', language)}"
    assert "too old" in notice(entry(), TODAY, "en", stale=True)


def test_what_is_wrong_with_the_entry_itself_comes_before_the_age_of_our_copy() -> None:
    said = notice(entry(state=RegisterState.ABSENT), TODAY, "en", stale=True)

    assert "is not in the SOTE" in said
    assert "too old" not in said


def test_the_ladder_names_the_register_that_the_entry_comes_from() -> None:
    pharmacy = entry(keeper=RegisterKeeper.PHARMACY_REGISTER)
    said = str(ladder(register_rung("register_expired"), "billing.read", pharmacy, [], "en"))

    assert "Fimea" in said
    assert "keeper of the register" not in said


def test_an_old_copy_of_ours_is_nobodys_fault_outside() -> None:
    said = str(ladder(register_rung("register_stale"), "billing.read", entry(), [], "en"))

    assert "too old" in said
    assert "Nothing needs to be corrected" in said
    assert "Soteri" not in said


def test_an_entry_of_which_nobody_knows_the_keeper_is_told_of_in_general() -> None:
    said = str(ladder(register_rung("register_expired"), "billing.read", entry(keeper=None), [], "en"))

    assert "keeper of the register" in said
