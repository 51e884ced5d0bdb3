"""Single logout, both ways: what is over here is over before Suomi.fi is told, and nobody needs a cookie."""

from base64 import b64decode
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from services.identity.storage.tables import SAML_SESSIONS
from shared.messaging.accounts import Account
from simulator.suomifi.identification import messages
from simulator.suomifi.identification.clients import signed_query
from simulator.suomifi.identification.keys import Keys
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import AINO
from tests.services.identity.saml.conftest import Place


async def is_fresh(place: Place) -> bool:
    """Whether identity vouches that Aino identified strongly."""
    token = await place.town.database.read(
        lambda rows: place.town.handlers._vouch(rows, AINO, Account.BOT, None).token
    )
    claims = token.split(".")[1]
    return (
        b'"identified_at":null' not in b64decode(claims + "=" * (-len(claims) % 4))
        and (await place.town.person("Aino Mallila")).identified_at is not None
    )


async def ended_by(place: Place) -> list[str]:
    def look(rows: object) -> list[str]:
        connection = rows.connection  # type: ignore[attr-defined]  # a transaction
        return [row.ended_by for row in connection.execute(SAML_SESSIONS.select())]

    return await place.town.database.read(look)


def wish(place: Place, keys: Keys | None = None, **changed: object) -> str:
    """An address at which the provider wishes that its one session is ended here."""
    provider = place.provider
    (session,) = provider.sessions
    told = {
        "issuer": provider.entity_id,
        "to": session.client.logout,
        "name_id": session.name_id,
        "audience": session.client.entity_id,
        "session_index": session.index,
        "at": provider.now(),
    } | changed
    query = signed_query(keys or provider.keys, "SAMLRequest", messages.logout_request(**told), "state 1")  # type: ignore[arg-type]  # as above
    return f"{session.client.logout}?{query}"


async def test_a_person_logs_out_from_the_last_page_here_first_and_then_there(
    place: Place, browser: Browser
) -> None:
    await place.linked(browser)
    assert "Kirjaudu ulos Suomi.fi:stä" in browser.page
    assert await is_fresh(place)
    page, address = browser.page, browser.address

    await browser.send_on()

    assert (browser.status, browser.heading) == (200, "You are logged out")
    assert place.provider.sessions == []
    assert await ended_by(place) == ["person"]
    assert not await is_fresh(place)
    assert (await place.town.behind(AINO)).linked
    browser.page, browser.address = page, address
    await browser.send_on()
    assert browser.heading == "You are logged out"


async def test_the_session_here_is_over_even_if_the_provider_never_hears_of_it(
    place: Place, browser: Browser
) -> None:
    await place.linked(browser)
    form = {"form_token": browser.page.split('name="form_token" value="')[1].split('"')[0]}
    attempt = browser.address.rpartition("/")[2]

    async with browser.session.post(
        f"{place.town.settings.login_url}/saml/leave/{attempt}", data=form, allow_redirects=False
    ) as response:
        asked = parse_qs(urlsplit(response.headers["Location"]).query)

    assert list(asked) == ["SAMLRequest", "SigAlg", "Signature", "locale"]
    assert await ended_by(place) == ["person"]
    assert len(place.provider.sessions) == 1


async def test_whoever_could_not_be_logged_out_everywhere_is_told_so(place: Place, browser: Browser) -> None:
    await place.linked(browser)
    place.play(partial=True)

    await browser.send_on()

    assert (browser.status, browser.heading) == (200, "You are logged out here")


async def test_another_browser_cannot_log_somebody_out(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    await place.linked(browser)
    second_browser.page, second_browser.address = browser.page, browser.address

    await second_browser.send_on()

    assert second_browser.heading == "Jatka samassa selaimessa"
    assert await ended_by(place) == [""]


async def test_the_provider_logs_somebody_out_without_any_cookie(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    await place.linked(browser)

    await second_browser.open(wish(place))

    assert second_browser.heading == "Palvelu kirjasi sinut ulos"
    assert urlsplit(second_browser.address).path == "/slo"
    assert parse_qs(urlsplit(second_browser.address).query)["RelayState"] == ["state 1"]
    assert await ended_by(place) == ["provider"]
    assert not await is_fresh(place)
    await second_browser.open(wish(place))
    assert second_browser.heading == "Palvelu kirjasi sinut ulos"


async def test_a_login_that_waits_for_its_yes_ends_with_the_session(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    await place.log_in(browser)
    await second_browser.open(wish(place))

    await browser.send(answer="yes")

    assert not (await place.town.behind(AINO)).linked


async def test_a_later_login_outlives_the_logout_of_an_earlier_one(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    await place.linked(browser)
    first = wish(place)
    await place.log_in(second_browser)

    await browser.open(first)

    assert sorted(await ended_by(place)) == ["", "provider"]
    assert await is_fresh(place)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"issuer": "https://elsewhere.example"}, "issuer"),
        ({"to": "https://elsewhere.example/slo"}, "destination"),
    ],
)
async def test_a_wish_that_is_not_for_us_ends_nothing(
    place: Place, browser: Browser, changed: dict[str, Any], why: str
) -> None:
    await place.linked(browser)
    address = wish(place).partition("?")[0] + "?" + wish(place, **changed).partition("?")[2]

    await browser.open(address)

    assert f"<code>identity.identification_failed · {why}</code>" in browser.page
    assert await ended_by(place) == [""]


