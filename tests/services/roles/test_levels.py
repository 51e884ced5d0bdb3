"""How sure it must be who accepts, and what is kept of it."""

import pytest

from shared.contracts.assurance import Level
from shared.contracts.base import IdentificationTooWeak
from shared.messaging.bus import Bus
from tests.services.roles.factory import HOLDER
from tests.services.roles.street import Street, an_acceptance_of


@pytest.mark.parametrize("level", [Level.BASIC, None])
async def test_a_weak_identification_does_not_accept(street: Street, level: Level | None) -> None:
    offered = await street.offer()

    with pytest.raises(IdentificationTooWeak) as refused:
        await Bus(street.bot).call(an_acceptance_of(offered), on_behalf=street.person(HOLDER, level=level))
    assert refused.value.parameters == {"least": "substantial"}
    assert not await street.allowed()


async def test_an_acceptance_tells_how_sure_it_was_who_accepted(street: Street) -> None:
    offered = await street.offer()

    accepted = await Bus(street.bot).call(
        an_acceptance_of(offered), on_behalf=street.person(HOLDER, level=Level.HIGH)
    )

    assert accepted.acceptance is not None
    assert accepted.acceptance.level is Level.HIGH
