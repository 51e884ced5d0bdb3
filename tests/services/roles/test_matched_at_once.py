"""Two holders of one listing who are matched at the same moment: what counts afterwards is both."""

import asyncio
from threading import Event

import pytest

from shared.contracts.legacy import LegacyGrantView, MatchLegacyHolder
from shared.storage.transaction import Transaction
from tests.services.roles.conftest import Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, OTHER_MAIN, an_actor
from tests.services.roles.legacy_town import Archive, a_row

# How long the first holds its transaction open for the second, which may have to wait for its end.
MEANWHILE = 0.5


@pytest.fixture
def archive(office: Office) -> Archive:
    return Archive(office)


async def test_what_is_known_of_katso_after_two_at_once_is_what_both_wrote(archive: Archive) -> None:
    await archive.import_rows(
        a_row(person=None), a_row(line=3, katso_id="K2", holder="Björn", katso_role="Lukija", person=None)
    )
    first, second = (await archive.all()).values()
    has_looked, has_followed = Event(), Event()
    to_holder = MatchLegacyHolder(legacy=first.id, person=HOLDER)
    to_other = MatchLegacyHolder(legacy=second.id, person=OTHER_MAIN)

    def match_and_wait(tx: Transaction) -> LegacyGrantView:
        matched = archive.handlers.match_legacy_holder(tx, to_holder, an_actor(MAIN))
        has_looked.set()
        has_followed.wait(MEANWHILE)
        return matched

    def match(tx: Transaction) -> LegacyGrantView:
        matched = archive.handlers.match_legacy_holder(tx, to_other, an_actor(MAIN))
        has_followed.set()
        return matched

    database = archive.office.database
    begun = asyncio.create_task(database.decide(match_and_wait))
    await asyncio.to_thread(has_looked.wait)
    await asyncio.gather(begun, database.decide(match))

    known = archive.handlers.model.imported
    assert {*known._held[COUNTY]} == {HOLDER, OTHER_MAIN}
