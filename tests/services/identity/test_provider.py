"""What the client of the provider believes: a provider that can be told to misbehave."""

from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from services.identity.provider import Provider
from tests.services.identity.odd_provider import BROWSER, Odd, why_not


async def test_a_token_of_the_providers_own_key_is_believed(odd: Odd, client: Provider) -> None:
    vouched = await client.who_came_back(BROWSER, "the code")

    assert vouched.identifier == "210281-9988"
    (asked,) = odd.asked
    assert (asked["code"], asked["code_verifier"]) == ("the code", BROWSER.verifier)
    assert asked["Authorization"].startswith("Basic ")


async def test_a_browser_is_sent_with_a_challenge_and_not_with_its_verifier(client: Provider) -> None:
    address = await client.address(BROWSER, "sv")

    assert "/authorize?tenant=1&response_type=code" in address
    assert BROWSER.challenge in address
    assert BROWSER.verifier not in address
    assert "ui_locales=sv" in address


async def test_a_token_of_another_key_is_forged(odd: Odd, client: Provider) -> None:
    odd.signer = ECKey.generate_key("P-256")

    assert await why_not(client) == "forged"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "unheard-of"])
async def test_a_token_without_a_real_signature_is_forged(odd: Odd, client: Provider, algorithm: str) -> None:
    odd.by_hand = algorithm

    assert await why_not(client) == "forged"


async def test_a_new_key_is_fetched_when_it_is_first_seen(odd: Odd, client: Provider) -> None:
    await client.who_came_back(BROWSER, "code")
    odd.published, odd.algorithm = RSAKey.generate_key(2048), "RS256"

    vouched = await client.who_came_back(BROWSER, "code")

    assert vouched.identifier == "210281-9988"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"issuer": "https://elsewhere.example"}, "issuer"),
        ({"token_endpoint": "http://elsewhere.example/token"}, "provider"),
        ({"jwks_uri": None}, "provider"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "provider"),
    ],
)
async def test_a_provider_that_points_elsewhere_is_not_trusted(
    odd: Odd, client: Provider, changes: dict[str, Any], why: str
) -> None:
    odd.changes = changes

    assert await why_not(client) == why
    assert odd.asked == []


async def test_a_refused_code_is_not_believed(odd: Odd, client: Provider) -> None:
    odd.status = 400

    assert await why_not(client) == "provider"
