"""The roles service as others meet it: over a real bus, with tokens that are checked."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bot.accepting import once_heard
from shared.contracts.base import (
    ActorNotProved,
    Command,
    DeadlinePassed,
    IdentificationTooOld,
    Malformed,
    MessageTooLarge,
    Refusal,
    RequestIdReused,
    TextTooLong,
)
from shared.contracts.identity import MemberAdded
from shared.contracts.roles import (
    AcceptGrant,
    DeclineGrant,
    GetMyGrants,
    GrantView,
    ListGrants,
    OfferGrant,
    Phase,
)
from shared.contracts.roles_refusals import BehindTheFacts, GrantNotFound, NotMainUser, NotYourGrant
from shared.messaging.accounts import Account
from shared.messaging.actors import HEADER, body_hash
from shared.messaging.bus import Bus
from shared.messaging.wire import REFUSAL
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, STRANGER
from tests.services.roles.street import UNTIL, Street, an_acceptance_of, an_identification
from tests.support.identity import Signer


async def test_from_offer_to_yes(street: Street) -> None:
    offered = await street.offer()
    before = await street.allowed()
    accepted = await Bus(street.bot).call(an_acceptance_of(offered), on_behalf=street.person(HOLDER))

    assert not before
    assert accepted.phase is Phase.IN_FORCE
    assert await street.allowed()
    mine = await Bus(street.bot).call(GetMyGrants(), on_behalf=street.person(HOLDER))
    assert [grant.id for grant in mine.grants] == [offered.id]


async def test_a_decision_waits_for_what_identity_knew_when_it_vouched(street: Street) -> None:
    second_main = STRANGER
    command = OfferGrant(organisation=COUNTY, holder=HOLDER, role="reader", valid_until=UNTIL, inducted=True)
    named = MemberAdded(organisation=COUNTY, person=second_main, main_user=True)
    await asyncio.gather(street.announce(named))

    offered = await Bus(street.bot).call(command, on_behalf=street.person(second_main))

    assert offered.granted_by == second_main


async def test_nobody_decides_on_facts_that_never_come(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.service.CATCH_UP", 0.1)
    with pytest.raises(BehindTheFacts):
        await Bus(street.bot).call(GetMyGrants(), on_behalf=street.person(HOLDER, known=street.revision + 5))


async def test_who_is_back_from_the_login_page_has_accepted_though_roles_hears_of_it_late(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.service.CATCH_UP", 0.1)
    offered = await street.offer()
    command, given_up = an_acceptance_of(offered), asyncio.Event()

    async def ask() -> GrantView:
        try:
            return await Bus(street.bot).call(command, on_behalf=back)
        except BehindTheFacts:
            given_up.set()
            raise

    async def identity_is_heard_at_last() -> None:
        await given_up.wait()
        await street.announce(an_identification(HOLDER))

    back = street.person(HOLDER, known=street.revision + 1)
    accepted, _ = await asyncio.gather(once_heard(ask), identity_is_heard_at_last())
    grants = (await Bus(street.operator).call(ListGrants())).grants

    assert given_up.is_set()
    assert [one.version for one in grants if one.id == offered.id] == [accepted.version] == [2]
    assert await street.allowed()


async def test_an_old_identification_does_not_accept(street: Street) -> None:
    offered = await street.offer()

    with pytest.raises(IdentificationTooOld) as refused:
        await Bus(street.bot).call(
            an_acceptance_of(offered),
            on_behalf=street.person(HOLDER, identified_ago=timedelta(minutes=16)),
        )
    assert refused.value.parameters == {"minutes": 15}
    assert not await street.allowed()


async def test_nobody_accepts_for_somebody_else(street: Street) -> None:
    offered = await street.offer()

    with pytest.raises(NotYourGrant):
        await Bus(street.bot).call(an_acceptance_of(offered), on_behalf=street.person(STRANGER))


async def test_who_is_no_main_user_offers_nothing(street: Street) -> None:
    command = OfferGrant(organisation=COUNTY, holder=MAIN, role="reader", valid_until=UNTIL, inducted=True)

    with pytest.raises(NotMainUser):
        await Bus(street.bot).call(command, on_behalf=street.person(HOLDER))
    grants = (await Bus(street.operator).call(ListGrants())).grants
    assert [grant.holder for grant in grants] == [MAIN]


async def test_asking_twice_under_one_id_answers_twice_and_acts_once(street: Street) -> None:
    offered = await street.offer()
    command = an_acceptance_of(offered)

    answers = [await Bus(street.bot).call(command, on_behalf=street.person(HOLDER)) for _ in range(2)]

    assert answers[0] == answers[1]
    other = DeclineGrant(request_id=command.request_id, grant=offered.id, reason="changed my mind")
    with pytest.raises(RequestIdReused):
        await Bus(street.bot).call(other, on_behalf=street.person(HOLDER))


async def test_a_command_after_its_deadline_is_void(street: Street) -> None:
    offered = await street.offer()
    late = an_acceptance_of(offered).model_copy(update={"deadline": datetime.now(UTC) - timedelta(seconds=1)})

    with pytest.raises(DeadlinePassed):
        await Bus(street.bot).call(late, on_behalf=street.person(HOLDER))
    assert not await street.allowed()


async def raw(street: Street, command: Command[GrantView], body: bytes, token: str | None) -> str | None:
    headers = {HEADER: token} if token else None
    answer = await street.bot.request(command.subject, body, headers=headers, patience=3)
    return (answer.headers or {}).get(REFUSAL)


async def test_a_token_is_good_for_one_body_one_command_and_one_presenter(street: Street) -> None:
    offered = await street.offer()
    command = an_acceptance_of(offered)
    body = command.model_dump_json().encode()
    behalf = street.person(HOLDER)
    right = body_hash(command.subject, body)
    other_key = Signer().on_behalf(HOLDER)
    elsewhere = street.person(HOLDER, presenter=Account.CONTACTS)
    yesterday = street.person(HOLDER, at=datetime.now(UTC) - timedelta(minutes=5))
    genuine = await behalf.for_command(command.subject, right)
    head, claims, signature = genuine.split(".")
    tokens = [
        None,
        "garbage",
        f"{head}.{claims}.",
        f"{head}.{claims[:-2]}AA.{signature}",
        await behalf.for_reading(),
        await behalf.for_command(command.subject, body_hash(command.subject, body + b" ")),
        await behalf.for_command("rpc.roles.v1.grant.decline", right),
        await other_key.for_command(command.subject, right),
        await elsewhere.for_command(command.subject, right),
        await yesterday.for_command(command.subject, right),
    ]

    refusals = [await raw(street, command, body, token) for token in tokens]

    assert refusals == [ActorNotProved.code] * len(tokens)
    assert not await street.allowed()
    assert await raw(street, command, body, genuine) is None
    assert await street.allowed()


async def test_a_replayed_message_gets_the_first_answer_and_does_nothing(street: Street) -> None:
    offered = await street.offer()
    command = an_acceptance_of(offered)
    body = command.model_dump_json().encode()
    token = await street.person(HOLDER).for_command(command.subject, body_hash(command.subject, body))

    answers = [
        (await street.bot.request(command.subject, body, headers={HEADER: token}, patience=3)).data
        for _ in range(3)
    ]

    assert len(set(answers)) == 1
    assert json.loads(answers[0])["version"] == 2


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"", Malformed),
        (b"{", Malformed),
        (b"[]", Malformed),
        (b'{"grant": "not-an-id"}', Malformed),
        (b"\xff\xfe", Malformed),
        (b"[" * 50_000, Malformed),
        (b'{"grant": "\\u0000"}', Malformed),
        (b'{"x": "' + b"a" * 70_000 + b'"}', MessageTooLarge),
    ],
)
async def test_what_is_no_message_is_refused_and_the_next_one_answered(
    street: Street, body: bytes, refusal: type[Refusal]
) -> None:
    answer = await street.bot.request(AcceptGrant.subject, body, headers=None, patience=3)

    assert answer.headers is not None
    assert answer.headers[REFUSAL] == refusal.code
    assert b"Traceback" not in answer.data
    assert (await street.offer()).phase is Phase.WAITING


async def test_too_long_a_message_is_refused_before_it_is_sent(street: Street) -> None:
    command = DeclineGrant(grant=uuid4(), reason="x" * 300_000)  # type: ignore[arg-type]  # any id

    with pytest.raises(MessageTooLarge):
        await Bus(street.bot).call(command, on_behalf=street.person(HOLDER))


async def test_too_long_a_reason_changes_nothing(street: Street) -> None:
    offered = await street.offer()

    with pytest.raises(TextTooLong):
        await Bus(street.bot).call(
            DeclineGrant(grant=offered.id, reason="x" * 10_000), on_behalf=street.person(HOLDER)
        )
    with pytest.raises(GrantNotFound):
        await Bus(street.bot).call(
            DeclineGrant(grant=uuid4(), reason="x"),  # type: ignore[arg-type]  # any id
            on_behalf=street.person(HOLDER),
        )
    grants = (await Bus(street.operator).call(ListGrants())).grants
    assert next(grant for grant in grants if grant.id == offered.id).phase is Phase.WAITING
