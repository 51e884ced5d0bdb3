"""Actor tokens: what is believed, and that a header known by heart opens no other door."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.contracts.assurance import Level
from shared.contracts.base import ActorNotProved, PersonId
from shared.messaging.accounts import Account
from shared.messaging.actors import Mint, Verifier

PERSON = PersonId(UUID("00000000-0000-4000-8000-000000000001"))


def key_named(name: str) -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": name})


def public(*keys: OKPKey) -> dict[str, object]:
    return {"keys": [{**key.as_dict(private=False), "kid": key.thumbprint()} for key in keys]}


def minted(key: OKPKey) -> str:
    now = datetime.now(UTC)
    return Mint(key).token(
        person=PERSON,
        presenter=Account.BOT,
        identified_at=now,
        method="test",
        level=Level.SUBSTANTIAL,
        known=7,
        command=None,
        now=now,
    )


def segment(part: object) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


@pytest.fixture
def key() -> OKPKey:
    return key_named("ours")


@pytest.fixture(params=["met before", "new"])
def verifier(request: pytest.FixtureRequest, key: OKPKey) -> Verifier:
    """One that has believed a token before, and one that has not."""
    verifier = Verifier(public(key))
    if request.param == "met before":
        verifier.actor(minted(key), caller=Account.BOT, command=None)
    return verifier


def test_each_token_says_for_itself_who_acts(verifier: Verifier, key: OKPKey) -> None:
    first = verifier.actor(minted(key), caller=Account.BOT, command=None)
    second = verifier.actor(minted(key), caller=Account.BOT, command=None)

    assert (first.person, first.level, first.known) == (PERSON, Level.SUBSTANTIAL, 7)
    assert first.token_id != second.token_id


TOUCHED: dict[str, Callable[[str, str, str], str]] = {
    "other claims": lambda head, _, sign: f"{head}.{segment({'iss': 'identity', 'sub': 'x'})}.{sign}",
    "a cut signature": lambda head, body, sign: f"{head}.{body}.{sign[:-2]}",
    "no signature": lambda head, body, _: f"{head}.{body}.",
    "no claims": lambda head, _, sign: f"{head}..{sign}",
    "the header alone": lambda head, _, __: head,
    "nothing": lambda _, __, ___: "",
    "a fourth part": lambda head, body, sign: f"{head}.{body}.{sign}.{sign}",
    "a part between": lambda head, body, sign: f"{head}.{body}.{body}.{sign}",
    "a letter of no base64": lambda head, body, sign: f"{head}.{body}.{sign[:10]}!{sign[11:]}",
    "a letter of no ASCII": lambda head, body, sign: f"{head}.{body}.{sign[:10]}ä{sign[11:]}",
    "a letter of the other alphabet": lambda head, body, sign: f"{head}.{body}.{sign[:10]}+{sign[11:]}",
    "padding": lambda head, body, sign: f"{head}.{body}.{sign}==",
    "no algorithm": lambda _, body, __: f"{segment({'alg': 'none', 'typ': 'actor+jwt'})}.{body}.",
}


@pytest.mark.parametrize("touch", TOUCHED.values(), ids=TOUCHED)
def test_a_token_that_was_touched_is_forged(
    verifier: Verifier, key: OKPKey, touch: Callable[[str, str, str], str]
) -> None:
    touched = touch(*minted(key).split("."))

    with pytest.raises(ActorNotProved) as refused:
        verifier.actor(touched, caller=Account.BOT, command=None)

    assert refused.value.parameters == {"why": "forged"}


def test_a_stranger_who_copies_the_header_is_not_believed(verifier: Verifier, key: OKPKey) -> None:
    head, _, _ = minted(key).split(".")
    _, body, sign = minted(key_named("strange")).split(".")

    with pytest.raises(ActorNotProved):
        verifier.actor(f"{head}.{body}.{sign}", caller=Account.BOT, command=None)


@pytest.mark.parametrize("typ", ["JWT", "actor+jwt"])
@pytest.mark.parametrize("issuer", ["roles", None])
def test_what_our_key_signed_for_something_else_is_not_believed(
    verifier: Verifier, key: OKPKey, typ: str, issuer: str | None
) -> None:
    head = {"alg": "Ed25519", "typ": typ, "kid": key.thumbprint()}
    token = jwt.encode(head, {"iss": issuer or "identity"}, key, algorithms=["Ed25519"])

    for _ in range(2):
        with pytest.raises(ActorNotProved):
            verifier.actor(token, caller=Account.BOT, command=None)


@pytest.mark.parametrize("off", [timedelta(minutes=-1), timedelta(minutes=2)])
def test_whether_a_token_still_counts_is_told_by_the_verifiers_own_clock(key: OKPKey, off: timedelta) -> None:
    verifier = Verifier(public(key), lambda: datetime.now(UTC) + off)

    with pytest.raises(ActorNotProved) as refused:
        verifier.actor(minted(key), caller=Account.BOT, command=None)

    assert refused.value.parameters == {"why": "stale"}
