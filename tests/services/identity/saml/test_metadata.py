"""Who we are to Suomi.fi, and who it is to us: metadata, read by another's eyes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from services.identity.saml.keys import KeyPairInvalid, key_pair, new_pair
from services.identity.saml.provider import read_metadata
from shared.contracts.identity import IdentificationFailed
from simulator.suomifi.identification import messages
from simulator.suomifi.identification.clients import read_client
from simulator.suomifi.identification.keys import Keys
from simulator.town.rehearsal import Browser
from tests.services.identity.saml.conftest import KEYS, OURS, Place

NOW = datetime(2026, 11, 27, tzinfo=UTC)
URL = "https://idp.example"


def described(keys: Keys = KEYS) -> bytes:
    found: bytes = etree.tostring(messages.metadata(f"{URL}/idp1", URL, keys))
    return found


async def test_our_metadata_are_what_suomifi_asks_for(place: Place, browser: Browser) -> None:
    async with browser.session.get(f"{place.town.settings.login_url}/saml/metadata") as response:
        text, kind = await response.text(), response.content_type

    root = etree.fromstring(text.encode())
    client = read_client(text.encode())
    certificates = set(root.xpath("//*[local-name() = 'X509Certificate']/text()"))
    assert kind == "application/samlmetadata+xml"
    assert not isinstance(OneLogin_Saml2_XML.validate_xml(text, "saml-schema-metadata-2.0.xsd"), str)
    assert certificates == {OURS.bare_certificate()}
    assert client.entity_id == f"{place.town.settings.login_url}/saml/metadata"
    assert client.methods == {"http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa3"}
    assert set(client.name) == {"fi", "sv", "en"}
    assert (
        root.xpath("string(//*[@Name='urn:oid:1.2.246.517.3003.111.3']/*[local-name()='AttributeValue'])")
        == "false"
    )
    assert "PRIVATE" not in text


def test_a_provider_is_known_by_its_metadata() -> None:
    provider = read_metadata(described(), anchor=None, now=NOW)

    assert (provider.entity_id, provider.login, provider.logout) == (
        f"{URL}/idp1",
        f"{URL}/sso",
        f"{URL}/slo",
    )
    assert len(provider.certificates) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"https://idp.example/sso", b"http://idp.example/sso"),
        (b"https://idp.example/slo", b"javascript:alert(1)"),
        (b"HTTP-Redirect", b"HTTP-POST"),
        (b"<ds:X509Certificate>MII", b"<ds:X509Certificate>AAA"),
        (b"entityID=", b'validUntil="2026-11-26T00:00:00Z" entityID='),
        (b"entityID=", b'validUntil="tomorrow" entityID='),
        (b"IDPSSODescriptor", b"SPSSODescriptor"),
        (b"<md:EntityDescriptor", b"<!DOCTYPE a><md:EntityDescriptor"),
    ],
)
def test_metadata_that_lead_astray_are_refused(before: bytes, after: bytes) -> None:
    with pytest.raises(IdentificationFailed):
        read_metadata(described().replace(before, after), anchor=None, now=NOW)


def test_metadata_are_believed_only_with_the_right_signature_where_one_is_asked_for() -> None:
    signer, other = Keys.fresh(), Keys.fresh()
    element = messages.metadata(f"{URL}/idp1", URL, KEYS)
    element.set("ID", "_metadata")
    element.insert(0, etree.Element("{urn:oasis:names:tc:SAML:2.0:metadata}Extensions"))
    signed = etree.tostring(signer.sign(element))
    anchor, stranger = (_pem(one) for one in (signer, other))

    assert read_metadata(signed, anchor=anchor, now=NOW).entity_id == f"{URL}/idp1"
    for raw, wanted in (
        (signed, stranger),
        (described(), anchor),
        (signed.replace(b"/sso", b"/ssx"), anchor),
    ):
        with pytest.raises(IdentificationFailed) as refusal:
            read_metadata(raw, anchor=wanted, now=NOW)
        assert refusal.value.parameters == {"why": "forged"}


def _pem(keys: Keys) -> str:
    return f"-----BEGIN CERTIFICATE-----\n{keys.certificate_text()}\n-----END CERTIFICATE-----\n"


def test_a_key_is_made_once_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    first = key_pair(None, None, tmp_path / "keys", "identity")
    second = key_pair(None, None, tmp_path / "keys", "identity")

    assert first == second
    assert (tmp_path / "keys" / "saml.pem").stat().st_mode & 0o777 == 0o600
    assert first.key not in repr(first)


def test_a_key_and_a_certificate_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    key.write_text(OURS.key)
    certificate.write_text(new_pair("another").certificate)

    pairs = ((key, certificate), (key, None), (None, certificate), (certificate, certificate))
    for one, other in pairs:
        with pytest.raises(KeyPairInvalid):
            key_pair(one, other, tmp_path, "identity")
