"""What an operator may ask of an answer besides."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML
from pydantic import ValidationError

from services.identity.saml import names, shape
from services.identity.settings import IdentitySettings
from simulator.town.rehearsal import Browser, a_browser, log_in
from tests.services.identity.conftest import AINO, Clock, nothing_changed
from tests.services.identity.saml.conftest import playing

CIPHERS = ("aes128-gcm", "aes192-gcm", "aes256-gcm", "aes128-cbc", "aes192-cbc", "aes256-cbc")
LOA2, LOA3 = "http://ftn.ficora.fi/2017/loa2", "http://ftn.ficora.fi/2017/loa3"


async def test_every_cipher_of_the_list_is_opened_and_none_that_is_left_out(
    settings: IdentitySettings, clock: Clock
) -> None:
    allowed = ("aes256-gcm", "aes128-cbc")
    opened: dict[str, set[str]] = {}
    for taken in (CIPHERS, allowed):
        async with playing(settings, clock, changed={"saml_ciphers": " ".join(taken)}) as place:
            for cipher in CIPHERS:
                place.play(cipher=cipher)
                async with a_browser() as session:
                    browser = Browser(session)
                    await place.log_in(browser)
                    if "/confirm/" in browser.address:
                        opened.setdefault(" ".join(taken), set()).add(cipher)
                    else:
                        assert "identity.identification_failed · weak" in browser.page

    assert opened == {" ".join(CIPHERS): set(CIPHERS), " ".join(allowed): set(allowed)}


async def test_our_metadata_name_the_ciphers_that_are_opened(
    settings: IdentitySettings, clock: Clock, browser: Browser
) -> None:
    async with (
        playing(settings, clock, changed={"saml_ciphers": "aes256-gcm"}) as place,
        browser.session.get(f"{place.town.settings.login_url}/saml/metadata") as response,
    ):
        text = await response.text()

    named = etree.fromstring(text.encode()).xpath("//*[local-name() = 'EncryptionMethod']/@Algorithm")
    assert not isinstance(OneLogin_Saml2_XML.validate_xml(text, "saml-schema-metadata-2.0.xsd"), str)
    assert [one for one in named if "aes" in one] == ["http://www.w3.org/2009/xmlenc11#aes256-gcm"]


@pytest.mark.parametrize("ciphers", ["", "aes128", "aes128-gcm,aes256-gcm", "tripledes-cbc", "aes128-gcm  "])
def test_a_list_of_ciphers_that_cannot_be_meant_does_not_start(ciphers: str) -> None:
    with pytest.raises(ValidationError):
        IdentitySettings(saml_ciphers=ciphers)


@pytest.mark.parametrize(
    ("changed", "comparison", "contexts"),
    [
        ({}, "exact", [LOA2, LOA3]),
        ({"saml_methods": LOA3}, "exact", [LOA3]),
        ({"saml_comparison": "minimum", "saml_asked_methods": LOA2}, "minimum", [LOA2]),
        ({"saml_comparison": "maximum"}, "maximum", [LOA2, LOA3]),
        ({"saml_comparison": "better", "saml_asked_methods": LOA2}, "better", [LOA2]),
        ({"saml_comparison": "none"}, None, []),
        ({"saml_comparison": "none", "saml_asked_methods": LOA2}, None, []),
    ],
)
async def test_a_request_asks_for_the_logins_that_the_settings_name(
    settings: IdentitySettings,
    clock: Clock,
    browser: Browser,
    changed: dict[str, object],
    comparison: str | None,
    contexts: list[str],
) -> None:
    async with playing(settings, clock, changed=changed) as place:
        await browser.open((await place.town.begin(AINO)).url)
        asked = shape.unfolded(parse_qs(urlsplit(browser.address).query)["SAMLRequest"][0])

    assert browser.heading == "Kuka olet?"
    wanted = asked.find("samlp:RequestedAuthnContext", names.NAMES)
    assert (None if wanted is None else wanted.get("Comparison")) == comparison
    assert ([] if wanted is None else [one.text for one in wanted]) == contexts


async def test_whatever_is_asked_for_no_login_is_taken_that_is_not_named(
    settings: IdentitySettings, clock: Clock, browser: Browser
) -> None:
    changed = {"saml_methods": LOA3, "saml_comparison": "none"}
    async with playing(settings, clock, changed=changed) as place:
        await place.log_in(browser)
        assert "identity.identification_failed · too_weak" in browser.page

        place.play(level=LOA3)
        await place.log_in(browser)
        assert "/confirm/" in browser.address


async def test_a_login_may_have_to_be_looked_up_in_the_population_register(
    settings: IdentitySettings, clock: Clock, browser: Browser
) -> None:
    async with playing(settings.model_copy(update={"saml_vtj": True}), clock) as place:
        place.play("not_looked_up")
        await place.log_in(browser)

        assert (browser.status, browser.heading) == (400, "Your data could not be checked")
        assert await nothing_changed(place.town)

        place.play()
        await log_in((await place.town.begin(AINO)).url, "Aino")


async def test_a_provider_whose_metadata_are_nowhere_is_a_kind_page(
    settings: IdentitySettings, clock: Clock, browser: Browser, tmp_path: Path
) -> None:
    elsewhere = {"saml_provider_metadata": str(tmp_path / "nowhere.xml")}
    async with playing(settings, clock, changed=elsewhere) as place:
        await browser.open((await place.town.begin(language="en")).url)

        assert (browser.status, browser.heading) == (502, "The login did not succeed")
        assert ("provider", elsewhere["saml_provider_metadata"]) in await place.refusals()
