"""Logging in with Suomi.fi itself, through both its pages and ours."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from shared.contracts.identity import PersonIdentified
from simulator.suomifi.identification.names import LOA2
from simulator.town.rehearsal import Browser, log_in
from tests.services.identity.conftest import AINO
from tests.services.identity.saml.conftest import Place


async def test_a_person_logs_in_at_suomifi_and_says_that_the_account_is_theirs(
    place: Place, browser: Browser
) -> None:
    await browser.open((await place.town.begin(language="sv")).url)
    asked = parse_qsl(urlsplit(browser.address).query)
    question = browser.page
    await browser.pick("Aino Mallila")
    await browser.send(answer="yes")

    assert [name for name, _ in asked] == ["SAMLRequest", "SigAlg", "Signature", "locale"]
    assert asked[-1] == ("locale", "sv")
    assert "Vem är du?" in question
    assert browser.heading == "Valmista, palaa Slackiin"
    assert (await place.town.behind(AINO)).linked
    (fact,) = await place.town.facts(PersonIdentified)
    assert isinstance(fact, PersonIdentified)
    assert fact.method == LOA2
    assert abs(place.town.clock() - fact.identified_at) < timedelta(seconds=30)


async def test_a_linked_person_goes_straight_on(place: Place) -> None:
    await log_in((await place.town.begin()).url, "Aino")
    await log_in((await place.town.begin()).url, "Aino")

    assert len(await place.town.facts(PersonIdentified)) == 2


async def test_whoever_cancels_at_suomifi_may_begin_again(place: Place, browser: Browser) -> None:
    link = await place.town.begin(language="en")
    await browser.open(link.url)
    await browser.send(person="")

    await browser.send_on()

    assert (browser.status, browser.heading) == (400, "You cancelled the login")
    await log_in(link.url, "Aino")
    assert (await place.town.behind(AINO)).linked


async def test_a_key_that_just_changed_at_the_provider_is_believed(place: Place) -> None:
    from simulator.suomifi.identification.keys import Keys

    await log_in((await place.town.begin()).url, "Aino")
    place.provider.keys = Keys.fresh()
    place.town.clock.ahead = timedelta(minutes=2)
    place.play(clock=120)

    await log_in((await place.town.begin()).url, "Aino")

    assert len(await place.town.facts(PersonIdentified)) == 2
