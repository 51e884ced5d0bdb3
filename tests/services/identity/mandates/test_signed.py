"""Signed answers of Suomi.fi: what is believed, and what is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.identity.mandates.answers import Session
from services.identity.mandates.signed import Seal, Subject
from services.identity.mandates.visits import Visits
from shared.contracts.identity import MandatesNotAnswered, MandatesSessionOver
from simulator.suomifi.app import StandIn
from simulator.suomifi.signing import Signer
from tests.services.identity.mandates.conftest import EERO, KATRI
from tests.services.identity.mandates.test_visits import choose

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SERVICE = "0b8d63f8-8b29-4f34-8f0e-6f1f0d1d9f8a"
CLAIMS: dict[str, Any] = {
    "iss": "Suomi.fi-Valtuudet",
    "aud": [SERVICE, "another"],
    "sub": "OrganizationalRoles",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
    "end_user": KATRI,
    "principal": "",
    "issue": [],
    "response": "[]",
    "reasons": [],
}
HEADER = {"alg": "RS256", "typ": "JWT"}


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


def believed(signer: Signer, token: str, *, now: datetime = NOW) -> object:
    seal = Seal(key=signer.public, service=SERVICE)
    return seal.answer(token, Subject.ORGANISATIONS, end_user=KATRI, now=now)


async def chosen(visits: Visits) -> tuple[Session, str]:
    """Katri's visit, in which she chose all of hers."""
    session = await visits.open(KATRI)
    return session, await visits.token((await choose(visits, session))["code"])


async def test_a_signed_answer_says_the_same_as_the_plain_one(visits: Visits, suomifi: StandIn) -> None:
    session, token = await chosen(visits)
    client = suomifi.census.clients["kantaeks"]
    seal = Seal(key=suomifi.signer.public, service=client.service)

    plain = await visits.organisations(session.id, token)
    signed = await visits.vouched_for(session.id, token, KATRI, seal)

    assert signed == plain
    assert signed.vouched


async def test_a_signed_answer_about_another_person_is_not_believed(visits: Visits, suomifi: StandIn) -> None:
    session, token = await chosen(visits)
    seal = Seal(key=suomifi.signer.public, service=suomifi.census.clients["kantaeks"].service)

    with pytest.raises(MandatesNotAnswered) as refused:
        await visits.vouched_for(session.id, token, EERO, seal)

    assert refused.value.parameters == {"why": "other_answer"}


async def test_a_plain_answer_is_no_signed_one_and_an_old_visit_is_over(
    visits: Visits, suomifi: StandIn
) -> None:
    session, token = await chosen(visits)
    seal = Seal(key=Signer().public, service=suomifi.census.clients["kantaeks"].service)

    with pytest.raises(MandatesNotAnswered) as refused:
        await visits.vouched_for(session.id, token, KATRI, seal)
    await visits.close(session.id)
    with pytest.raises(MandatesSessionOver):
        await visits.vouched_for(session.id, token, KATRI, seal)

    assert refused.value.parameters == {"why": "forged"}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"iss": "Somebody"}, "other_answer"),
        ({"aud": "another"}, "other_answer"),
        ({"aud": []}, "other_answer"),
        ({"sub": "Authorization"}, "other_answer"),
        ({"end_user": EERO}, "other_answer"),
        ({"end_user": None}, "other_answer"),
        ({"exp": int(NOW.timestamp()) - 301}, "old_answer"),
        ({"iat": int(NOW.timestamp()) + 301}, "old_answer"),
        ({"nbf": int(NOW.timestamp()) + 301}, "old_answer"),
        ({"exp": "tomorrow"}, "old_answer"),
        ({"response": "{"}, "unreadable"),
        ({"response": None}, "unreadable"),
    ],
)
def test_an_answer_to_something_else_is_not_believed(
    signer: Signer, changed: dict[str, object], why: str
) -> None:
    with pytest.raises(MandatesNotAnswered) as refused:
        believed(signer, signer.token(HEADER, CLAIMS | changed))

    assert refused.value.parameters == {"why": why}
    assert KATRI not in repr(refused.value.__context__)


@pytest.mark.parametrize("aud", [SERVICE, [SERVICE], ["x", SERVICE]])
@pytest.mark.parametrize("wrapped", ["{}", '"{}"', "{}\n"])
def test_it_is_read_however_it_is_wrapped(signer: Signer, aud: object, wrapped: str) -> None:
    assert believed(signer, wrapped.format(signer.token(HEADER, CLAIMS | {"aud": aud}))) == []


@pytest.mark.parametrize("off", [timedelta(minutes=-4), timedelta(minutes=9)])
def test_clocks_may_differ_by_five_minutes_from_both_sides(signer: Signer, off: timedelta) -> None:
    assert believed(signer, signer.token(HEADER, CLAIMS), now=NOW + off) == []


def test_who_signs_otherwise_is_not_believed(signer: Signer) -> None:
    good = signer.token(HEADER, CLAIMS)
    head, body, signature = good.split(".")
    unsigned = signer.token({"alg": "none"}, CLAIMS)
    forged = [
        Signer().token(HEADER, CLAIMS),
        signer.token({"alg": "HS256"}, CLAIMS),
        unsigned,
        unsigned.rpartition(".")[0] + ".",
        f"{head}.{body}.",
        f"{head}.{body[:-2]}.{signature}",
        "",
        "no token",
        "[]",
    ]
    for token in forged:
        with pytest.raises(MandatesNotAnswered) as refused:
            believed(signer, token)
        assert refused.value.parameters == {"why": "forged"}
