"""Answers of Suomi.fi and logins there as rows, on both databases."""

from datetime import timedelta
from uuid import uuid4

from services.identity.domain.subject import Subject
from services.identity.saml import ending
from services.identity.saml.leaving import LogoutWish
from services.identity.storage import saml
from services.identity.storage.saml import Session
from shared.storage.transaction import Transaction
from tests.services.identity.conftest import Town


async def begun(town: Town, name: str, index: str, name_id: str = "a name") -> Session:
    person = await town.person(name)
    session = Session(
        attempt=uuid4(),
        person=person.id,
        subject=Subject(name_id=name_id, qualifier="idp", sp_qualifier="us", session_index=index),
        identified_at=town.clock(),
        expires_at=town.clock() + timedelta(hours=8),
    )

    def write(tx: Transaction) -> None:
        saml.begin(tx, session)
        saml.begin(tx, session)

    await town.database.decide(write)
    return session


async def ended(town: Town, *indexes: str, name_id: str = "a name") -> int:
    wish = LogoutWish(id="_1", name_id=name_id, session_indexes=indexes)
    return await town.database.decide(lambda tx: ending.by_provider(tx, wish, town.clock()))


async def test_an_assertion_is_remembered_and_its_ticket_is_good_once(town: Town) -> None:
    attempt, until = uuid4(), town.clock() + timedelta(minutes=11)

    def remember(tx: Transaction, ticket: str) -> bool:
        return saml.remember(tx, assertion="_a", attempt=attempt, ticket=ticket, sealed="sealed", until=until)

    first = await town.database.decide(lambda tx: remember(tx, "ticket"))
    second = await town.database.decide(lambda tx: remember(tx, "another"))
    waiting = await town.database.read(lambda rows: saml.waiting(rows, "ticket"))
    taken = [await town.database.decide(lambda tx: saml.take(tx, "ticket")) for _ in range(2)]

    assert (first, second) == (True, False)
    assert waiting == (attempt, "sealed")
    assert taken == [True, False]
    assert await town.database.read(lambda rows: saml.waiting(rows, "ticket")) is None
    await town.database.decide(lambda tx: saml.forget(tx, until + timedelta(seconds=1)))
    assert await town.database.decide(lambda tx: remember(tx, "a third"))


async def test_the_provider_ends_the_sessions_of_a_name_or_some_of_them(town: Town) -> None:
    one = await begun(town, "Aino Mallila", "_1")
    await begun(town, "Aino Mallila", "_2")
    await begun(town, "Björn Exempelström", "_1", "another name")

    assert await ended(town, "_3") == 0
    assert await ended(town, "_1") == 1
    assert await ended(town) == 1
    assert await ended(town) == 0
    found = await town.database.read(lambda rows: saml.session(rows, one.attempt))
    assert found is not None
    assert (found.ended_by, found.subject, found.identified_at) == (
        "provider",
        one.subject,
        one.identified_at,
    )


async def test_sessions_that_are_long_over_are_forgotten(town: Town) -> None:
    one = await begun(town, "Aino Mallila", "_1")

    await town.database.decide(lambda tx: saml.forget(tx, town.clock() + timedelta(hours=33)))

    assert await town.database.read(lambda rows: saml.session(rows, one.attempt)) is None
