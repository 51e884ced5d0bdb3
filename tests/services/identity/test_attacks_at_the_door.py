"""Whatever an attacker brings to the login pages is refused by name, leaves a row, and changes nothing."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey
from yarl import URL

from services.identity.settings import IdentitySettings
from services.identity.storage import refused_logins
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import AINO, BJORN, Town, nothing_changed
from tests.services.identity.odd_provider import Odd

FAILED, SPENT = "identity.identification_failed", "identity.link_spent"
UNKNOWN, SOMEBODY_ELSE = "identity.person_unknown", "identity.somebody_else"
LONG_AGO = 400


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both keep refusals is shown elsewhere."""
    return sqlite_url


@pytest.fixture
def settings(settings: IdentitySettings, odd: Odd) -> IdentitySettings:
    return settings.model_copy(update={"oidc_issuer": odd.issuer, "oidc_client_id": "us"})


@dataclass(frozen=True, slots=True)
class Door:
    """The login pages of the town, before which somebody sits at *browser*, and a provider that may lie."""

    town: Town
    odd: Odd
    browser: Browser
    other: Browser

    async def opened(self, browser: Browser, chat: Any = AINO) -> tuple[str, str]:
        """Open a fresh link in *browser*: the state and nonce that it is sent to the provider with."""
        link = await self.town.begin(chat, language="en")
        return await self.followed(browser, link.url)

    async def followed(self, browser: Browser, link: str) -> tuple[str, str]:
        async with browser.session.get(URL(link, encoded=True), allow_redirects=False) as response:
            asked = parse_qs(urlsplit(response.headers["Location"]).query)
        return asked["state"][0], asked["nonce"][0]

    async def back(self, browser: Browser, state: str, **said: Any) -> None:
        """Come back to us in *browser*; the provider says so in its token."""
        self.odd.says = said
        await browser.open(f"{self.town.settings.login_url}/callback?state={state}&code=c")

    async def says(self, **said: Any) -> None:
        """Log in, with a token in which the provider says so."""
        state, nonce = await self.opened(self.browser)
        await self.back(self.browser, state, **{"nonce": nonce} | said)


@pytest.fixture
def door(open_town: Town, odd: Odd, browser: Browser, second_browser: Browser) -> Door:
    return Door(open_town, odd, browser, second_browser)


async def a_wrong_issuer(door: Door) -> None:
    await door.says(iss="https://elsewhere.example")


async def a_token_for_another_client(door: Door) -> None:
    await door.says(aud="another client")


async def a_token_of_another_login(door: Door) -> None:
    await door.says(nonce="of another login")


async def a_token_of_another_of_our_own_logins(door: Door) -> None:
    _, foreign = await door.opened(door.other)
    await door.says(nonce=foreign)


async def a_token_that_is_too_old(door: Door) -> None:
    now = int(time.time())
    await door.says(iat=now - LONG_AGO, exp=now - LONG_AGO + 60)


async def a_clock_that_goes_ahead(door: Door) -> None:
    await door.says(iat=int(time.time()) + LONG_AGO)


async def a_token_without_a_signature(door: Door) -> None:
    door.odd.by_hand = "none"
    await door.says()


async def a_token_signed_again(door: Door) -> None:
    door.odd.signer = ECKey.generate_key("P-256")
    await door.says()


async def a_token_signed_with_the_public_key(door: Door) -> None:
    door.odd.by_hand = "HS256"
    await door.says()


async def a_code_that_the_provider_does_not_take(door: Door) -> None:
    door.odd.status = 400
    await door.says()


async def a_state_that_was_made_up(door: Door) -> None:
    _, nonce = await door.opened(door.browser)
    await door.back(door.browser, "made-up", nonce=nonce)


async def the_state_of_another_browser(door: Door) -> None:
    state, nonce = await door.opened(door.browser)
    await door.opened(door.other, BJORN)
    await door.back(door.other, state, nonce=nonce)
    door.browser.page, door.browser.status = door.other.page, door.other.status


