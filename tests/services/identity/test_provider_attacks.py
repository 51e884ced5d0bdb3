"""What an attacker, or a careless provider, may try on the client of the provider."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey, RSAKey

from services.identity.domain.vouching import IdentifierKind
from services.identity.provider import Provider, reaching
from shared.contracts.identity import IdentificationFailed
from tests.services.identity.conftest import Clock
from tests.services.identity.odd_provider import BROWSER, Odd, settings_for, why_not


async def test_a_browser_is_sent_with_how_long_ago_people_may_have_identified(odd: Odd, clock: Clock) -> None:
    settings = settings_for(odd, oidc_acr_values="http://ftn.ficora.fi/2017/loa3", oidc_max_age_seconds=300)
    async with reaching(settings, clock) as client:
        asked = parse_qs(urlsplit(await client.address(BROWSER, "fi")).query)

    assert (asked["max_age"], asked["acr_values"]) == (["300"], ["http://ftn.ficora.fi/2017/loa3"])


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"iss": "https://elsewhere.example"}, "issuer"),
        ({"aud": "another client"}, "audience"),
        ({"aud": ["us", "another client"]}, "audience"),
        ({"aud": ["us", "another client"], "azp": "another client"}, "audience"),
        ({"nonce": "of another login"}, "nonce"),
        ({"auth_time": None}, "too_old"),
        ({"auth_time": 1}, "too_old"),
        ({"auth_time": 4102444800}, "too_old"),
        ({"nbf": 4102444800}, "stale"),
        ({"acr": "urn:oid:1.2.246.517.3002.110.999"}, "method_unknown"),
        ({"national_id_num": ["210281-9988", "010594Y9032"]}, "code_missing"),
        ({"urn:oid:1.2.246.21": "010594Y9032"}, "code_ambiguous"),
    ],
)
async def test_a_token_for_another_place_time_or_login_is_not_taken(
    odd: Odd, client: Provider, says: dict[str, Any], why: str
) -> None:
    odd.says = says

    assert await why_not(client) == why


async def test_a_token_from_a_provider_whose_clock_is_off_is_taken_within_bounds(
    odd: Odd, client: Provider, clock: Clock
) -> None:
    clock.ahead = timedelta(seconds=-50)
    await client.who_came_back(BROWSER, "code")
    clock.ahead = timedelta(seconds=-70)

    assert await why_not(client) in ("stale", "too_old")


async def test_another_method_than_those_asked_for_is_too_weak(odd: Odd, clock: Clock) -> None:
    settings = settings_for(odd, oidc_acr_values="http://ftn.ficora.fi/2017/loa3")
    async with reaching(settings, clock) as client:
        assert await why_not(client) == "too_weak"


async def test_forged_tokens_do_not_make_us_ask_for_keys_again_and_again(
    odd: Odd, client: Provider, clock: Clock
) -> None:
    await client.who_came_back(BROWSER, "code")
    odd.signer = ECKey.generate_key("P-256")
    for _ in range(5):
        assert await why_not(client) == "forged"
    asked = odd.keys_asked
    odd.signer, odd.published = None, RSAKey.generate_key(2048)
    odd.algorithm = "RS256"
    too_soon = await why_not(client)
    clock.ahead = timedelta(seconds=61)
    moment = int(clock().timestamp())
    odd.says = {"auth_time": moment, "iat": moment, "exp": moment + 60}

    vouched = await client.who_came_back(BROWSER, "code")

    assert asked == 2
    assert too_soon == "forged"
    assert vouched.identifier == "210281-9988"
    assert odd.keys_asked == 3


async def test_a_key_that_the_provider_took_back_is_soon_not_believed(
    odd: Odd, client: Provider, clock: Clock
) -> None:
    await client.who_came_back(BROWSER, "code")
    stolen, odd.published = odd.published, ECKey.generate_key("P-256")
    odd.signer = stolen
    clock.ahead = timedelta(hours=2)
    moment = int(clock().timestamp())
    odd.says = {"iat": moment, "exp": moment + 60, "auth_time": moment}

    assert await why_not(client) == "forged"


async def test_a_sealed_token_is_opened_with_our_key_and_with_no_other(
    odd: Odd, clock: Clock, tmp_path: Path
) -> None:
    key, file = RSAKey.generate_key(2048), tmp_path / "ours.pem"
    file.write_bytes(key.as_pem(private=True))
    odd.seals_for = key
    async with reaching(settings_for(odd, oidc_decryption_key=file), clock) as client:
        vouched = await client.who_came_back(BROWSER, "code")
        odd.signer = ECKey.generate_key("P-256")
        forged = await why_not(client)
        odd.signer, odd.seals_for = None, RSAKey.generate_key(2048)
        for_another = await why_not(client)
    async with reaching(settings_for(odd), clock) as client:
        without_key = await why_not(client)

    assert vouched.identifier == "210281-9988"
    assert (forged, for_another, without_key) == ("forged", "sealed", "sealed")


async def test_userinfo_tells_what_the_token_does_not_and_of_the_same_person(odd: Odd, clock: Clock) -> None:
    odd.says = {"national_id_num": None}
    odd.userinfo = {"sub": "somebody", "national_id_num": "010594Y9032", "acr": "made up", "name": "A B"}
    async with reaching(settings_for(odd, oidc_userinfo=True), clock) as client:
        vouched = await client.who_came_back(BROWSER, "code")
        odd.userinfo["sub"] = "somebody else"
        another = await why_not(client)
        odd.changes = {"userinfo_endpoint": "http://elsewhere.example/userinfo"}
    async with reaching(settings_for(odd, oidc_userinfo=True), clock) as client:
        elsewhere = await why_not(client)

    assert (vouched.identifier, vouched.name) == ("010594Y9032", "A B")
    assert vouched.method == "http://ftn.ficora.fi/2017/loa2"
    assert (another, elsewhere) == ("another_subject", "provider")


@pytest.mark.parametrize(
    ("says", "identifier", "kind"),
    [
        ({"urn:oid:1.2.246.21": ["010594Y9032"]}, "010594Y9032", IdentifierKind.PERSONAL_CODE),
        ({"urn:oid:1.2.246.22": "123456789"}, "123456789", IdentifierKind.SATU),
        (
            {"http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier": "SE/FI/123"},
            "SE/FI/123",
            IdentifierKind.EIDAS,
        ),
        ({"kid": "katso-name", "acr": "x/names/ac/otp.katso.1"}, "katso-name", IdentifierKind.KATSO),
    ],
)
async def test_each_gateways_own_claims_are_understood(
    odd: Odd, client: Provider, says: dict[str, Any], identifier: str, kind: IdentifierKind
) -> None:
    odd.says = {"national_id_num": None} | says

    vouched = await client.who_came_back(BROWSER, "code")

    assert (vouched.identifier, vouched.kind) == (identifier, kind)


async def test_names_are_put_together_when_the_whole_is_not_told(odd: Odd, client: Provider) -> None:
    odd.says = {"urn:oid:2.5.4.42": "Åsa", "sn": "Örn"}

    assert (await client.who_came_back(BROWSER, "code")).name == "Åsa Örn"


async def test_a_browser_that_another_provider_sent_is_turned_away(odd: Odd, client: Provider) -> None:
    await client.check_callback(None)
    await client.check_callback(odd.issuer)
    with pytest.raises(IdentificationFailed) as mixed_up:
        await client.check_callback("https://elsewhere.example")

    assert mixed_up.value.parameters == {"why": "issuer"}


async def test_a_provider_that_always_names_itself_must(odd: Odd, client: Provider) -> None:
    odd.changes = {"authorization_response_iss_parameter_supported": True}

    with pytest.raises(IdentificationFailed) as unnamed:
        await client.check_callback(None)
    assert unnamed.value.parameters == {"why": "issuer"}
