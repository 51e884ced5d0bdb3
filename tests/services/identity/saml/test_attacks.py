"""Answers that no provider gives: each is refused with a word that stays, and changes nothing."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from services.identity.settings import IdentitySettings
from simulator.suomifi.identification.tricks import TRICKS
from simulator.town.provider import RunningProvider
from simulator.town.rehearsal import Browser, a_browser
from tests.services.identity.conftest import Clock, nothing_changed
from tests.services.identity.saml.conftest import Place, playing
from tests.support.bus import free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = {
    # What is signed, and by whom.
    "unsigned": "forged",
    "foreign_key": "forged",
    "sha1": "forged",
    "altered": "forged",
    "comment": "forged",
    "only_response_signed": "forged",
    "whole_document": "forged",
    "several_references": "forged",
    # One assertion that is signed, and another that is read.
    "wrapped_in_signature": "forged",
    "wrapped_same_id": "forged",
    "wrapped_in_advice": "forged",
    "moved_signature": "forged",
    "signed_in_extensions": "not_sealed",
    "plain_beside": "not_sealed",
    "two_sealed": "malformed",
    # How it is sealed.
    "plain": "not_sealed",
    "for_somebody_else": "forged",
    "weak_cipher": "weak",
    "weak_key_transport": "weak",
    # To whom, where, when, and for what.
    "wrong_issuer": "issuer",
    "wrong_audience": "audience",
    "no_audience": "audience",
    "wrong_destination": "destination",
    "longer_destination": "destination",
    "wrong_recipient": "destination",
    "longer_recipient": "destination",
    "wrong_request": "",
    "unsolicited": "nonce",
    "late": "stale",
    "early": "stale",
    "endless": "stale",
    "old_login": "stale",
    "holder_of_key": "malformed",
    # Who, and how sure.
    "other_level": "too_weak",
    "no_code": "code_missing",
    "two_codes": "code_missing",
    "not_a_code": "code_missing",
    # What is no answer.
    "document_type": "malformed",
    "foreign_file": "malformed",
    "not_xml": "malformed",
    "cancel": "cancelled",
    "failing": "provider",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory, provider: RunningProvider) -> AsyncIterator[Place]:
    folder = tmp_path_factory.mktemp("identity")
    settings = IdentitySettings(
        var=folder,
        keys=folder / "keys",
        identity_database_url=f"sqlite:///{folder / 'service.db'}",
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
        login="saml",
    )
    async with playing(settings, Clock()) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as session:
        yield Browser(session)


@pytest.mark.parametrize("trick", REFUSED)
async def test_a_trick_is_refused_noted_and_changes_nothing(
    place: Place, browser: Browser, trick: str
) -> None:
    place.play(trick)

    await place.log_in(browser)

    assert browser.status in (400, 410, 502)
    code = "identity.identification_failed" if REFUSED[trick] else "identity.link_spent"
    assert f"<code>{' · '.join(filter(None, (code, REFUSED[trick])))}</code>" in browser.page
    assert (REFUSED[trick], place.provider.entity_id) in await place.refusals()
    assert await nothing_changed(place.town)


async def test_every_trick_of_the_provider_is_tried() -> None:
    tried_elsewhere = {"replay", "not_looked_up"}

    assert set(REFUSED) | tried_elsewhere == TRICKS
