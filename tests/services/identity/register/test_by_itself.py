"""The registers are read without anybody: at first, when told to, and again after a bad day."""

from services.identity.domain.registers import ORGANISATIONS, PRACTITIONERS
from services.identity.register.refresher import Told
from services.identity.storage.register_tables import RUNS
from shared.contracts.identity import RegisterName
from tests.services.identity.register.conftest import Reading
from tests.support.stack import seen

UNREACHABLE = "identity.register_unreachable"


async def outcomes(reading: Reading, *expected: str) -> None:
    async def look() -> bool | None:
        return await reading.outcomes() == [*expected] or None

    await seen(look, f"readings that ended {expected}")


async def test_what_was_never_read_is_read_at_once_and_again_when_told(reading: Reading) -> None:
    refresher = reading.refresher()

    async with refresher.at_work():
        await outcomes(reading, "complete", "complete")
        assert (await refresher.due())[0] is not None
        refresher.wake([Told(one, whole=False) for one in RegisterName])
        await outcomes(reading, *["complete"] * 4)

    read = [(row.register_name, row.whole) for row in await reading.rows(RUNS)]
    assert read == [
        (ORGANISATIONS, True),
        (PRACTITIONERS, True),
        (ORGANISATIONS, False),
        (PRACTITIONERS, False),
    ]


async def test_a_bad_day_is_noted_and_ends_no_reading_for_good(reading: Reading) -> None:
    reading.server.knobs.away = True
    refresher = reading.refresher()

    async with refresher.at_work():
        await outcomes(reading, *[UNREACHABLE] * 2)
        due, told = await refresher.due()
        assert due is not None
        assert due > refresher.now()
        assert told.whole
        reading.server.knobs.away = False
        refresher.wake([Told(ORGANISATIONS, whole=True)])
        await outcomes(reading, *[UNREACHABLE] * 2, "complete")
