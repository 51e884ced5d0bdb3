"""What other clients of Suomi.fi are known to get wrong, and what a hostile or broken one might send us."""

import asyncio
import io
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.identity.mandates import answers
from services.identity.mandates.visits import Visits, visiting
from services.identity.mandates.wire import LARGEST, Credentials
from shared.contracts.base import Refusal
from shared.contracts.identity import MandatesNotAnswered
from shared.runtime.logs import start_logging
from shared.runtime.settings import Settings
from tests.services.identity.mandates.conftest import CALLBACK, KATRI
from tests.services.identity.test_codes import TEST_CODES

SECRET = "canary-in-the-mine"


@asynccontextmanager
async def odd_service(answer: web.Response | None, seen: list[web.Request]) -> AsyncIterator[Visits]:
    """A Suomi.fi that answers everything with *answer*, or with nothing at all."""

    async def handle(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        if answer is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return web.Response(text=answer.text, status=answer.status, headers=answer.headers)

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", handle)
    async with TestServer(app) as server:
        us = Credentials(
            address=f"http://127.0.0.1:{server.port}/gateway",
            client_id="kantaeks",
            api_key=SECRET,
            oauth_password=SECRET,
            callback=CALLBACK,
        )
        async with visiting(us, patience=2) as visits:
            yield visits


def test_an_empty_list_is_an_answer() -> None:
    assert answers.organisations([]).vouched == ()


def test_more_than_the_first_organisation_is_kept() -> None:
    many = [
        {"name": f"Nro {n}", "identifier": "9100010-1" if n else "9100001-3", "roles": [f"R{n}"]}
        for n in range(9)
    ]

    found = answers.organisations(many)

    assert {one.business_id: len(one.codes) for one in found.vouched} == {"9100001-3": 1, "9100010-1": 8}


def test_an_answer_that_does_not_call_itself_complete_is_not() -> None:
    (one,) = answers.organisations([{"identifier": "9100010-1", "roles": ["TJ"]}]).vouched

    assert not one.complete


def test_an_organisation_that_is_named_twice_is_complete_only_if_both_are() -> None:
    twice = [
        {"identifier": "9100010-1", "roles": ["TJ"], "complete": True},
        {"identifier": "9100010-1", "roles": ["J"], "complete": False},
    ]

    (one,) = answers.organisations(twice).vouched

    assert (one.complete, one.codes) == (False, frozenset({"TJ", "J"}))


def test_one_odd_business_id_does_not_cost_the_other_organisations() -> None:
    found = answers.organisations(
        [{"identifier": "1234567-8", "complete": True}, {"identifier": "9100010-1", "complete": True}]
    )

    assert ([one.business_id for one in found.vouched], found.odd) == (["9100010-1"], 1)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"identifier": "9100010-1"},
        [None],
        [{"name": "x"}],
        [{"identifier": "9100010-1", "complete": "yes"}],
        [{"identifier": "9100010-1", "complete": 1}],
        [{"identifier": "9100010-1", "roles": "TJ"}],
        [{"identifier": "9100010-1", "roles": [1]}],
        [{"identifier": "9100010-1", "roles": [None]}],
    ],
)
def test_an_answer_of_another_shape_proves_nothing(answer: object) -> None:
    with pytest.raises(MandatesNotAnswered):
        answers.organisations(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"sessionId": "same", "userId": "same"},
        {"sessionId": "", "userId": "u"},
        {"sessionId": "a b", "userId": "u"},
        {"userId": "u"},
        [],
    ],
)
def test_a_visit_without_two_words_of_its_own_is_none(answer: object) -> None:
    with pytest.raises(MandatesNotAnswered):
        answers.session(answer)


