"""However a client writes its calls, the answers are the same."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from simulator.api.endpoint import METHODS
from simulator.clock import Clock
from simulator.running import Simulator, running
from simulator.wire import Json
from tests.simulator.api.conftest import SEED, wide
from tests.simulator.api.scenario import Call, Scenario
from tests.simulator.conftest import FAST, bot_client


@asynccontextmanager
async def python(simulator: Simulator) -> AsyncIterator[Call]:
    """Calls as AsyncWebClient writes them: some in the query, some as JSON."""
    client = bot_client(simulator)

    async def call(method: str, **arguments: Any) -> Json:
        answer = await getattr(client, method.replace(".", "_"))(**arguments)
        found: Json = answer.data
        return found

    yield call


def flat(arguments: dict[str, Any]) -> dict[str, str]:
    """Write arguments as the JavaScript client does: what is nested as JSON, truth as a word."""
    lists = {"users"}
    return {
        name: ",".join(value) if name in lists else value if isinstance(value, str) else json.dumps(value)
        for name, value in arguments.items()
    }


@asynccontextmanager
async def javascript(simulator: Simulator) -> AsyncIterator[Call]:
    """Calls as @slack/web-api writes them: a form, with JSON inside."""
    async with _by_hand(simulator, lambda arguments: {"data": flat(arguments)}) as call:
        yield call


@asynccontextmanager
async def query(simulator: Simulator) -> AsyncIterator[Call]:
    """Calls as a browser's address bar writes them."""
    async with _by_hand(simulator, lambda arguments: {"params": flat(arguments)}, "GET") as call:
        yield call


@asynccontextmanager
async def mixed(simulator: Simulator) -> AsyncIterator[Call]:
    """Calls with their first argument in the query and the others as JSON."""

    def halves(arguments: dict[str, Any]) -> dict[str, Any]:
        (first, *others), values = arguments or [""], arguments
        written = {"params": flat({first: values[first]})} if first else {}
        return written | {"json": {name: values[name] for name in others}}

    async with _by_hand(simulator, halves) as call:
        yield call


@asynccontextmanager
async def _by_hand(
    simulator: Simulator, written: Callable[[dict[str, Any]], dict[str, Any]], verb: str = "POST"
) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **arguments: Any) -> Json:
            token = arguments.pop("app_token", simulator.bot_token)
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{simulator.url}/api/{method}"
            async with session.request(verb, url, headers=headers, **written(arguments)) as response:
                answer: Json = await response.json()
            assert answer["ok"] is True, (method, answer)
            return answer

        yield call


async def played(way: Callable[[Simulator], Any]) -> list[tuple[str, Any]]:
    async with (
        running(SEED, wide(), timing=FAST, clock=Clock(0)) as simulator,
        way(simulator) as call,
    ):
        scenario = Scenario(simulator, call)
        await scenario.play()
        return scenario.answers


@pytest.mark.parametrize("way", [javascript, query, mixed])
async def test_every_method_answers_alike_however_it_is_called(way: Callable[[Simulator], Any]) -> None:
    expected = await played(python)
    answers = await played(way)

    assert {method for method, _ in expected} == set(METHODS)
    for (method, one), (_, other) in zip(expected, answers, strict=True):
        assert (method, without_remarks(other)) == (method, without_remarks(one))


def without_remarks(answer: Json) -> Json:
    """An answer without remarks on how the call was written."""
    metadata = {
        name: value for name, value in answer.get("response_metadata", {}).items() if name != "warnings"
    }
    return answer | {"response_metadata": metadata, "warning": None}
