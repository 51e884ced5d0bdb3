"""What bad input gets: one refusal with a stable code; nothing changes, and no stack trace is written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from shared.contracts.base import Refusal, Unavailable
from shared.contracts.roles import (
    DeclineGrant,
    ExplainAccess,
    GrantId,
    RelinquishGrant,
    RevokeGrant,
    WithdrawGrant,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import body_hash
from shared.messaging.bus import Bus
from tests.services.roles.bad_input import (
    FAR,
    TODAY,
    UNKNOWN,
    Act,
    Scene,
    accepted,
    accepts,
    brings,
    declined,
    elsewhere,
    for_reading,
    lapsed,
    nothing,
    of_another_body,
    of_another_command,
    of_another_program,
    of_another_signer,
    of_five_minutes_ago,
    of_nobody,
    offers,
    sends,
    shows,
)
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, STRANGER
from tests.services.roles.street import Street, an_acceptance_of
from tests.support.bus import BusServer
from tests.support.identity import Signer

# What is sent, what was so before, and the code that comes back.
REFUSED: dict[str, tuple[Act, Act, str]] = {
    "an unknown person is offered a role": (
        offers(holder=UNKNOWN),
        nothing,
        "roles.holder_of_another_organisation",
    ),
    "an unknown person offers one": (offers(by=UNKNOWN), nothing, "roles.not_main_user"),
    "an unknown person is asked about": (
        sends(lambda _: ExplainAccess(organisation=COUNTY, action="billing.read", person=UNKNOWN), MAIN),
        nothing,
        "base.not_allowed",
    ),
    "a person of another organisation is offered a role": (
        offers(holder=STRANGER),
        elsewhere,
        "roles.holder_of_another_organisation",
    ),
    "a main user of another organisation offers one": (offers(by=STRANGER), elsewhere, "roles.not_main_user"),
    "a main user of another organisation withdraws ours": (
        sends(lambda offer: WithdrawGrant(grant=offer.id, reason="Mine"), STRANGER),
        elsewhere,
        "roles.not_main_user",
    ),
    "an expired offer is accepted": (accepts(), lapsed, "roles.offer_lapsed"),
    "an offer of somebody else is accepted": (accepts(by=MAIN), nothing, "roles.not_your_grant"),
    "an offer of somebody else is declined": (
        sends(lambda offer: DeclineGrant(grant=offer.id, reason="No"), MAIN),
        nothing,
        "roles.not_your_grant",
    ),
    "a role of somebody else is handed back": (
        sends(lambda offer: RelinquishGrant(grant=offer.id, reason="No"), MAIN),
        accepted,
        "roles.not_your_grant",
    ),
    "an offer that nobody made is accepted": (
        sends(lambda offer: an_acceptance_of(offer.model_copy(update={"id": GrantId(uuid4())}))),
        nothing,
        "roles.grant_not_found",
    ),
    "what was declined is accepted": (accepts(), declined, "roles.grant_closed"),
    "what was accepted is declined": (
        sends(lambda offer: DeclineGrant(grant=offer.id, reason="No")),
        accepted,
        "roles.grant_closed",
    ),
    "what was declined is ended": (
        sends(lambda offer: RevokeGrant(grant=offer.id, reason="No"), MAIN),
        declined,
        "roles.grant_closed",
    ),
    "a role is granted to oneself": (offers(holder=MAIN), nothing, "roles.self_grant"),
    "a role is to end yesterday": (
        offers(valid_until=TODAY - timedelta(days=2)),
        nothing,
        "roles.ends_in_the_past",
    ),
    "a role is to end in over 25 years": (offers(valid_until=FAR), nothing, "roles.ends_too_far_away"),
    "a role is offered that there is not": (offers(role="emperor"), nothing, "roles.role_unknown"),
    "a role is offered twice": (offers(role="technical_contact"), nothing, "roles.grant_exists"),
    "nobody was inducted": (offers(inducted=False), nothing, "roles.induction_missing"),
    "a reason has 10,000 characters": (
        sends(lambda offer: DeclineGrant(grant=offer.id, reason="x" * 10_000)),
        nothing,
        "base.text_too_long",
    ),
    "a reason is missing": (
        sends(lambda offer: DeclineGrant(grant=offer.id, reason=" ")),
        nothing,
        "roles.reason_missing",
    ),
    "a message is empty": (brings(b""), nothing, "base.malformed"),
    "a message is cut short": (brings(b'{"grant": "'), nothing, "base.malformed"),
    "a message is no object": (brings(b"[]"), nothing, "base.malformed"),
    "a message is no text": (brings(b"\xff\xfe"), nothing, "base.malformed"),
    "a message is as deep as a well": (brings(b"[" * 50_000), nothing, "base.malformed"),
    "a message has over 64 KiB": (
        brings(b'{"x": "' + b"a" * 70_000 + b'"}'),
        nothing,
        "base.message_too_large",
    ),
    "a reason has over 64 KiB": (
        sends(lambda offer: DeclineGrant(grant=offer.id, reason="x" * 70_000)),
        nothing,
        "base.message_too_large",
    ),
    "a token is none": (shows(of_nobody), nothing, "base.actor_not_proved"),
    "a token is of another body": (shows(of_another_body), nothing, "base.actor_not_proved"),
    "a token is of another command": (shows(of_another_command), nothing, "base.actor_not_proved"),
    "a token is of another signer": (shows(of_another_signer), nothing, "base.actor_not_proved"),
    "a token is of another program": (shows(of_another_program), nothing, "base.actor_not_proved"),
    "a token is old": (shows(of_five_minutes_ago), nothing, "base.actor_not_proved"),
    "a token is for reading": (shows(for_reading), nothing, "base.actor_not_proved"),
    "an identification is old": (
        accepts(identified_ago=timedelta(minutes=16)),
        nothing,
        "base.identification_too_old",
    ),
}


@pytest.fixture
async def scene(street: Street, tmp_path: Path) -> Scene:
    return Scene(street, await street.offer(), tmp_path / "roles.db")


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    with capture_logs() as written:
        yield written


def crashes(logs: list[Any]) -> list[Any]:
    return [entry for entry in logs if "exc_info" in entry or entry["log_level"] in ("error", "critical")]


@pytest.mark.parametrize("what", REFUSED)
async def test_it_is_refused_and_nothing_changes(scene: Scene, logs: list[Any], what: str) -> None:
    act, before, code = REFUSED[what]
    await before(scene)
    there = scene.rows()

    with pytest.raises(Refusal) as refused:
        await act(scene)

    assert refused.value.code == code
    assert scene.rows() == there
    assert crashes(logs) == []


async def test_who_accepts_twice_gets_the_same_answer_and_changes_nothing(
    scene: Scene, logs: list[Any]
) -> None:
    first = await scene.send(an_acceptance_of(scene.offer))
    there = scene.rows(but=("answers",))
    second = await scene.send(an_acceptance_of(scene.offer))

    assert second == first
    assert scene.rows(but=("answers",)) == there
    assert crashes(logs) == []


async def test_a_replayed_token_gets_the_first_answer_and_changes_nothing(
    scene: Scene, logs: list[Any]
) -> None:
    command = an_acceptance_of(scene.offer)
    body = command.model_dump_json().encode()
    token = await scene.street.person(HOLDER).for_command(command.subject, body_hash(command.subject, body))
    await scene.raw(body, token)
    there = scene.rows()
    for _ in range(3):
        await scene.raw(body, token)
    other = an_acceptance_of(scene.offer).model_dump_json().encode()
    with pytest.raises(Refusal) as refused:
        await scene.raw(other, token)

    assert refused.value.code == "base.actor_not_proved"
    assert scene.rows() == there
    assert crashes(logs) == []


async def test_a_reason_that_would_call_everybody_is_kept_as_it_was_written(scene: Scene) -> None:
    """Who shows it sees to it that it calls nobody."""
    declined = await scene.send(DeclineGrant(grant=scene.offer.id, reason="<!channel> no"))

    assert declined.reason == "<!channel> no"


async def test_a_service_that_is_down_is_unavailable_and_acts_on_nothing_later(
    bus_server: BusServer, logs: list[Any]
) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    command = DeclineGrant(grant=GrantId(uuid4()), reason="No", deadline=soon)
    async with bus_server.connect(Account.BOT) as bot:
        with pytest.raises(Unavailable):
            await Bus(bot).call(command, on_behalf=Signer().on_behalf(HOLDER))

    assert crashes(logs) == []
