"""Linking, on both databases, with several hands at it at once."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

from services.identity import login
from services.identity.domain.identification import Browser, Identified, attempt_of, digest
from services.identity.storage import attempts, refused_logins
from shared.contracts.assurance import Level
from shared.contracts.identity import ChatAccount, IdentifiedAsSomebodyElse, PersonIdentified
from simulator.town.rehearsal import log_in
from tests.services.identity.conftest import AINO, BJORN, NOBODY, Town


async def came_back(town: Town, chat: ChatAccount, name: str) -> Browser:
    """Somebody who has identified, and is being asked whether *chat* is theirs."""
    secret = (await town.begin(chat)).url.rpartition("/")[2]
    attempt = await town.database.read(lambda rows: attempts.of_link(rows, digest(secret)))
    assert attempt is not None
    browser = Browser(uuid4().hex, attempt.id)
    assert attempt_of(browser.state) == attempt.id
    person = (await town.person(name)).id
    identified = Identified(person=person, at=town.clock(), method="test", level=Level.SUBSTANTIAL)
    await town.database.decide(lambda tx: login.vouched_for(tx, browser, identified, town.clock()))
    return browser


async def says_yes(town: Town, browser: Browser) -> login.Finished:
    return await town.database.decide(lambda tx: login.answered(tx, browser, mine=True, now=town.clock()))


async def test_two_people_log_in_at_once_on_either_database(open_town: Town) -> None:
    aino, bjorn = await open_town.begin(AINO), await open_town.begin(BJORN)

    await asyncio.gather(log_in(aino.url, "Aino"), log_in(bjorn.url, "Björn"))

    facts = await open_town.facts()
    assert {fact.chat for fact in facts if isinstance(fact, PersonIdentified)} == {AINO, BJORN}


async def test_an_answer_given_many_times_at_once_is_taken_once(town: Town) -> None:
    browser = await came_back(town, NOBODY, "Aino Mallila")

    answers = await asyncio.gather(*(says_yes(town, browser) for _ in range(8)))

    assert {one.person.name for one in answers if one.person} == {"Aino Mallila"}
    assert len(await town.facts(PersonIdentified)) == 1


async def test_of_two_people_who_claim_an_account_at_once_one_gets_it(town: Town) -> None:
    first = await came_back(town, NOBODY, "Aino Mallila")
    second = await came_back(town, NOBODY, "Björn Exempelström")

    outcomes = await asyncio.gather(says_yes(town, first), says_yes(town, second), return_exceptions=True)

    assert sum(isinstance(one, IdentifiedAsSomebodyElse) for one in outcomes) == 1
    (fact,) = await town.facts(PersonIdentified)
    assert isinstance(fact, PersonIdentified)
    behind = await town.behind(NOBODY)
    assert behind.person is not None
    assert behind.person.id == fact.person


async def test_old_attempts_are_forgotten_when_new_ones_begin(town: Town) -> None:
    secret = (await town.begin()).url.rpartition("/")[2]
    town.clock.ahead = timedelta(days=2)

    await town.begin()

    assert await town.database.read(lambda rows: attempts.of_link(rows, digest(secret))) is None


async def test_refusals_of_one_minute_for_one_reason_are_one_row_and_old_ones_go(town: Town) -> None:
    now = town.clock().replace(second=0)
    attempt = uuid4()

    async def note(why: str, at: datetime) -> None:
        await town.database.decide(
            lambda tx: refused_logins.note(tx, attempt=attempt, provider="idp", code="c", why=why, now=at)
        )

    for why, seconds in (("nonce", 0), ("nonce", 1), ("issuer", 2), ("nonce", 61)):
        await note(why, now + timedelta(seconds=seconds))
    first = await town.database.read(lambda rows: refused_logins.listed(rows, now - timedelta(days=1)))
    await note("later", now + refused_logins.KEPT_FOR + timedelta(minutes=5))
    after = await town.database.read(lambda rows: refused_logins.listed(rows, now - timedelta(days=1)))

    assert [(row.why, row.times) for row in first] == [("nonce", 1), ("issuer", 1), ("nonce", 2)]
    assert [row.why for row in after] == ["later"]
