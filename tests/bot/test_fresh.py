"""What was true a moment ago, and what was asked before it changed."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.fernet import Fernet

from bot.fresh import Fresh
from bot.installations.installation import Installation
from bot.installations.installations import Installations
from bot.installations.tables import METADATA
from bot.installations.vault import Vault
from bot.people import NAMES_FOR, People
from bot.speech import Tongue
from shared.contracts.base import Language, Message
from shared.contracts.identity import ChatAccount, ChatIdentity, Organisations, PersonView
from shared.contracts.identity import People as DescribedPeople
from shared.messaging.bus import Caller
from shared.storage.database import Database
from tests.bot.makers import NOW, TEAM, a_person, an_organisation
from tests.support.migrated import migrated

MAIJA, OLLE = ChatAccount(team=TEAM, user="U0MAIJA"), ChatAccount(team=TEAM, user="U0OLLE")


class Held:
    """An answer that is on its way until it is let go."""

    def __init__(self, answer: str | None) -> None:
        self._answer = answer
        self.asked = 0
        self.may_go = asyncio.Event()
        self.was_asked = asyncio.Event()

    async def __call__(self) -> str | None:
        self.asked += 1
        self.was_asked.set()
        await self.may_go.wait()
        return self._answer


def at_once(answer: str | None) -> Callable[[], Awaitable[str | None]]:
    async def answered() -> str | None:
        return answer

    return answered


async def test_what_is_known_is_not_asked_again() -> None:
    fresh: Fresh[str, str] = Fresh(60)
    held = Held("first")
    held.may_go.set()

    assert [await fresh.recall("a", held) for _ in range(3)] == ["first"] * 3
    assert held.asked == 1


async def test_nothing_is_no_knowledge() -> None:
    fresh: Fresh[str, str] = Fresh(60)

    assert await fresh.recall("a", at_once(None)) is None
    assert await fresh.recall("a", at_once("there now")) == "there now"


@pytest.mark.parametrize("forgotten", ["a", "b"])
async def test_an_answer_that_was_asked_for_before_it_was_forgotten_is_not_kept(forgotten: str) -> None:
    """It may have been read before that which made us forget; about another thing we only ask once more."""
    fresh: Fresh[str, str] = Fresh(60)
    held = Held("old")
    asking = asyncio.create_task(fresh.recall("a", held))
    await held.was_asked.wait()
    fresh.forget(forgotten)
    held.may_go.set()

    assert await asking == "old"
    assert await fresh.recall("a", at_once("new")) == "new"


class Bus:
    """Identity, whose answers are on their way until they may go."""

    def __init__(self, *answers: Message, held: bool = True) -> None:
        self._answers = iter(answers)
        self.may_go = asyncio.Event()
        self.was_asked = asyncio.Event()
        if not held:
            self.may_go.set()

    async def call(self, request: object, *, on_behalf: object = None) -> Message:
        answer = next(self._answers)
        self.was_asked.set()
        await self.may_go.wait()
        return answer


def identity(language: Language | None, *, linked: bool, person: PersonView | None = None) -> ChatIdentity:
    return ChatIdentity(person=person, linked=linked, language=language)


async def test_who_was_asked_about_before_they_unlinked_is_asked_about_again() -> None:
    bus = Bus(identity(None, linked=True), identity(None, linked=False))
    people = People(cast(Caller, bus))
    asking = asyncio.create_task(people.identity(MAIJA))
    await bus.was_asked.wait()
    people.forget(MAIJA)
    bus.may_go.set()
    await asking

    assert not (await people.identity(MAIJA)).linked


async def test_a_language_chosen_meanwhile_is_not_undone_by_an_older_answer() -> None:
    bus = Bus(identity("fi", linked=True))
    people = People(cast(Caller, bus))
    asking = asyncio.create_task(people.identity(MAIJA))
    await bus.was_asked.wait()
    people.chose(MAIJA, "sv")
    bus.may_go.set()
    await asking

    assert await people.language(MAIJA) == "sv"


async def test_who_is_asked_about_while_somebody_else_is_forgotten_is_spoken_to_in_their_language() -> None:
    bus = Bus(identity("sv", linked=True))
    people = People(cast(Caller, bus))
    asking = asyncio.create_task(people.tongue(MAIJA))
    await bus.was_asked.wait()
    people.forget(OLLE)
    bus.may_go.set()

    assert await asking == Tongue(chosen="sv")


async def test_an_account_whose_person_changed_while_it_was_asked_about_is_asked_about_again() -> None:
    person = a_person("Maija", MAIJA.user)
    bus = Bus(identity("fi", linked=True, person=person), identity("sv", linked=True, person=person))
    people = People(cast(Caller, bus))
    asking = asyncio.create_task(people.identity(MAIJA))
    await bus.was_asked.wait()
    people.forget_person(person.id)
    bus.may_go.set()
    await asking

    assert await people.tongue(MAIJA) == Tongue(chosen="sv", registered=person.language)


async def test_who_is_known_when_names_are_asked_for_is_named_even_if_forgotten_meanwhile() -> None:
    maija, olle = a_person("Maija", MAIJA.user), a_person("Olle", OLLE.user)
    bus = Bus(DescribedPeople(people=(maija,)), DescribedPeople(people=(olle,)), held=False)
    people = People(cast(Caller, bus))
    await people.named([maija.id])
    bus.may_go.clear()
    bus.was_asked.clear()
    asking = asyncio.create_task(people.named([maija.id, olle.id]))
    await bus.was_asked.wait()
    people.forget_person(maija.id)
    bus.may_go.set()

    assert await asking == {maija.id: maija, olle.id: olle}


async def test_an_organisation_that_is_known_no_more_when_the_others_come_is_described_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clinic, pharmacy = an_organisation("Clinic"), an_organisation("Pharmacy")
    bus = Bus(Organisations(organisations=(clinic,)), Organisations(organisations=(pharmacy,)), held=False)
    people = People(cast(Caller, bus))
    await people.organisations([clinic.id])
    bus.may_go.clear()
    bus.was_asked.clear()
    asking = asyncio.create_task(people.organisations([clinic.id, pharmacy.id]))
    await bus.was_asked.wait()
    later = time.monotonic() + 2 * NAMES_FOR
    monkeypatch.setattr("bot.fresh.time", SimpleNamespace(monotonic=lambda: later))
    bus.may_go.set()

    assert await asking == {clinic.id: clinic, pharmacy.id: pharmacy}


async def test_an_installation_that_ends_while_it_is_looked_up_is_not_found_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrated("bot", database_url)
    database = Database(database_url, METADATA)
    vault = Vault([Fernet.generate_key().decode()])
    installations = Installations(database, vault, lambda: NOW)
    one = Installation(
        place=TEAM,
        team=TEAM,
        enterprise=None,
        name="Clinic",
        bot_user="U0BOT",
        installed_at=NOW,
        token="xoxb-test",
    )
    async with database.working():
        await Installations(database, vault, lambda: NOW).put(one)
        was_read, may_go = asyncio.Event(), asyncio.Event()
        read = database.read

        async def slowly(query: Callable[[Any], Any]) -> Any:
            found = await read(query)
            was_read.set()
            await may_go.wait()
            return found

        monkeypatch.setattr(database, "read", slowly)
        looking = asyncio.create_task(installations.find(TEAM))
        await was_read.wait()
        await installations.end(TEAM)
        may_go.set()
        assert await looking is not None
        assert await installations.find(TEAM) is None
