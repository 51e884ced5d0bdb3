"""Logging in through the pages, against a real provider, in a real (if small) browser."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import update

from services.identity import keys
from services.identity.pages import Pages, serving
from services.identity.provider import reaching
from services.identity.storage import chats
from services.identity.storage.tables import PEOPLE
from shared.contracts.assurance import Level
from shared.contracts.identity import ChatAccount, Intent, LanguageSet, PersonIdentified
from simulator.town.provider import METHOD, RunningProvider
from simulator.town.rehearsal import Browser, LoginFailed, log_in
from tests.services.identity.conftest import AINO, NOBODY, Town, nothing_changed
from tests.support.bus import free_port


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both take part in a login is shown elsewhere."""
    return sqlite_url


async def test_a_person_logs_in_says_that_the_account_is_theirs_and_acts_as_themselves(
    open_town: Town, browser: Browser
) -> None:
    intent = Intent(kind="accept", subject=uuid4(), request_id=uuid4(), details={"role": "reader"})
    link = await open_town.begin(chat_name="Aino M. <b>", language="en", intent=intent)
    await browser.open(link.url)
    at_provider = browser.address
    await browser.send(sub="Aino Mallila")
    question = browser.page
    assert await nothing_changed(open_town)

    await browser.send(answer="yes")

    asked = {key: values[0] for key, values in parse_qs(urlsplit(at_provider).query).items()}
    assert (asked["prompt"], asked["ui_locales"], asked["code_challenge_method"]) == ("login", "en", "S256")
    assert "Is this Slack account yours?" in question
    assert "Aino M. &lt;b&gt;" in question
    assert "Aino Mallila" in question
    assert browser.heading == "Valmista, palaa Slackiin"
    assert "ei tarvitse tehdä enää mitään" in browser.page
    behind = await open_town.behind(AINO)
    assert behind.linked
    assert behind.person is not None
    (fact,) = await open_town.facts(PersonIdentified)
    assert isinstance(fact, PersonIdentified)
    assert (fact.person, fact.chat, fact.intent) == (behind.person.id, AINO, intent)
    assert (fact.method, fact.level) == (METHOD, Level.SUBSTANTIAL)
    assert fact.linked_at == behind.person.linked_at
    assert abs(open_town.clock() - fact.identified_at) < timedelta(seconds=30)


async def test_a_linked_person_goes_straight_on(open_town: Town, browser: Browser) -> None:
    await log_in((await open_town.begin()).url, "Aino")
    await browser.open((await open_town.begin()).url)

    await browser.send(sub="Aino Mallila")

    assert browser.heading == "Valmista, palaa Slackiin"
    first, second = await open_town.facts(PersonIdentified)
    assert isinstance(first, PersonIdentified)
    assert isinstance(second, PersonIdentified)
    assert first.linked_at == second.linked_at
    assert first.event_id != second.event_id


async def test_saying_no_links_nothing_and_uses_the_link_up(open_town: Town, browser: Browser) -> None:
    link = await open_town.begin()
    await browser.open(link.url)
    await browser.send(sub="Aino Mallila")

    await browser.send(answer="no")

    assert browser.heading == "Mitään ei yhdistetty"
    assert await nothing_changed(open_town)
    await browser.open(link.url)
    assert browser.status == 410


async def test_an_account_of_somebody_else_is_not_linked(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin(AINO)).url)

    await browser.send(sub="Björn Exempelström")

    assert (browser.status, browser.heading) == (403, "Slack-tunnus on toisen henkilön")
    assert "identity.somebody_else" in browser.page
    assert await nothing_changed(open_town)


async def test_a_linked_account_stays_with_its_person(open_town: Town) -> None:
    await log_in((await open_town.begin(NOBODY)).url, "Aino")

    with pytest.raises(LoginFailed, match="toisen henkilön"):
        await log_in((await open_town.begin(NOBODY)).url, "Björn")

    behind = await open_town.behind(NOBODY)
    assert behind.person is not None
    assert behind.person.name == "Aino Mallila"
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_a_person_may_link_another_account_and_is_reached_there(open_town: Town) -> None:
    elsewhere = ChatAccount(team="T0OTHER", user="U0AINO")
    await log_in((await open_town.begin(AINO)).url, "Aino")
    await log_in((await open_town.begin(elsewhere)).url, "Aino")

    aino = await open_town.person("Aino Mallila")
    assert aino.chat == elsewhere
    assert aino.linked_at is not None
    assert (await open_town.behind(AINO)).linked


