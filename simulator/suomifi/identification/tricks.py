"""What a provider never does, and an attacker tries: one trick each, by name."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree

from simulator.suomifi.identification import keys as security
from simulator.suomifi.identification import names
from simulator.suomifi.identification.keys import Keys, sealed
from simulator.suomifi.identification.messages import Answer, assertion, cancelled, new_id, response
from simulator.suomifi.identification.names import SPACES, D, P, S

ELSEWHERE = "https://elsewhere.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One answer to be made, the keys for it, and the code of somebody whom it must not vouch for."""

    answer: Answer
    keys: Keys
    reader: RSAPublicKey = field(repr=False)
    cipher: str = security.GCM
    victim: str = field(default="010190-999R", repr=False)

    def signed(self) -> Any:
        return self.keys.sign(assertion(self.answer))

    def forged(self) -> Any:
        """An assertion about the victim, that nobody signed."""
        attributes = {**self.answer.attributes, names.PERSONAL_CODE: (self.victim,)}
        return assertion(replace(self.answer, attributes=attributes))

    def sealed_response(self, element: Any, **how: str) -> Any:
        return response(self.answer, sealed(element, self.reader, **{"cipher": self.cipher, **how}))


def honest(work: Work) -> Any:
    """The answer as it should be."""
    return work.sealed_response(work.signed())


# --- other words, honestly signed -----------------------------------------------------------------------

Change = Callable[[Answer], Answer]


def _later(answer: Answer, by: timedelta) -> Answer:
    return replace(answer, issued_at=answer.issued_at + by, authenticated_at=answer.authenticated_at + by)


def _attribute(name: str, *values: str) -> Change:
    return lambda answer: replace(answer, attributes={**answer.attributes, name: values})


def _without(name: str) -> Change:
    return lambda answer: replace(
        answer, attributes={key: value for key, value in answer.attributes.items() if key != name}
    )


WORDS: Mapping[str, Change] = {
    "wrong_issuer": lambda answer: replace(answer, issuer=ELSEWHERE),
    "wrong_audience": lambda answer: replace(answer, audience=ELSEWHERE),
    "no_audience": lambda answer: replace(answer, audience=None),
    "wrong_destination": lambda answer: replace(answer, destination=f"{ELSEWHERE}/saml/acs"),
    "longer_destination": lambda answer: replace(
        answer, destination=f"{answer.destination}.elsewhere.example"
    ),
    "wrong_recipient": lambda answer: replace(answer, recipient=f"{ELSEWHERE}/saml/acs"),
    "longer_recipient": lambda answer: replace(answer, recipient=f"{ELSEWHERE}/?{answer.recipient}"),
    "wrong_request": lambda answer: replace(answer, in_response_to=new_id()),
    "unsolicited": lambda answer: replace(answer, in_response_to=None),
    "late": lambda answer: _later(answer, timedelta(minutes=-7)),
    "early": lambda answer: _later(answer, timedelta(minutes=7)),
    "endless": lambda answer: replace(answer, good_for=None),
    "old_login": lambda answer: replace(
        answer, authenticated_at=answer.authenticated_at - timedelta(hours=2)
    ),
    "holder_of_key": lambda answer: replace(answer, method="urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"),
    "other_level": lambda answer: replace(answer, level="http://eidas.europa.eu/LoA/low"),
    "no_code": _without(names.PERSONAL_CODE),
    "two_codes": _attribute(names.PERSONAL_CODE, "210281-9988", "010190-999R"),
    "not_a_code": _attribute(names.PERSONAL_CODE, "1234"),
    "not_looked_up": _attribute(names.LOOKED_UP, "false"),
}


# --- other shapes --------------------------------------------------------------------------------------

Shape = Callable[[Work], Any]


def _unsigned(work: Work) -> Any:
    return work.sealed_response(assertion(work.answer))


def _foreign_key(work: Work) -> Any:
    return work.sealed_response(Keys.fresh().sign(assertion(work.answer)))


def _sha1(work: Work) -> Any:
    return work.sealed_response(work.keys.sign(assertion(work.answer), sha1=True))


def _altered(work: Work) -> Any:
    element = work.signed()
    _code(element).text = work.victim
    return work.sealed_response(element)


def _comment(work: Work) -> Any:
    """Comments are not signed: half of a name may stand behind one."""
    element = work.signed()
    value = _code(element)
    text = value.text
    value.text = text[:4]
    comment = etree.Comment("")
    comment.tail = text[4:]
    value.append(comment)
    return work.sealed_response(element)


def _only_response_signed(work: Work) -> Any:
    return work.keys.sign(work.sealed_response(assertion(work.answer)))


def _plain(work: Work) -> Any:
    return response(work.answer, work.signed())


def _plain_beside(work: Work) -> Any:
    return response(work.answer, sealed(work.signed(), work.reader), work.forged())


def _two_sealed(work: Work) -> Any:
    return response(work.answer, sealed(work.forged(), work.reader), sealed(work.signed(), work.reader))


