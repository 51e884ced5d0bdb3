"""Whoever logged in at Suomi.fi and is refused here can log out of Suomi.fi, and nobody else for them."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from services.identity.storage.tables import PEOPLE
from shared.contracts.identity import PersonIdentified
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import AINO, BJORN, nothing_changed
from tests.services.identity.saml.conftest import Place
from tests.services.identity.saml.test_logout import ended_by, wish

OUT = "Log out of Suomi.fi"


async def forget_aino(place: Place, digest: str = "somebody else's") -> None:
    """Let nobody know Aino's code any more."""
    change = update(PEOPLE).where(PEOPLE.c.name == "Aino Mallila").values(code_digest=digest)
    await place.town.database.decide(lambda tx: tx.connection.execute(change).rowcount)


@pytest.mark.parametrize(
    ("trick", "why"),
    [
        ("other_level", "too_weak"),
        ("no_code", "code_missing"),
        ("not_a_code", "code_missing"),
        ("late", "stale"),
    ],
)
async def test_whoever_is_refused_for_what_suomifi_says_may_log_out_there(
    place: Place, browser: Browser, trick: str, why: str
) -> None:
    place.play(trick)
    await place.log_in(browser)
    assert f"<code>identity.identification_failed · {why}</code>" in browser.page
    assert OUT in browser.page
    assert await ended_by(place) == [""]
    (session,) = place.provider.sessions

    await browser.send_on()

    assert (browser.status, browser.heading) == (200, "You are logged out")
    assert place.provider.sessions == []
    assert await ended_by(place) == ["person"]
    assert await nothing_changed(place.town)
    assert session.name_id


async def test_whom_nobody_announced_may_log_out_and_is_not_let_in_later_by_the_same_answer(
    place: Place, browser: Browser
) -> None:
    link = await place.town.begin(AINO, language="en")
    await forget_aino(place)
    await browser.open(link.url)
    await browser.pick("Aino Mallila")
    refused, page = browser.address, browser.page
    assert (browser.status, OUT in page) == (403, True)
    assert urlsplit(refused).path.startswith("/saml/return/")

    await browser.open(refused)
    assert OUT in browser.page
    await browser.send_on()
    assert browser.heading == "You are logged out"
    assert place.provider.sessions == []
    await browser.open(refused)

    assert (browser.status, OUT in browser.page) == (410, False)


async def test_after_logging_out_the_same_link_leads_to_another_login(place: Place, browser: Browser) -> None:
    link = await place.town.begin(AINO, language="en")
    place.play("other_level")
    await browser.open(link.url)
    await browser.pick("Aino Mallila")
    await browser.send_on()
    place.play()

    await browser.open(link.url)
    await browser.pick("Aino Mallila")
    await browser.send(answer="yes")

    assert (await place.town.behind(AINO)).linked
    assert await ended_by(place) == [""]


async def test_somebody_in_the_account_of_another_may_log_out(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin(BJORN, language="en")).url)
    await browser.pick("Aino Mallila")

    assert (browser.status, OUT in browser.page) == (403, True)
    await browser.send_on()
    assert browser.heading == "You are logged out"


async def test_a_login_that_took_too_long_may_be_left(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin(language="en")).url)
    place.town.clock.ahead = timedelta(minutes=21)
    place.play(clock=21 * 60)
    await browser.pick("Aino Mallila")
    assert (browser.status, OUT in browser.page) == (410, True)

    await browser.send_on()

    assert place.provider.sessions == []


async def test_the_wish_names_the_login_that_was_refused(place: Place, browser: Browser) -> None:
    place.play("other_level")
    await place.log_in(browser)
    form = {"form_token": browser.page.split('name="form_token" value="')[1].split('"')[0]}
    attempt = browser.page.split('action="/saml/leave/')[1].split('"')[0]

    async with browser.session.post(
        f"{place.town.settings.login_url}/saml/leave/{attempt}", data=form, allow_redirects=False
    ) as response:
        address = urlsplit(response.headers["Location"])

    asked = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}" == place.provider.url
    assert list(asked) == ["SAMLRequest", "SigAlg", "Signature", "locale"]
    (session,) = place.provider.sessions
    told = _read(asked["SAMLRequest"][0])
    assert told.findtext("{*}NameID") == session.name_id
    assert told.findtext("{*}SessionIndex") == session.index


async def test_the_provider_may_end_a_login_that_was_refused_here(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    place.play("other_level")
    await place.log_in(browser)
    refused = browser.address
    place.play()

    await second_browser.open(wish(place))

    assert await ended_by(place) == ["provider"]
    await browser.open(refused)
    assert (browser.status, OUT in browser.page) == (410, False)


async def test_nobody_logs_another_out_who_holds_the_same_link(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    link = await place.town.begin(AINO, language="en")
    await second_browser.open(link.url)
    place.play("other_level")
    await second_browser.pick("Aino Mallila")
    page, address = second_browser.page, second_browser.address
    place.play()
    await browser.open(link.url)
    await browser.pick("Aino Mallila")
    await browser.send(answer="yes")
    second_browser.page, second_browser.address = page, address

    await second_browser.send_on()

    assert second_browser.status == 400
    assert OUT not in second_browser.page
    assert await ended_by(place) == [""]
    assert len(await place.town.facts(PersonIdentified)) == 1


async def test_a_refusal_without_a_login_there_offers_nothing(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin(language="en")).url)
    await browser.send(person="")
    await browser.send_on()

    assert (browser.status, OUT in browser.page) == (400, False)


def _read(message: str):  # type: ignore[no-untyped-def]  # lxml has no types
    import zlib
    from base64 import b64decode

    from lxml import etree

    return etree.fromstring(zlib.decompress(b64decode(message), -15))