async def test_a_wish_that_the_provider_did_not_sign_ends_nothing(place: Place, browser: Browser) -> None:
    await place.linked(browser)
    address = wish(place)
    unsigned = address.partition("&SigAlg=")[0]
    weak = address.replace("rsa-sha256", "rsa-sha1")

    for each in (wish(place, Keys.fresh()), unsigned, weak, f"{address}&RelayState=another"):
        await browser.open(each)
        assert browser.status == 400

    assert await ended_by(place) == [""]
    assert {why for why, _ in await place.refusals()} == {"forged", "malformed"}


async def test_an_old_wish_ends_nothing(place: Place, browser: Browser) -> None:
    await place.linked(browser)

    await browser.open(wish(place, at=place.provider.now() - timedelta(minutes=11)))

    assert browser.status == 400
    assert await ended_by(place) == [""]


async def test_a_word_for_a_logout_that_nobody_asked_for_is_not_believed(
    place: Place, browser: Browser
) -> None:
    await place.linked(browser)
    provider = place.provider
    (session,) = provider.sessions
    attempt = browser.address.rpartition("/")[2]
    word = messages.logout_response(
        provider.entity_id, session.client.logout, f"_{attempt}.guessed", provider.now()
    )

    await browser.open(f"{session.client.logout}?{signed_query(provider.keys, 'SAMLResponse', word)}")

    assert "identity.identification_failed · nonce" in browser.page


async def test_a_query_that_unfolds_without_end_is_refused(place: Place, browser: Browser) -> None:
    import zlib
    from base64 import b64encode
    from urllib.parse import urlencode

    packer = zlib.compressobj(wbits=-15)
    bomb = packer.compress(b"<a>" + b" " * 3_000_000 + b"</a>") + packer.flush()
    query = urlencode({"SAMLRequest": b64encode(bomb).decode()})

    await browser.open(f"{place.town.settings.login_url}/saml/logout?{query}")

    assert browser.status == 400
    assert "malformed" in browser.page


async def test_the_index_of_a_session_cannot_write_a_message(place: Place) -> None:
    from services.identity.domain.subject import Subject
    from services.identity.saml.leaving import _LogoutRequest

    subject = Subject(name_id="a<b>&", qualifier='"', sp_qualifier="'", session_index="x</y><z/>&")
    request = _LogoutRequest(_any_settings(), "_1", subject)

    root = etree.fromstring(request.get_xml())
    assert root.findtext("{urn:oasis:names:tc:SAML:2.0:protocol}SessionIndex") == subject.session_index
    assert root.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}NameID") == subject.name_id


def _any_settings() -> object:
    from services.identity.saml.keys import new_pair
    from services.identity.saml.provider import IdentityProvider
    from services.identity.saml.wire import Us, Wire

    pair = new_pair("us")
    us = Us(
        entity_id="https://us.example",
        keys=pair,
        acs="https://us.example/acs",
        logout="https://us.example/logout",
        contexts=("a",),
    )
    there = IdentityProvider(
        entity_id="https://idp.example",
        login="https://idp.example/sso",
        logout="https://idp.example/slo",
        logged_out="https://idp.example/slo",
        certificates=(pair.certificate,),
    )
    return Wire(us, there).settings()


@pytest.mark.parametrize(
    ("language", "heading", "next_step"),
    [
        ("fi", "Tästä osoitteesta ei kirjauduta ulos", "sulje selaimen kaikki ikkunat"),
        ("sv", "Från den här adressen loggar man inte ut", "stäng webbläsarens alla fönster"),
        ("en", "This address does not log you out", "close all windows of the browser"),
    ],
)
async def test_who_opens_the_address_of_logouts_bare_is_told_what_it_is_for(
    place: Place, browser: Browser, language: str, heading: str, next_step: str
) -> None:
    await place.linked(browser)

    async with browser.session.get(
        f"{place.town.settings.login_url}/saml/logout", headers={"Accept-Language": language}
    ) as response:
        await browser._show(response)

    assert (browser.status, browser.heading) == (400, heading)
    assert next_step in browser.page
    assert "identification_failed" not in browser.page
    assert await place.refusals() == []
    assert await is_fresh(place)
