"""Deliveries as signed requests: the URL is verified first, redirects are refused, the app can say enough."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from simulator.delivery.http import SignedRequests, signature
from simulator.running import Simulator, running
from tests.simulator.conftest import FAST, MANIFEST, SEED

Answer = Callable[[web.Request, str], Awaitable[web.Response]]
SECRET = "shh"


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[tuple[Simulator, list[tuple[web.Request, str]]]]:
    """A simulator that delivers to a URL where *answer* answers."""
    heard: list[tuple[web.Request, str]] = []

    async def hear(request: web.Request) -> web.Response:
        body = await request.text()
        heard.append((request, body))
        return await answer(request, body)

    app = web.Application()
    app.router.add_post("/slack", hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
        async with running(SEED, MANIFEST, request_url=url, signing_secret=SECRET, timing=FAST) as simulator:
            yield simulator, heard
    finally:
        await runner.cleanup()


async def welcoming(request: web.Request, body: str) -> web.Response:
    if "url_verification" in body:
        return web.json_response({"challenge": (await request.json())["challenge"]})
    return web.Response()


async def test_the_url_is_verified_and_its_certificate_checked_before_anything_is_sent() -> None:
    async with answering(welcoming) as (simulator, heard):
        await simulator.act("U0AINO", "say", text="hello")
        await simulator.act("U0AINO", "say", text="again")
        await simulator.settled()

    kinds = [
        "challenge" if "challenge" in body else "check" if "ssl_check" in body else "event"
        for _, body in heard
    ]
    assert kinds == ["challenge", "check", "event", "event"]


async def test_nothing_is_delivered_to_a_url_that_does_not_know_the_challenge() -> None:
    async def deaf(request: web.Request, body: str) -> web.Response:
        return web.Response(text="hello")

    async with answering(deaf) as (simulator, heard):
        answered = await simulator.act("U0AINO", "command", command="/door")

    assert answered["error"] == "app_did_not_answer"
    assert [each.outcome for each in simulator.deliveries] == ["challenge_failed"]
    assert all("url_verification" in body for _, body in heard)


@pytest.mark.parametrize(
    ("status", "headers", "outcomes"),
    [
        (500, {"X-Slack-No-Retry": "1"}, ["http_error"]),
        (302, {"Location": "/elsewhere"}, ["too_many_redirects"] * 4),
    ],
)
async def test_an_app_says_enough_and_a_redirect_is_not_followed(
    status: int, headers: dict[str, str], outcomes: list[str]
) -> None:
    async def answer(request: web.Request, body: str) -> web.Response:
        if "event_callback" in body:
            return web.Response(status=status, headers=headers)
        return await welcoming(request, body)

    async with answering(answer) as (simulator, heard):
        await simulator.act("U0AINO", "say", text="hello")
        await simulator.settled()
        retries = [
            (request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason"))
            for request, body in heard
            if "event_callback" in body
        ]

    assert [each.outcome for each in simulator.deliveries] == outcomes
    numbers = [None, *(str(number) for number in range(1, len(outcomes)))]
    assert retries == [(number, outcomes[0] if number else None) for number in numbers]


async def test_a_rotated_secret_signs_from_then_on() -> None:
    async with answering(welcoming) as (simulator, heard):
        await simulator.act("U0AINO", "say", text="hello")
        await simulator.settled()
        transport = simulator.stage.delivery.transport
        assert isinstance(transport, SignedRequests)
        transport.secret = "new"
        await simulator.act("U0AINO", "say", text="again")
        await simulator.settled()
        signed = [
            request.headers["X-Slack-Signature"]
            == signature(secret, request.headers["X-Slack-Request-Timestamp"], body.encode())
            for secret, (request, body) in zip((SECRET, SECRET, SECRET, "new"), heard, strict=True)
        ]

    assert signed == [True] * 4
