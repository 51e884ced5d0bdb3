"""What roles believes of a person whose chat account was unlinked."""

from typing import Any

import pytest

from shared.contracts.base import ActorNotProved, Request
from shared.contracts.identity import ChatAccount, ChatAccountUnlinked, LinkEnd
from shared.contracts.roles import CheckAccess, Fixer, Gate, GetMyGrants, Phase, Rung
from shared.messaging.bus import Bus
from tests.services.roles.factory import COUNTY, HOLDER, MAIN
from tests.services.roles.street import Street, an_acceptance_of, an_identification


async def test_what_was_signed_before_an_account_was_unlinked_counts_no_more(street: Street) -> None:
    offered = await street.offer()
    bus, in_hand = Bus(street.bot), street.person(HOLDER)
    await bus.call(GetMyGrants(), on_behalf=in_hand)
    unlinked = ChatAccountUnlinked(
        person=HOLDER, chat=ChatAccount(team="T", user="U"), why=LinkEnd.REMOVED, linked_at=None
    )
    await street.announce(unlinked)
    # Whoever asks as of now waits until roles has heard of it.
    await bus.call(GetMyGrants(), on_behalf=street.person(MAIN))

    requests: tuple[Request[Any], ...] = (GetMyGrants(), an_acceptance_of(offered))
    for request in requests:
        with pytest.raises(ActorNotProved) as refused:
            await bus.call(request, on_behalf=in_hand)
        assert refused.value.parameters == {"why": "ended"}
    check: dict[str, Any] = {"organisation": COUNTY, "person": HOLDER, "action": "systems.edit"}
    with pytest.raises(ActorNotProved):
        await Bus(street.operator).call(CheckAccess(**check, vouched=in_hand.known))
    answer = await Bus(street.operator).call(CheckAccess(**check, vouched=street.revision))
    assert Rung(gate=Gate.CHAT_LINKED, holds=False, code="not_linked", fixer=Fixer.PERSON) in answer.rungs
    await street.announce(an_identification(HOLDER))
    accepted = await bus.call(an_acceptance_of(offered), on_behalf=street.person(HOLDER))
    assert accepted.phase is Phase.IN_FORCE
