"""Methods are called as often as their tiers say and no more; then Slack says when to come again."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from simulator.api.documented import reference
from simulator.api.endpoint import METHODS
from simulator.api.limits import PER_MINUTE, SPECIAL
from simulator.clock import Clock
from simulator.running import Simulator, running
from tests.simulator.api.conftest import SEED, wide
from tests.simulator.conftest import FAST, bot_client


@pytest.fixture
async def limited() -> AsyncIterator[Simulator]:
    """A workspace whose clock stands still, so that what is counted does not depend on this machine."""
    async with running(SEED, wide(), timing=FAST, clock=Clock(0), limits=True) as simulator:
        yield simulator


async def too_often(client: AsyncWebClient, method: str, **arguments: object) -> int:
    """Call once too often; return after how many seconds to come again."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    response = caught.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    return int(response.headers["Retry-After"])


def test_every_method_has_an_allowance() -> None:
    rows = [reference().methods[name] for name in METHODS]
    unknown = [row.name for row in rows if row.tier not in PER_MINUTE and row.name not in SPECIAL]

    assert unknown == []


async def test_a_tier_is_so_many_calls_a_minute(limited: Simulator) -> None:
    client = bot_client(limited)
    for _ in range(20):
        await client.users_list()
    wait = await too_often(client, "users.list")
    await client.users_info(user="U0AINO")
    await limited.advance(wait)
    await client.users_list()
    again = await too_often(client, "users.list")

    assert (wait, again) == (3, 3)


async def test_a_message_a_second_goes_to_a_channel_and_a_few_at_once(limited: Simulator) -> None:
    client = bot_client(limited)
    for _ in range(4):
        await client.chat_postMessage(channel="C0GENERAL", text="Ahoy")
    wait = await too_often(client, "chat.postMessage", channel="C0GENERAL", text="Ahoy")
    await client.chat_postMessage(channel="C0DOCK", text="Ahoy")
    await limited.advance(1)
    await client.chat_postMessage(channel="C0GENERAL", text="Ahoy")

    assert wait == 1
    assert len(limited.messages("C0GENERAL")) == 5


async def test_a_client_that_waits_as_it_is_told_is_served() -> None:
    async with running(SEED, wide(), timing=FAST, clock=Clock(60), limits=True) as simulator:
        client = bot_client(simulator)
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
        for _ in range(6):
            await client.chat_postMessage(channel="C0GENERAL", text="Ahoy")

        assert len(simulator.messages("C0GENERAL")) == 6


async def test_nobody_counts_unless_asked_to(simulator: Simulator) -> None:
    client = bot_client(simulator)
    told = [await client.users_list() for _ in range(30)]

    assert all(answer["members"] for answer in told)
