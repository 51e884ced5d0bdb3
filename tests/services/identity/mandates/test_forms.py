"""In which form Suomi.fi answers is the operator's choice; the whole way works in either."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.identity.mandates.signed import Seal, SealInvalid, seal_of
from simulator.suomifi.app import StandIn
from simulator.suomifi.signing import Signer
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import Town
from tests.services.identity.mandates.asking import Asking, MakeSeal, asking

SERVICE = "0b8d63f8-8b29-4f34-8f0e-6f1f0d1d9f8a"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is kept is the same in either form."""
    return sqlite_url


def good(suomifi: StandIn) -> Seal:
    return Seal(key=suomifi.signer.public, service=suomifi.census.clients["kantaeks"].service)


def of_another(suomifi: StandIn) -> Seal:
    return Seal(key=Signer().public, service=suomifi.census.clients["kantaeks"].service)


def for_another(suomifi: StandIn) -> Seal:
    return Seal(key=suomifi.signer.public, service=SERVICE)


@pytest.fixture
async def place(town: Town, request: pytest.FixtureRequest) -> AsyncIterator[Asking]:
    seal: MakeSeal | None = request.param
    async with asking(town, seal) as found:
        yield found


async def ask(place: Asking, browser: Browser) -> list[str]:
    """Which addresses Suomi.fi was asked at for what Katri chose."""
    await place.log_in(browser, "Katri")
    await place.ask(browser, "0")
    return [one.target for one in place.suomifi.journal.entries if one.step == "ask"]


@pytest.mark.parametrize("place", [None, good], indirect=True)
async def test_what_somebody_chose_is_taken_in_in_either_form(place: Asking, browser: Browser) -> None:
    (asked,) = await ask(place, browser)

    assert browser.heading == "Suomi.fi on vastannut"
    assert set(await place.mandates("Katri")) == {"9100010-1"}
    assert ("/jwt/" in asked) is (place.step.visits.seal is not None)
    assert place.steps() == ["register", "token", "ask", "unregister"]


@pytest.mark.parametrize("place", [of_another, for_another], indirect=True)
async def test_a_signed_answer_that_is_not_believed_gives_nothing_and_the_visit_is_closed(
    place: Asking, browser: Browser
) -> None:
    await ask(place, browser)

    assert browser.status == 502
    assert await place.mandates("Katri") == {}
    assert place.steps()[-1] == "unregister"


def test_signed_answers_without_a_key_or_a_name_do_not_start(tmp_path: Path) -> None:
    key, broken = tmp_path / "key.pem", tmp_path / "broken.pem"
    key.write_text(Signer().public)
    broken.write_text("no key")

    assert seal_of("plain", None, "") is None
    assert seal_of("signed", key, SERVICE) == Seal(key=key.read_text(), service=SERVICE)
    for path, service in ((None, SERVICE), (key, ""), (broken, SERVICE)):
        with pytest.raises(SealInvalid):
            seal_of("signed", path, service)