def _signed_in_extensions(work: Work) -> Any:
    """The true one where nobody looks, a forged one where everybody does."""
    root = work.sealed_response(work.forged())
    root.insert(1, P.Extensions(work.signed()))
    return root


def _wrapped_in_signature(work: Work) -> Any:
    """A forged assertion that carries the true one in an Object of its signature."""
    return work.sealed_response(_wrapping(work))


def _wrapped_same_id(work: Work) -> Any:
    """The same, with the id of the true one."""
    return work.sealed_response(_wrapping(work, same_id=True))


def _wrapping(work: Work, *, same_id: bool = False) -> Any:
    true, evil = work.signed(), work.forged()
    signature = true.find("ds:Signature", SPACES)
    true.remove(signature)
    if same_id:
        evil.set("ID", true.get("ID"))
    signature.append(D.Object(true))
    evil.insert(1, signature)
    return evil


def _wrapped_in_advice(work: Work) -> Any:
    """A forged assertion that holds the true one, signature and all, as its advice."""
    evil = work.forged()
    conditions = evil.find("saml2:Conditions", SPACES)
    conditions.addnext(S.Advice(work.signed()))
    return work.sealed_response(evil)


def _moved_signature(work: Work) -> Any:
    """A forged assertion with the signature of the true one, which is its advice."""
    true, evil = work.signed(), work.forged()
    signature = true.find("ds:Signature", SPACES)
    evil.insert(1, deepcopy(signature))
    true.remove(signature)
    evil.find("saml2:Conditions", SPACES).addnext(S.Advice(true))
    return work.sealed_response(evil)


def _several_references(work: Work) -> Any:
    """The true signature in a forged assertion, with a second reference that nobody signed."""
    true, evil = work.signed(), work.forged()
    signature = true.find("ds:Signature", SPACES)
    second = deepcopy(signature.find("ds:SignedInfo/ds:Reference", SPACES))
    second.set("URI", f"#{evil.get('ID')}")
    signature.find("ds:SignedInfo", SPACES).insert(2, second)
    evil.insert(1, signature)
    return work.sealed_response(evil)


def _whole_document(work: Work) -> Any:
    """A signature over "the whole document", whichever that is."""
    element = work.signed()
    element.find("ds:Signature/ds:SignedInfo/ds:Reference", SPACES).set("URI", "")
    return work.sealed_response(element)


def _document_type(work: Work) -> bytes:
    """A document type with entities that grow."""
    grow = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = etree.tostring(honest(work)).decode()
    inside = text.replace("</saml2:Issuer>", "&a8;</saml2:Issuer>", 1)
    return f'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{grow}]>{inside}'.encode()


def _foreign_file(work: Work) -> bytes:
    """A document type with an entity that reads a file."""
    text = etree.tostring(honest(work)).decode()
    inside = text.replace("</saml2:Issuer>", "&f;</saml2:Issuer>", 1)
    return f'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>{inside}'.encode()


def _for_somebody_else(work: Work) -> Any:
    key = Keys.fresh().private.public_key()
    return response(work.answer, sealed(work.signed(), key))


def _cancel(work: Work) -> Any:
    return response(work.answer, status=cancelled())


def _failing(work: Work) -> Any:
    return response(work.answer, status=P.Status(P.StatusCode(Value=names.RESPONDER)))


def _not_xml(work: Work) -> bytes:
    return b"<saml2p:Response"


SHAPES: Mapping[str, Shape] = {
    "unsigned": _unsigned,
    "foreign_key": _foreign_key,
    "sha1": _sha1,
    "altered": _altered,
    "comment": _comment,
    "only_response_signed": _only_response_signed,
    "plain": _plain,
    "plain_beside": _plain_beside,
    "two_sealed": _two_sealed,
    "signed_in_extensions": _signed_in_extensions,
    "wrapped_in_signature": _wrapped_in_signature,
    "wrapped_same_id": _wrapped_same_id,
    "wrapped_in_advice": _wrapped_in_advice,
    "moved_signature": _moved_signature,
    "several_references": _several_references,
    "whole_document": _whole_document,
    "document_type": _document_type,
    "foreign_file": _foreign_file,
    "for_somebody_else": _for_somebody_else,
    "weak_cipher": lambda work: work.sealed_response(work.signed(), cipher="tripledes-cbc"),
    "weak_key_transport": lambda work: work.sealed_response(work.signed(), wrapped=security.RSA_1_5),
    "cancel": _cancel,
    "failing": _failing,
    "not_xml": _not_xml,
}
REPLAY = "replay"
TRICKS = frozenset({*WORDS, *SHAPES, REPLAY})


def made(work: Work, trick: str = "") -> bytes:
    """The response to send, honest unless a *trick* is named."""
    if trick in WORDS:
        work = replace(work, answer=WORDS[trick](work.answer))
    element = SHAPES.get(trick, honest)(work)
    return element if isinstance(element, bytes) else etree.tostring(element)


def _code(element: Any) -> Any:
    for attribute in element.iter(f"{{{names.ASSERTION}}}Attribute"):
        if attribute.get("Name") == names.PERSONAL_CODE:
            return attribute[0]
    raise LookupError("no personal code")