async def a_callback_of_another_provider(door: Door) -> None:
    state, _ = await door.opened(door.browser)
    there = "https%3A%2F%2Felsewhere.example"
    await door.browser.open(f"{door.town.settings.login_url}/callback?state={state}&code=c&iss={there}")


async def a_cookie_that_was_planted(door: Door) -> None:
    state, nonce = await door.opened(door.browser)
    planted = {cookie.key: cookie.value for cookie in door.browser.session.cookie_jar}
    await door.back(door.browser, state, nonce=nonce)
    door.other.session.cookie_jar.update_cookies(planted, URL(door.town.settings.login_url))
    await door.other.open(door.browser.address)
    door.browser.page, door.browser.status = door.other.page, door.other.status


async def somebody_elses_account(door: Door) -> None:
    await door.says(national_id_num="010594Y9032")


async def a_code_with_another_separator(door: Door) -> None:
    # Aino's is written with a hyphen. The separator tells people apart, whatever it is.
    await door.says(national_id_num="210281Y9988")


async def an_address_to_go_on_to(door: Door) -> None:
    address = f"{door.town.settings.login_url}/callback?redirect_uri=//evil.example&next=//evil.example"
    async with door.browser.session.get(URL(address, encoded=True), allow_redirects=False) as response:
        assert "Location" not in response.headers
        await door.browser._show(response)


async def a_link_that_was_guessed(door: Door) -> None:
    await door.browser.open(f"{door.town.settings.login_url}/identify/guessed?next=https://evil.example")


ATTACKS: dict[Callable[[Door], Awaitable[None]], tuple[int, str, str]] = {
    a_wrong_issuer: (400, FAILED, "issuer"),
    a_token_for_another_client: (400, FAILED, "audience"),
    a_token_of_another_login: (400, FAILED, "nonce"),
    a_token_of_another_of_our_own_logins: (400, FAILED, "nonce"),
    a_token_that_is_too_old: (400, FAILED, "stale"),
    a_clock_that_goes_ahead: (400, FAILED, "stale"),
    a_token_without_a_signature: (400, FAILED, "forged"),
    a_token_signed_again: (400, FAILED, "forged"),
    a_token_signed_with_the_public_key: (400, FAILED, "forged"),
    a_code_that_the_provider_does_not_take: (502, FAILED, "provider"),
    a_state_that_was_made_up: (410, SPENT, ""),
    the_state_of_another_browser: (400, FAILED, "other_browser"),
    a_callback_of_another_provider: (400, FAILED, "issuer"),
    a_cookie_that_was_planted: (400, FAILED, "other_browser"),
    somebody_elses_account: (403, SOMEBODY_ELSE, ""),
    a_code_with_another_separator: (403, UNKNOWN, ""),
    an_address_to_go_on_to: (410, SPENT, ""),
    a_link_that_was_guessed: (410, SPENT, ""),
}


async def rows(town: Town) -> list[tuple[str, str, str]]:
    """What an operator finds afterwards: code, why, and at whose word."""
    since = town.clock().replace(hour=0, minute=0, second=0, microsecond=0)
    found = await town.database.read(lambda tx: refused_logins.listed(tx, since))
    return [(one.code, one.why, one.provider) for one in found]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_it_is_refused_by_name_leaves_a_row_and_changes_nothing(
    door: Door, attack: Callable[[Door], Awaitable[None]]
) -> None:
    status, code, why = ATTACKS[attack]

    await attack(door)

    assert door.browser.status == status
    assert f"<code>{' · '.join(filter(None, (code, why)))}</code>" in door.browser.page
    assert (code, why, door.odd.issuer) in await rows(door.town)
    assert await nothing_changed(door.town)


async def test_a_callback_that_was_used_is_used_up_and_said_so_in_a_row(door: Door) -> None:
    state, nonce = await door.opened(door.browser)
    await door.back(door.browser, state, nonce=nonce)
    await door.browser.send(answer="yes")

    await door.back(door.browser, state, nonce=nonce)

    assert (door.browser.status, SPENT in door.browser.page) == (410, True)
    assert await rows(door.town) == [(SPENT, "", door.odd.issuer)]
