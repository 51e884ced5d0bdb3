"""People whom Suomi.fi knows by a SATU, or by another country's identifier, log in as anybody else does."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.identity import keys, settle
from services.identity.settings import IdentitySettings
from shared.contracts.identity import ChatAccount, PersonIdentified
from simulator.suomifi.identification.app import Citizen
from simulator.town.inhabitants import REGISTER
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import Clock
from tests.services.identity.saml.conftest import Place, playing

SATU, EIDAS, CODE = "99000160J", "SE/FI/19121212-1212-tester", "010190-997U"
CHAT = ChatAccount(team="T0TOWN", user="U0SANNA")
PEOPLE = [
    Citizen("Sanna Satula", satu=SATU),
    Citizen("Sanna Molemmilla", CODE, satu=SATU),
    Citizen("Sven Exempel", eidas=EIDAS),
]


@pytest.fixture
async def place(settings: IdentitySettings, clock: Clock) -> AsyncIterator[Place]:
    async with playing(settings, clock) as found:
        found.provider.people = [*found.provider.people, *PEOPLE]
        yield found


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def announce(place: Place, *people: dict[str, Any]) -> None:
    told = [{"language": "fi", "chat": {"team": CHAT.team, "user": CHAT.user}} | one for one in people]
    file = settle.PeopleFile.model_validate({"people": told})
    town = place.town
    codes, concepts = keys.codes(town.settings.key_folder), settle.read_register(REGISTER)
    vault = keys.vault(town.settings)
    await town.database.decide(lambda tx: settle.settle(tx, concepts, file, codes, town.clock(), vault))


async def log_in(place: Place, browser: Browser, name: str) -> None:
    await browser.open((await place.town.begin(CHAT, language="en")).url)
    await browser.pick(name)


@pytest.mark.parametrize(
    ("announced", "who"),
    [
        ({"satu": SATU}, "Sanna Satula"),
        ({"satu": SATU}, "Sanna Molemmilla"),
        ({"eidas": EIDAS}, "Sven Exempel"),
    ],
)
async def test_somebody_announced_by_it_logs_in_and_it_is_left_nowhere(
    place: Place,
    browser: Browser,
    announced: dict[str, str],
    who: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    await announce(place, {"name": "Announced Somebody"} | announced)

    await log_in(place, browser, who)
    await browser.send(answer="yes")

    assert browser.heading.startswith("Valmista")
    (fact,) = await place.town.facts(PersonIdentified)
    # The provider, which is played in this process, is told by its library what it signs.
    ours = " ".join(one.getMessage() for one in caplog.records if not one.name.startswith("signxml"))
    seen = browser.page + fact.model_dump_json() + ours + capsys.readouterr().out
    written = await asyncio.to_thread(every_byte, tmp_path)
    for told in (SATU, EIDAS, CODE):
        assert told not in seen
        assert told.encode() not in written


async def test_two_identifiers_of_two_people_let_nobody_in(place: Place, browser: Browser) -> None:
    await announce(
        place, {"name": "One", "satu": SATU}, {"name": "Another", "personal_code": CODE, "chat": None}
    )

    await log_in(place, browser, "Sanna Molemmilla")

    assert browser.status == 400
    assert "identity.identification_failed · code_ambiguous" in browser.page
    assert await place.town.facts(PersonIdentified) == []


async def test_a_kind_of_identifier_never_stands_for_another(place: Place, browser: Browser) -> None:
    await announce(place, {"name": "Sanna Satula", "satu": SATU})

    await log_in(place, browser, "Sven Exempel")

    assert browser.status == 403
