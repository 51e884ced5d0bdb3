"""What an operator may ask of an answer besides."""

from pathlib import Path

import pytest

from services.identity.settings import IdentitySettings
from simulator.town.rehearsal import Browser, log_in
from tests.services.identity.conftest import AINO, Clock, nothing_changed
from tests.services.identity.saml.conftest import playing


@pytest.mark.parametrize("taken", [True, False])
async def test_an_answer_sealed_in_cbc_mode_is_taken_where_that_is_allowed(
    settings: IdentitySettings, clock: Clock, browser: Browser, taken: bool
) -> None:
    async with playing(settings.model_copy(update={"saml_cbc": taken}), clock) as place:
        place.play("weak_cipher")

        await place.log_in(browser)

        assert ("/confirm/" in browser.address) is taken
        assert taken or "identity.identification_failed · weak" in browser.page


async def test_a_login_may_have_to_be_looked_up_in_the_population_register(
    settings: IdentitySettings, clock: Clock, browser: Browser
) -> None:
    async with playing(settings.model_copy(update={"saml_vtj": True}), clock) as place:
        place.play("not_looked_up")
        await place.log_in(browser)

        assert (browser.status, browser.heading) == (400, "Your data could not be checked")
        assert await nothing_changed(place.town)

        place.play()
        await log_in((await place.town.begin(AINO)).url, "Aino")


async def test_a_provider_whose_metadata_are_nowhere_is_a_kind_page(
    settings: IdentitySettings, clock: Clock, browser: Browser, tmp_path: Path
) -> None:
    elsewhere = {"saml_provider_metadata": str(tmp_path / "nowhere.xml")}
    async with playing(settings, clock, changed=elsewhere) as place:
        await browser.open((await place.town.begin(language="en")).url)

        assert (browser.status, browser.heading) == (502, "The login did not succeed")
        assert ("provider", elsewhere["saml_provider_metadata"]) in await place.refusals()
