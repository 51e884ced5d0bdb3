"""Whatever is sent instead of an answer, it is refused with a word, and nothing breaks."""

import random
from base64 import b64encode
from datetime import UTC, datetime
from functools import cache

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.identity.saml import asking, shape
from services.identity.saml.assertion import Assertion, read
from services.identity.saml.provider import read_metadata
from services.identity.saml.wire import Us, Wire
from shared.contracts.identity import IdentificationFailed
from simulator.suomifi.identification import messages, names, tricks
from simulator.suomifi.identification.keys import sealed
from tests.services.identity.saml.conftest import KEYS, OURS

IDP = "https://idp.example"
US = Us(
    entity_id="https://us.example/saml/metadata",
    keys=OURS,
    acs="https://us.example/saml/acs",
    logout="https://us.example/saml/logout",
    contexts=(names.LOA2,),
)


@cache
def now() -> datetime:
    """When the first of these tests ran: the toolkit looks at the world's clock, and answers live minutes."""
    return datetime.now(UTC)


@cache
def wire() -> Wire:
    described = etree.tostring(messages.metadata(IDP, IDP, KEYS))
    return Wire(US, read_metadata(described, anchor=None, now=now()))


def work() -> tricks.Work:
    answer = messages.Answer(
        issuer=IDP,
        audience=US.entity_id,
        destination=US.acs,
        recipient=US.acs,
        in_response_to="_request",
        issued_at=now(),
        authenticated_at=now(),
        level=names.LOA2,
        name_id="name",
        session_index="_session",
        attributes={names.PERSONAL_CODE: ("210281-9988",)},
    )
    reader = load_pem_private_key(OURS.key.encode(), None).public_key()
    return tricks.Work(answer=answer, keys=KEYS, reader=reader)  # type: ignore[arg-type]  # it is RSA


@cache
def honest() -> bytes:
    return tricks.made(work())


def taken(raw: bytes) -> Assertion | None:
    """What *raw* says, if it is believed; it must be refused otherwise, and not break anything."""
    try:
        return asking.answered(wire(), b64encode(raw).decode(), now()).assertion
    except IdentificationFailed:
        return None


def test_an_honest_answer_is_taken() -> None:
    found = taken(honest())

    assert found is not None
    assert found.one(names.PERSONAL_CODE) == "210281-9988"


@given(st.binary(max_size=200))
def test_noise_is_refused(raw: bytes) -> None:
    assert taken(raw) is None


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_changed_answer_is_refused_or_says_the_same(chance: random.Random) -> None:
    changed = bytearray(honest())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed))
        if chance.random() < 0.5:
            changed[at] = chance.choice(b"<>/\"'&;#=!-[]abcXYZ0129 ")
        else:
            del changed[at : at + chance.randint(1, 40)]

    assert taken(bytes(changed)) in (None, taken(honest()))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_what_was_changed_under_the_seal_is_refused_or_says_the_very_same(chance: random.Random) -> None:
    job = work()
    signed = job.signed()
    said, whole = read(signed), list(signed.iter())
    one = chance.choice(whole[1:])
    other = chance.choice(whole)
    match chance.randrange(4):
        case 0:
            one.getparent().remove(one)
        case 1:
            one.text = (one.text or "") + "x"
        case 2 if one is not other and one not in other.iterancestors():
            other.append(etree.fromstring(etree.tostring(one)))
        case _:
            one.set("ID", chance.choice(["", "x", whole[0].get("ID")]))

    # Beside its own value, a signature holds what nobody reads: which certificate it was made with.
    found = taken(etree.tostring(messages.response(job.answer, sealed(whole[0], job.reader))))
    assert found in (None, said)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe<\x00a\x00>\x00",
        b"<a ID='x'><b ID='x'/></a>",
        b"<a ID='x'><b Id='x'/></a>",
        b"<a><!-- half --></a>",
        b"<a><?do this?></a>",
        b"<!DOCTYPE a><a/>",
        b"<a IssueInstant='2026-11-27T00:00:00+02:00'/>",
        b"<a NotOnOrAfter='9999999999'/>",
        b"<a>" + b" " * shape.LARGEST + b"</a>",
    ],
)
def test_a_document_with_more_than_one_meaning_is_refused(raw: bytes) -> None:
    with pytest.raises(IdentificationFailed) as refusal:
        shape.parse(raw)

    assert refusal.value.parameters == {"why": "malformed"}


@pytest.mark.parametrize("text", ["", "%%%", "A", "A" * (shape.LARGEST * 2)])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(IdentificationFailed):
        shape.request_of(text)
    with pytest.raises(IdentificationFailed):
        shape.answered_request(text)