def test_only_a_bearer_token_is_taken() -> None:
    assert answers.token({"access_token": "t", "token_type": "Bearer"}) == "t"
    with pytest.raises(MandatesNotAnswered):
        answers.token({"access_token": "t", "token_type": "mac"})


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (web.Response(text="not json"), "unreadable"),
        (web.Response(text="[" * 100_000), "unreadable"),
        (web.Response(text=" " * (LARGEST + 1)), "unreadable"),
        (web.Response(text='{"sessionId": "s"}'), "unreadable"),
        (web.Response(status=302, headers={"Location": "/elsewhere"}), "server"),
        (web.Response(status=204), "server"),
        (None, "unreachable"),
    ],
    ids=["no JSON", "deep", "huge", "half", "elsewhere", "empty", "cut off"],
)
async def test_whatever_is_answered_there_is_a_name_for_it(answer: web.Response | None, why: str) -> None:
    seen: list[web.Request] = []
    async with odd_service(answer, seen) as visits:
        with pytest.raises(MandatesNotAnswered) as refused:
            await visits.open(KATRI)

    assert refused.value.parameters == {"why": why}
    # Nothing is followed and nothing asked anew: where a connection breaks, the HTTP library sends the same
    # GET a second time, under the same request id.
    assert len({request.raw_path for request in seen}) == 1
    assert len(seen) <= (2 if answer is None else 1)


@pytest.mark.parametrize("code", ["010100+9015", "030516D9037", "210281-9988"])
async def test_what_is_signed_is_what_is_sent_whatever_the_codes_separator(code: str) -> None:
    seen: list[web.Request] = []
    async with odd_service(web.Response(text='{"sessionId": "s", "userId": "u"}'), seen) as visits:
        await visits.open(code)
        await visits.close("a/b?c d")

    opened, closed = seen
    assert f"/gateway/service/ypa/user/register/kantaeks/{code}?requestId=" in opened.raw_path
    assert closed.raw_path == "/gateway/service/ypa/user/unregister/a%2Fb%3Fc%20d"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    said = io.StringIO()
    before = structlog.get_config()
    structlog.reset_defaults()
    start_logging(Settings(log_level="debug"), program="identity", to=said)
    structlog.configure(cache_logger_on_first_use=False)
    yield said
    structlog.configure(**before)


async def test_no_code_no_secret_and_no_answer_gets_into_logs_or_errors(
    logs: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bodies = [
        web.Response(text=f'{{"sessionId": "{SECRET}", "userId": "{SECRET}"}}'),
        web.Response(text=f"no json {SECRET} {KATRI}"),
        web.Response(text=json.dumps({"errorMessage": f"{SECRET} {KATRI}"}), status=401),
        web.Response(text=f"{SECRET}", status=500),
        None,
    ]
    told = []
    for body in bodies:
        async with odd_service(body, []) as visits:
            calls: tuple[Callable[[], Awaitable[object]], ...] = (
                partial(visits.open, KATRI),
                partial(visits.token, f"code-{SECRET}"),
                partial(visits.organisations, f"session-{SECRET}", f"token-{SECRET}"),
            )
            for call in calls:
                with pytest.raises(Refusal) as refused:
                    await call()
                told.append(whole(refused.value))
            await visits.close(f"session-{SECRET}")
            told.append(repr(visits) + repr(answers.Session(SECRET, SECRET)))

    assert "suomifi.refused" in logs.getvalue()
    said = "\n".join([logs.getvalue(), caplog.text, *told])
    assert SECRET not in said
    assert not [code for code in TEST_CODES if code in said]
    assert KATRI not in said


async def test_somebody_who_gives_up_waiting_leaves_nothing_behind() -> None:
    async with odd_service(web.Response(text="{}"), []) as visits:
        waiting = asyncio.ensure_future(visits.open(KATRI))
        waiting.cancel()

        with pytest.raises(asyncio.CancelledError):
            await waiting


def whole(error: BaseException) -> str:
    """Everything that could be printed of *error*, and of what hangs on to it."""
    parts = ["".join(traceback.format_exception(error))]
    while (inner := error.__cause__ or error.__context__) is not None:
        parts.append(repr(inner))
        error = inner
    return "\n".join(parts)
