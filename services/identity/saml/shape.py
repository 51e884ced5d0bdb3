"""What a message must look like before anybody asks what it means: one assertion, one meaning."""

import re
import zlib
from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from services.identity.saml import names
from shared.contracts.identity import IdentificationFailed

LARGEST = 256 * 1024
IDS = ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")
MOMENTS = frozenset(
    {"IssueInstant", "AuthnInstant", "NotBefore", "NotOnOrAfter", "SessionNotOnOrAfter", "validUntil"}
)
# As SAML wants it (core, 1.3.3): no offset. The toolkit reads nothing else.
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")

SIGNATURE = f"{{{names.SIGNATURE}}}Signature"
RESPONSE, ASSERTION = f"{{{names.PROTOCOL}}}Response", f"{{{names.ASSERTION}}}Assertion"

Element = Any


def from_base64(text: str) -> bytes:
    """
    The message in a form's field.

    Raises:
        IdentificationFailed: there is none.
    """
    if len(text) > LARGEST * 4 // 3 + 4:
        raise IdentificationFailed(why="malformed")
    try:
        return b64decode("".join(text.split()), validate=True)
    except (NotBase64, ValueError):
        raise IdentificationFailed(why="malformed") from None


def parse(raw: bytes, *, comments: bool = False) -> Element:
    """
    The document in *raw*: without a document type, and nothing in it that readers disagree about.

    *comments* says whether it may hold comments, which are dropped.

    Raises:
        IdentificationFailed: there is none such.
    """
    # Comments are kept to be refused: one reader ends a name at them, another joins the halves.
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=comments,
        remove_pis=comments,
    )
    if len(raw) > LARGEST:
        raise IdentificationFailed(why="malformed")
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        raise IdentificationFailed(why="malformed") from None
    if root.getroottree().docinfo.doctype:
        raise IdentificationFailed(why="malformed")
    if not _is_plain(root):
        raise IdentificationFailed(why="malformed")
    return root


def request_of(message: str) -> str:
    """Which request a response, not believed yet, says that it answers."""
    return str(parse(from_base64(message)).get("InResponseTo", ""))


def unfolded(deflated: str) -> Element:
    """
    The message in a query; one that unfolds to more than any message needs is none.

    Raises:
        IdentificationFailed: there is none.
    """
    reader = zlib.decompressobj(-15)
    try:
        raw = reader.decompress(from_base64(deflated), LARGEST)
    except zlib.error:
        raise IdentificationFailed(why="malformed") from None
    if reader.unconsumed_tail or not reader.eof:
        raise IdentificationFailed(why="malformed")
    return parse(raw)


def answered_request(deflated: str) -> str:
    """The same of a message in a query."""
    return str(unfolded(deflated).get("InResponseTo", ""))


def origin(address: str) -> str:
    """The site that *address* is on."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def check_sealed(root: Element, ciphers: tuple[str, ...]) -> None:
    """
    Make sure that a response, as it came, holds one sealed assertion and nothing beside it.

    *ciphers* are those that will do.

    Raises:
        IdentificationFailed: it does not. *why* is malformed, not_sealed or weak.
    """
    if root.tag != RESPONSE:
        raise IdentificationFailed(why="malformed")
    if list(root.iter(ASSERTION)):
        raise IdentificationFailed(why="not_sealed")
    sealed = list(root.iter(f"{{{names.ASSERTION}}}EncryptedAssertion"))
    data = list(root.iter(f"{{{names.ENCRYPTION}}}EncryptedData"))
    if len(sealed) != 1 or sealed[0].getparent() is not root:
        raise IdentificationFailed(why="malformed")
    if len(data) != 1 or data[0].getparent() is not sealed[0]:
        raise IdentificationFailed(why="malformed")
    keys = list(root.iter(f"{{{names.ENCRYPTION}}}EncryptedKey"))
    good = {names.CIPHERS[cipher] for cipher in ciphers}
    if (
        len(keys) != 1
        or _algorithm(data[0], "xenc:EncryptionMethod") not in good
        or _algorithm(keys[0], "xenc:EncryptionMethod") not in names.KEYS_WRAPPED_WITH
    ):
        raise IdentificationFailed(why="weak")


def is_one_signed_assertion(root: Element) -> bool:
    """
    Whether an opened response holds one assertion, signed itself, and signatures over nothing else.

    Every way of wrapping a signed assertion in another needs a second assertion, a signature that is not
    where it belongs, one that points elsewhere, or an id that two elements share.
    """
    assertions = list(root.iter(ASSERTION))
    if root.tag != RESPONSE or len(assertions) != 1 or assertions[0].getparent() is not root:
        return False
    if not _is_plain(root):
        return False
    signatures = list(root.iter(SIGNATURE))
    owners = [signature.getparent() for signature in signatures]
    if assertions[0] not in owners or any(owner not in (root, assertions[0]) for owner in owners):
        return False
    return len(set(owners)) == len(owners) and all(map(_is_sound, signatures, owners))


def _is_sound(signature: Element, owner: Element) -> bool:
    """Whether *signature* is over its *owner*, whole, made with something good."""
    references = signature.findall("ds:SignedInfo/ds:Reference", names.NAMES)
    if len(references) != 1 or len(list(signature.iter(f"{{{names.SIGNATURE}}}Reference"))) != 1:
        return False
    (reference,) = references
    transforms = [
        each.get("Algorithm") for each in reference.findall("ds:Transforms/ds:Transform", names.NAMES)
    ]
    return (
        bool(owner.get("ID"))
        and reference.get("URI") == f"#{owner.get('ID')}"
        and transforms == [names.ENVELOPED, names.EXCLUSIVE]
        and _algorithm(signature, "ds:SignedInfo/ds:CanonicalizationMethod") == names.EXCLUSIVE
        and _algorithm(signature, "ds:SignedInfo/ds:SignatureMethod") in names.SIGNED_WITH
        and _algorithm(reference, "ds:DigestMethod") in names.DIGESTED_WITH
        and signature.find("ds:Object", names.NAMES) is None
    )


def _is_plain(root: Element) -> bool:
    """Whether a tree holds elements and text alone, no id twice, and moments that everybody reads alike."""
    # Asked by path: the toolkit's own elements hide their comments from whoever walks through them.
    if root.xpath("//comment() | //processing-instruction()"):
        return False
    seen: set[str] = set()
    for node in root.iter():
        for name in IDS:
            if (an_id := node.get(name)) is None:
                continue
            if an_id in seen:
                return False
            seen.add(an_id)
        if any(name in MOMENTS and not MOMENT.fullmatch(value) for name, value in node.attrib.items()):
            return False
    return True


def _algorithm(element: Element, path: str) -> str:
    found = element.findall(path, names.NAMES)
    return found[0].get("Algorithm", "") if len(found) == 1 else ""
