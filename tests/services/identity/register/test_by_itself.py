"""The register is read without anybody: at first, when told to, and again after a bad day."""

from services.identity.register.refresher import Told
from services.identity.storage.register_tables import RUNS
from tests.services.identity.register.conftest import Reading
from tests.support.stack import seen


async def outcomes(reading: Reading, *expected: str) -> None:
    async def look() -> bool | None:
        return await reading.outcomes() == [*expected] or None

    await seen(look, f"readings that ended {expected}")


async def test_what_was_never_read_is_read_at_once_and_again_when_told(reading: Reading) -> None:
    refresher = reading.refresher()

    async with refresher.at_work():
        await outcomes(reading, "complete")
        assert (await refresher.due())[0] is not None
        refresher.wake(Told(whole=False))
        await outcomes(reading, "complete", "complete")

    whole = [row.whole for row in await reading.rows(RUNS)]
    assert whole == [True, False]


async def test_a_bad_day_is_noted_and_ends_no_reading_for_good(reading: Reading) -> None:
    reading.server.knobs.away = True
    refresher = reading.refresher()

    async with refresher.at_work():
        await outcomes(reading, "identity.register_unreachable")
        due, whole = await refresher.due()
        assert due is not None
        assert due > refresher.now()
        assert whole
        reading.server.knobs.away = False
        refresher.wake(Told(whole=True))
        await outcomes(reading, "identity.register_unreachable", "complete")
