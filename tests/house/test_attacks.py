"""Every attack that identity must stand has a test, a refusal by name, and a row that an operator finds."""

import re
from dataclasses import dataclass

import pytest

from services.identity.storage import METADATA
from shared.contracts import identity
from shared.contracts.base import Refusal
from tests.house.tree import ROOT, text_of

HERE = "tests/services/identity"
DOOR, SAML, REGISTER = f"{HERE}/test_attacks_at_the_door.py", f"{HERE}/saml", f"{HERE}/register"
FAILED, SPENT = "identity.identification_failed", "identity.link_spent"
LOGINS, RUNS, FINDINGS = "refused_logins", "register_runs", "register_findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    How an attack is answered: by a refusal's *code*, and *why* where it has several reasons.

    *proof* names what shows it, as ``file::name``: a test, or the attack that a test is given. *row* is the
    table in which the refusal stays.
    """

    proof: str
    code: str
    why: str = ""
    row: str = LOGINS


def at_the_door(name: str, code: str = FAILED, why: str = "") -> Answer:
    return Answer(proof=f"{DOOR}::{name}", code=code, why=why)


def by_saml(trick: str, why: str, code: str = FAILED) -> Answer:
    return Answer(proof=f"{SAML}/test_attacks.py::{trick}", code=code, why=why)


def in_the_register(test: str, code: str, row: str) -> Answer:
    return Answer(proof=f"{REGISTER}/test_bad_days.py::{test}", code=code, row=row)


ATTACKS: dict[str, tuple[Answer, ...]] = {
    "replayed state or code": (
        at_the_door("test_a_callback_that_was_used_is_used_up_and_said_so_in_a_row", SPENT),
        at_the_door("a_code_that_the_provider_does_not_take", why="provider"),
    ),
    "foreign state": (
        at_the_door("the_state_of_another_browser", why="other_browser"),
        at_the_door("a_state_that_was_made_up", SPENT),
    ),
    "foreign token": (
        at_the_door("a_token_of_another_login", why="nonce"),
        at_the_door("a_token_of_another_of_our_own_logins", why="nonce"),
        at_the_door("a_token_for_another_client", why="audience"),
    ),
    "replayed assertion": (
        Answer(
            proof=f"{SAML}/test_wrong_hands.py::test_an_answer_brought_twice_in_one_login_is_refused_the_second_time",
            code=FAILED,
            why="replayed",
        ),
        Answer(
            proof=f"{SAML}/test_wrong_hands.py::test_an_answer_that_was_taken_is_not_taken_again", code=SPENT
        ),
    ),
    "foreign assertion": (
        by_saml("unsolicited", "nonce"),
        by_saml("wrong_request", "", SPENT),
        by_saml("wrong_audience", "audience"),
        by_saml("wrong_recipient", "destination"),
    ),
    "wrong issuer": (
        at_the_door("a_wrong_issuer", why="issuer"),
        at_the_door("a_callback_of_another_provider", why="issuer"),
        by_saml("wrong_issuer", "issuer"),
    ),
    "unsigned": (at_the_door("a_token_without_a_signature", why="forged"), by_saml("unsigned", "forged")),
    "signed again": (
        at_the_door("a_token_signed_again", why="forged"),
        at_the_door("a_token_signed_with_the_public_key", why="forged"),
        by_saml("foreign_key", "forged"),
    ),
    "signature wrapping": (
        by_saml("wrapped_in_signature", "forged"),
        by_saml("wrapped_same_id", "forged"),
        by_saml("wrapped_in_advice", "forged"),
        by_saml("signed_in_extensions", "not_sealed"),
    ),
    "clock skew": (
        at_the_door("a_token_that_is_too_old", why="stale"),
        at_the_door("a_clock_that_goes_ahead", why="stale"),
        by_saml("late", "stale"),
        by_saml("early", "stale"),
    ),
    "open redirect": (
        at_the_door("an_address_to_go_on_to", SPENT),
        at_the_door("a_link_that_was_guessed", SPENT),
    ),
    "session fixation": (at_the_door("a_cookie_that_was_planted", why="other_browser"),),
    "account link by someone else": (at_the_door("somebody_elses_account", "identity.somebody_else"),),
    "personal code with a new separator": (
        at_the_door("a_code_with_another_separator", "identity.person_unknown"),
    ),
    "register page cut short": (
        in_the_register(
            "test_a_page_cut_short_changes_nothing_and_is_written_down",
            "identity.register_page_unreadable",
            RUNS,
        ),
    ),
    "duplicate OID": (
        in_the_register(
            "test_of_two_entries_of_one_oid_neither_is_believed", "identity.register_oid_twice", FINDINGS
        ),
    ),
    "cyclic parents": (
        in_the_register(
            "test_parents_in_a_circle_are_found_and_the_rest_goes_on",
            "identity.register_parents_cyclic",
            FINDINGS,
        ),
    ),
    "register unreachable for a day": (
        in_the_register(
            "test_a_code_server_away_for_a_day_lets_the_copy_age_and_the_operator_know",
            "identity.register_unreachable",
            RUNS,
        ),
    ),
}
# How a test looks for the row, by table.
LOOKS = {LOGINS: r"refusals\(\)|await rows\(", RUNS: r"run\.outcome|outcomes\(\)", FINDINGS: r"findings\(\)"}
CODES = {one.code for one in vars(identity).values() if isinstance(one, type) and issubclass(one, Refusal)}
ANSWERS = [(attack, answer) for attack, answers in ATTACKS.items() for answer in answers]


@pytest.mark.parametrize(
    ("attack", "answer"), ANSWERS, ids=[f"{attack}: {answer.proof}" for attack, answer in ANSWERS]
)
def test_an_attack_has_a_test_a_refusal_and_a_row(attack: str, answer: Answer) -> None:
    place, _, name = answer.proof.partition("::")
    source = text_of(ROOT / place)

    assert re.search(rf'\bdef {name}\(|"{name}":', source), f"{attack} is tried nowhere"
    assert answer.code in CODES
    assert answer.row in METADATA.tables
    assert re.search(LOOKS[answer.row], source), f"nobody looks for the row about {attack}"
    assert not answer.why or f'"{answer.why}"' in source


def test_what_is_tried_at_the_door_stands_in_the_table() -> None:
    tried = set(re.findall(r"^    (\w+): \(\d{3}, ", text_of(ROOT / DOOR), re.MULTILINE))
    told = {answer.proof.partition("::")[2] for _, answer in ANSWERS if answer.proof.startswith(DOOR)}

    assert tried <= told
