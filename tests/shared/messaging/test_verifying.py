"""Identity's public keys: asked for now and then, and good for longer than identity may be away."""

import asyncio
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

import pytest
from joserfc.jwk import OKPKey

from shared.contracts.base import Unavailable
from shared.contracts.identity import GetSigningKeys, SigningKeys
from shared.messaging.accounts import Account
from shared.messaging.actors import Mint
from shared.messaging.bus import Caller
from shared.messaging.verifying import AGAIN, OLD, TOO_OLD, KeysOverBus

KEY = OKPKey.generate_key("Ed25519")
NOW = datetime.now(UTC)


class Identity:
    """Gives its keys while it is there."""

    def __init__(self) -> None:
        self.away = False
        self.asked = 0

    async def call(self, request: object, *, on_behalf: object = None) -> SigningKeys:
        assert isinstance(request, GetSigningKeys)
        self.asked += 1
        if self.away:
            raise Unavailable(request.subject)
        return SigningKeys(keys=(KEY.as_dict(private=False) | {"kid": KEY.thumbprint()},))


@pytest.fixture
def identity() -> Identity:
    return Identity()


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(identity: Identity, clock: Clock) -> KeysOverBus:
    return KeysOverBus(cast(Caller, identity), lambda: NOW, clock)


def token() -> str:
    return Mint(KEY).token(
        person=uuid4(),  # type: ignore[arg-type]  # any person will do
        presenter=Account.BOT,
        identified_at=None,
        method="",
        level=None,
        known=0,
        command=None,
        now=NOW,
    )


async def test_keys_are_asked_for_once_by_however_many_need_them(
    keys: KeysOverBus, identity: Identity
) -> None:
    first, *others = await asyncio.gather(*(keys() for _ in range(8)))

    assert identity.asked == 1
    assert all(each is first for each in others)


async def test_whoever_never_had_keys_believes_nobody(keys: KeysOverBus, identity: Identity) -> None:
    identity.away = True

    with pytest.raises(Unavailable):
        await keys()


async def test_known_keys_count_while_identity_is_away_and_are_asked_for_in_between(
    keys: KeysOverBus, identity: Identity, clock: Clock
) -> None:
    known = await keys()
    identity.away = True
    clock.seconds = OLD + 1
    while_away = await asyncio.gather(*(keys() for _ in range(8)))
    asked_while_away = identity.asked - 1
    identity.away = False
    clock.seconds += AGAIN + 1
    renewed = await keys()

    assert all(each is known for each in while_away)
    assert known.actor(token(), caller=Account.BOT, command=None).caller is Account.BOT
    assert asked_while_away == 1
    assert renewed is not known


async def test_keys_that_are_too_old_count_no_more(
    keys: KeysOverBus, identity: Identity, clock: Clock
) -> None:
    await keys()
    identity.away = True
    clock.seconds = TOO_OLD + 1

    with pytest.raises(Unavailable):
        await keys()
