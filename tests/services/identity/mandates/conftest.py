"""Fixtures for mandates: the stand-in over its own wire, and our client of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.identity.mandates.visits import Visits, visiting
from services.identity.mandates.wire import Credentials
from simulator.suomifi.app import StandIn, running
from simulator.suomifi.census import read_census

TOWN = Path(__file__).parents[4] / "simulator" / "suomifi" / "town.yaml"
CALLBACK = "http://127.0.0.1:1/mandates/callback"
KATRI, AINO, JOHAN, EERO, FANNI = "030516D9037", "210281-9988", "020516C903K", "040594V9030", "020504A902E"


def credentials(stand_in: StandIn, *, callback: str = CALLBACK, api_key: str = "") -> Credentials:
    """Who the town's client is to the stand-in."""
    client = stand_in.census.clients["kantaeks"]
    return Credentials(
        address=stand_in.url,
        client_id=client.id,
        api_key=api_key or client.api_key,
        oauth_password=client.oauth_password,
        rest_key=client.rest_key,
        callback=callback,
    )


@pytest.fixture
async def suomifi() -> AsyncIterator[StandIn]:
    """Suomi.fi, played on this machine."""
    async with running(StandIn(read_census(TOWN).returning_to(CALLBACK))) as stand_in:
        yield stand_in


@pytest.fixture
async def visits(suomifi: StandIn) -> AsyncIterator[Visits]:
    """Our client, patient for two seconds."""
    async with visiting(credentials(suomifi), patience=2) as found:
        yield found
