"""Rules of logging in: links, browsers, claims to chat accounts, and what ID tokens must say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.identity.assurance import assurance_table
from services.identity.domain.claims import ClaimNames
from services.identity.domain.id_token import Expected, read_claims
from services.identity.domain.identification import (
    TIME_TO_FINISH,
    Attempt,
    Browser,
    Claimed,
    attempt_of,
    check_may_link,
    digest,
    known,
)
from services.identity.domain.vouching import IdentifierKind
from shared.contracts.assurance import Level
from shared.contracts.base import PersonId
from shared.contracts.identity import (
    ChatAccount,
    IdentificationFailed,
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    Intent,
    PersonUnknown,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AINO, BJORN = PersonId(uuid4()), PersonId(uuid4())
ATTEMPT = Attempt(
    id=uuid4(),
    chat=ChatAccount(team="T", user="U"),
    chat_name="aino",
    language="fi",
    intent=Intent(kind="accept", request_id=uuid4()),
    expires_at=NOW + timedelta(minutes=10),
    browser=None,
    identified=None,
    used_at=None,
)
EXPECTED = Expected(
    issuer="https://idp",
    client_id="us",
    nonce="n",
    names=ClaimNames(code=("national_id_num", "urn:oid:1.2.246.21"), katso=("kid",), eidas=("eidas",)),
    assurance=assurance_table(),
)
SECONDS = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {
    "iss": "https://idp",
    "aud": "us",
    "nonce": "n",
    "iat": SECONDS - 5,
    "exp": SECONDS + 300,
    "acr": "http://ftn.ficora.fi/2017/loa2",
    "national_id_num": "210281-9988",
}


def test_a_link_opens_until_its_time_is_over() -> None:
    ATTEMPT.check_open(ATTEMPT.expires_at - timedelta(seconds=1))

    with pytest.raises(IdentificationLinkSpent):
        ATTEMPT.check_open(ATTEMPT.expires_at)


def test_what_was_begun_in_time_may_be_completed_a_while_later() -> None:
    ATTEMPT.check_completable(ATTEMPT.expires_at + TIME_TO_FINISH - timedelta(seconds=1))

    with pytest.raises(IdentificationLinkSpent):
        ATTEMPT.check_completable(ATTEMPT.expires_at + TIME_TO_FINISH)


def test_a_used_link_neither_opens_nor_completes() -> None:
    used = replace(ATTEMPT, used_at=NOW)

    for check in (used.check_open, used.check_completable):
        with pytest.raises(IdentificationLinkSpent):
            check(NOW)


@pytest.mark.parametrize("claimed", [Claimed(None, None), Claimed(AINO, None), Claimed(None, AINO)])
def test_a_free_account_or_ones_own_may_be_linked(claimed: Claimed) -> None:
    check_may_link(claimed, AINO)

    assert claimed.linked_to in (None, AINO)


@pytest.mark.parametrize("claimed", [Claimed(BJORN, None), Claimed(None, BJORN), Claimed(BJORN, AINO)])
def test_an_account_linked_to_or_announced_for_another_may_not(claimed: Claimed) -> None:
    with pytest.raises(IdentifiedAsSomebodyElse):
        check_may_link(claimed, AINO)


def test_somebody_whom_nobody_announced_is_unknown() -> None:
    assert known(AINO) == AINO
    with pytest.raises(PersonUnknown):
        known(None)


def test_what_ties_a_login_together_differs_by_browser_and_by_attempt() -> None:
    one, other, later = (
        Browser("s1", ATTEMPT.id),
        Browser("s2", ATTEMPT.id),
        Browser("s1", uuid4()),
    )

    for part in ("state", "nonce", "verifier", "challenge", "form_token"):
        assert len({getattr(browser, part) for browser in (one, other, later)}) == 3
    assert len({one.state, one.nonce, one.verifier, one.challenge, one.form_token}) == 5
    assert attempt_of(one.state) == ATTEMPT.id
    assert attempt_of("not a state") is None
    assert "s1" not in digest("s1")


def test_a_good_token_tells_the_code_the_time_and_the_method() -> None:
    vouched = read_claims(CLAIMS, EXPECTED, NOW)

    assert vouched.identifier == "210281-9988"
    assert vouched.at == NOW - timedelta(seconds=5)
    assert vouched.method == "http://ftn.ficora.fi/2017/loa2"
    assert (vouched.kind, vouched.level) == (IdentifierKind.PERSONAL_CODE, Level.SUBSTANTIAL)
    assert "210281-9988" not in repr(vouched)


@pytest.mark.parametrize(
    ("auth_time", "told"), [(SECONDS - 600, SECONDS - 600), (SECONDS + 600, SECONDS - 5), ("x", SECONDS - 5)]
)
def test_the_time_of_identification_is_the_providers_unless_it_has_not_been(
    auth_time: Any, told: int
) -> None:
    vouched = read_claims(CLAIMS | {"auth_time": auth_time}, EXPECTED, NOW)

    assert vouched.at.timestamp() == told


@pytest.mark.parametrize(
    ("claim", "value", "why"),
    [
        ("iss", "https://other", "issuer"),
        ("aud", "them", "audience"),
        ("aud", ["them"], "audience"),
        ("azp", "them", "audience"),
        ("nonce", "m", "nonce"),
        ("nonce", None, "nonce"),
        ("exp", SECONDS - 61, "stale"),
        ("exp", None, "stale"),
        ("exp", 1e300, "stale"),
        ("iat", SECONDS + 61, "stale"),
        ("iat", "now", "stale"),
        ("acr", None, "method_unknown"),
        ("acr", "urn:oid:1.2.246.517.3002.110.999", "method_unknown"),
        ("national_id_num", None, "code_missing"),
        ("national_id_num", 5, "code_missing"),
    ],
)
def test_a_token_that_says_anything_else_is_not_believed(claim: str, value: Any, why: str) -> None:
    with pytest.raises(IdentificationFailed) as refused:
        read_claims(CLAIMS | {claim: value}, EXPECTED, NOW)

    assert refused.value.parameters == {"why": why}


def test_a_level_that_was_not_asked_for_is_too_weak() -> None:
    strict = replace(EXPECTED, acr_values=("http://ftn.ficora.fi/2017/loa3",))

    with pytest.raises(IdentificationFailed) as refused:
        read_claims(CLAIMS, strict, NOW)

    assert refused.value.parameters == {"why": "too_weak"}
