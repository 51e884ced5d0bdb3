"""Every refused login leaves a row, with nobody's data in it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.contracts.identity import ListRefusedLogins, RefusedLogin
from simulator.town.rehearsal import Browser, log_in
from tests.services.identity.conftest import BOT, Town


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both count alike is shown below."""
    return sqlite_url


async def refused(town: Town) -> tuple[RefusedLogin, ...]:
    wish = ListRefusedLogins(since=town.clock() - timedelta(hours=1))
    found = await town.database.read(lambda rows: town.handlers.list_refused_logins(rows, wish, BOT))
    assert all(one.first_at <= one.last_at for one in found.logins)
    return found.logins


async def test_a_login_that_succeeds_leaves_none(open_town: Town) -> None:
    await log_in((await open_town.begin()).url, "Aino")

    assert await refused(open_town) == ()


async def test_a_refused_login_tells_which_why_and_at_whose_word(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    attempt = parse_qs(urlsplit(browser.address).query)["state"][0].partition(".")[0]
    await browser.send(sub="Björn Exempelström")

    (row,) = await refused(open_town)
    assert row.attempt is not None
    assert row.attempt.hex == attempt
    assert (row.code, row.why) == ("identity.somebody_else", "")
    assert (row.provider, row.times) == (open_town.settings.oidc_issuer, 1)
    assert "Björn" not in row.model_dump_json()


async def test_a_made_up_link_leaves_a_row_without_an_attempt(open_town: Town, browser: Browser) -> None:
    for _ in range(3):
        await browser.open(f"{open_town.settings.login_url}/identify/guessed")

    rows = await refused(open_town)
    assert {(row.attempt, row.code) for row in rows} == {(None, "identity.link_spent")}
    assert sum(row.times for row in rows) == 3
    assert "guessed" not in str(rows)