async def test_somebody_whom_nobody_announced_is_told_so_kindly(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin(language="sv")).url)
    await open_town.database.decide(
        lambda tx: (
            tx.connection.execute(
                update(PEOPLE)
                .where(PEOPLE.c.name == "Daniel Sampleton")
                .values(code_digest="somebody else's")
            ).rowcount
        )
    )

    await browser.send(sub="Daniel Sampleton")

    assert (browser.status, browser.heading) == (403, "Vi känner dig inte ännu")
    assert "identity.person_unknown" in browser.page
    assert await nothing_changed(open_town)


async def test_a_login_begun_in_the_last_minute_may_be_finished(open_town: Town, browser: Browser) -> None:
    link = await open_town.begin()
    open_town.clock.ahead = timedelta(minutes=9)
    await browser.open(link.url)
    await browser.send(sub="Aino Mallila")
    open_town.clock.ahead = timedelta(minutes=12)

    await browser.send(answer="yes")

    assert browser.heading == "Valmista, palaa Slackiin"


async def test_whoever_goes_back_to_the_question_after_the_answer_sees_how_it_ended(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin(language="sv")).url)
    await browser.send(sub="Aino Mallila")
    question = browser.address
    await browser.send(answer="yes")
    ended = browser.heading

    await browser.open(question)

    assert (browser.status, browser.heading) == (200, ended)
    assert "/done/" in browser.address
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_a_link_works_once(open_town: Town, browser: Browser) -> None:
    link = await open_town.begin()
    await log_in(link.url, "Aino")

    await browser.open(link.url)

    assert browser.status == 410
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_a_cancelled_login_changes_nothing_and_may_be_begun_again(
    open_town: Town, browser: Browser
) -> None:
    link = await open_town.begin(language="en")
    await browser.open(link.url)

    await browser.send(action="deny")

    assert (browser.status, browser.heading) == (400, "You cancelled the login")
    assert await nothing_changed(open_town)
    await log_in(link.url, "Aino")
    assert (await open_town.behind(AINO)).linked


async def test_pressing_yes_twice_links_once_and_shows_the_same_page(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin()).url)
    await browser.send(sub="Aino Mallila")
    question, address = browser.page, browser.address
    await browser.send(answer="yes")
    browser.page, browser.address = question, address

    await browser.send(answer="yes")

    assert browser.heading == "Valmista, palaa Slackiin"
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_no_after_yes_changes_nothing(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    await browser.send(sub="Aino Mallila")
    question, address = browser.page, browser.address
    await browser.send(answer="yes")
    browser.page, browser.address = question, address

    await browser.send(answer="no")

    assert (await open_town.behind(AINO)).linked


@pytest.mark.parametrize(
    "path", ["/", "/identify/guessed", "/callback", "/callback?state=x", "/done/" + "0" * 32, "/confirm/x"]
)
async def test_any_other_address_gets_a_kind_page(open_town: Town, browser: Browser, path: str) -> None:
    await browser.open(open_town.settings.login_url + path)

    assert 400 <= browser.status < 500
    assert "<h2>Mitä teen nyt?</h2>" in browser.page


async def test_the_language_chosen_in_chat_becomes_the_persons_with_the_link(open_town: Town) -> None:
    await open_town.database.decide(lambda tx: chats.speak(tx, AINO, "en"))

    await log_in((await open_town.begin()).url, "Aino")

    assert (await open_town.person("Aino Mallila")).language == "en"
    (fact,) = await open_town.facts(LanguageSet)
    assert isinstance(fact, LanguageSet)
    assert fact.language == "en"


async def test_behind_tls_the_cookie_is_for_this_host_and_tls_alone(
    open_town: Town, browser: Browser, provider: RunningProvider
) -> None:
    link, port = await open_town.begin(), free_port()
    async with reaching(open_town.settings, open_town.clock) as client:
        pages = Pages(
            database=open_town.database,
            provider=client,
            codes=keys.codes(open_town.settings.key_folder),
            https=True,
            now=open_town.clock,
        )
        async with serving(pages, host="127.0.0.1", port=port):
            address = f"http://127.0.0.1:{port}/identify/{link.url.rpartition('/')[2]}"
            async with browser.session.get(address, allow_redirects=False) as response:
                cookie = response.headers["Set-Cookie"]

    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
