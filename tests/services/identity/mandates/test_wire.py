"""The exchange between client and stand-in, call by call, against a table of the public description."""

import base64
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.typedefs import Handler

from services.identity.mandates.principals import Principals
from services.identity.mandates.visits import PEOPLE, Visits, visiting
from shared.contracts.base import Refusal
from simulator.suomifi.app import StandIn, running
from simulator.suomifi.census import read_census
from tests.services.identity.mandates.conftest import CALLBACK, EERO, FANNI, KATRI, TOWN, credentials

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CHECKSUM = r"kantaeks \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Za-z0-9+/]{43}="
BASIC = "Basic " + base64.b64encode(b"kantaeks:known-to-everybody").decode()
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Line:
    """What one call must be: patterns for its target and its headers, and what is answered."""

    method: str
    target: str
    headers: Mapping[str, str]
    status: int
    body: str
    sent: str = ""
    without: tuple[str, ...] = ()


# D.2.2: on behalf of an organisation.
YPA = (
    Line(
        "GET",
        rf"/service/ypa/user/register/kantaeks/{KATRI}\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM},
        200,
        rf'{{"sessionId": "{UUID}", "userId": "{UUID}"}}',
        without=("Authorization", "Cookie"),
    ),
    Line(
        "POST",
        "/oauth/token",
        {"Authorization": re.escape(BASIC), "Content-Type": "application/x-www-form-urlencoded"},
        200,
        rf'{{"access_token": "{UUID}", "token_type": "bearer", "refresh_token": "{UUID}", '
        r'"expires_in": 599, "scope": "read write trust"}',
        sent=rf"grant_type=authorization_code&code={UUID}&redirect_uri=http%3A%2F%2F127\.0\.0\.1%3A1%2Fmandates"
        r"%2Fcallback",
        without=("X-AsiointivaltuudetAuthorization",),
    ),
    Line(
        "GET",
        rf"/service/ypa/api/organizationRoles/{UUID}\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "Authorization": f"Bearer {UUID}"},
        200,
        r'\[({"name": "[^"]+", "identifier": "[0-9]{7}-[0-9]", "complete": true, '
        r'"roles": \["[^]]+"\]}(, )?)+\]',
    ),
    Line(
        "GET",
        rf"/service/ypa/api/organizationRoles/{UUID}/9100010-1\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "Authorization": f"Bearer {UUID}"},
        200,
        r'\[{"name": "[^"]+", "identifier": "9100010-1", "complete": true, '
        r'"roles": \["TJ", "NIMKO", "J"\]}\]',
    ),
    Line(
        "GET",
        rf"/service/ypa/user/unregister/{UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM},
        200,
        "true",
    ),
    # D.2.5: the session is over.
    Line(
        "GET",
        rf"/service/ypa/api/organizationRoles/{UUID}\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM},
        401,
        rf'{{"reqID": "{UUID}", "errorMessage": "[^"]+", "errorCode": \d+}}',
    ),
    Line(
        "POST",
        "/oauth/token",
        {"Authorization": re.escape(BASIC)},
        400,
        r'{"error": "invalid_grant"}',
        sent="grant_type=.*",
    ),
)

# D.2.3: on behalf of a person.
HPA = (
    Line("GET", rf"/service/hpa/user/register/kantaeks/{EERO}\?requestId={UUID}", {}, 200, "{.*}"),
    Line("POST", "/oauth/token", {"Authorization": re.escape(BASIC)}, 200, "{.*}", sent="grant_type=.*"),
    Line(
        "GET",
        rf"/service/hpa/api/delegate/{UUID}\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "Authorization": f"Bearer {UUID}"},
        200,
        rf'\[{{"personId": "{FANNI}", "name": "Fanni Kokeila"}}\]',
    ),
    Line(
        "GET",
        rf"/service/hpa/api/authorization/{UUID}/{FANNI}\?requestId={UUID}&issues=http%3A%2F%2Fa&issues=http%3A%2F%2Fb",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "Authorization": f"Bearer {UUID}"},
        200,
        r'{"result": "DISALLOWED", "reasons": \[\]}',
    ),
    Line(
        "GET",
        rf"/service/hpa/api/authorizationlist/{UUID}/{FANNI}\?requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "Authorization": f"Bearer {UUID}"},
        200,
        r'{"roles": \["http://[^"]+"\], "reasons": \[\]}',
    ),
    Line(
        "GET",
        rf"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}\?issue=http%3A%2F%2Fa&requestId={UUID}",
        {"X-AsiointivaltuudetAuthorization": CHECKSUM, "X-userId": "operator-7"},
        200,
        r'{"result": "DISALLOWED", "reasons": \[\]}',
        without=("Authorization",),
    ),
    Line("GET", rf"/service/hpa/user/unregister/{UUID}", {}, 200, "true"),
)


@dataclass(slots=True)
class Recorder:
    """What went over the wire, as the stand-in saw it."""

    lines: list[tuple[str, str, Mapping[str, str], str, int, Mapping[str, str], str]] = field(
        default_factory=list
    )

    @web.middleware
    async def note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if not request.path.startswith("/oauth/authorize"):
            assert isinstance(response, web.Response)
            sent = (await request.read()).decode()
            target = (request.method, request.raw_path, dict(request.headers), sent)
            self.lines.append((*target, response.status, dict(response.headers), response.text or ""))
        return response


@pytest.fixture
async def recorder(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Recorder, StandIn]]:
    recorder, build = Recorder(), StandIn.application

    def recorded(self: StandIn) -> web.Application:
        app = build(self)
        app.middlewares.insert(0, recorder.note)
        return app

    monkeypatch.setattr(StandIn, "application", recorded)
    async with running(StandIn(read_census(TOWN).returning_to(CALLBACK))) as stand_in:
        yield recorder, stand_in


async def code_of(visits: Visits, user: str) -> str:
    address = f"{visits.wire.us.address}/oauth/authorize?client_id=kantaeks&response_type=code&user={user}"
    address += "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fmandates%2Fcallback&autoselect=all"
    async with ClientSession() as browser, browser.get(address, allow_redirects=False) as response:
        assert response.status == 302
        return parse_qs(urlsplit(response.headers["Location"]).query)["code"][0]


def agree(recorder: Recorder, table: tuple[Line, ...]) -> None:
    assert len(recorder.lines) == len(table)
    for expected, (method, target, headers, sent, status, answered, body) in zip(
        table, recorder.lines, strict=True
    ):
        assert method == expected.method
        assert re.fullmatch(expected.target, target), target
        for name, pattern in expected.headers.items():
            assert re.fullmatch(pattern, headers.get(name, "")), f"{target}: {name}"
        assert not set(expected.without) & set(headers)
        assert re.fullmatch(expected.sent, sent)
        assert status == expected.status
        assert answered["Content-Type"].startswith(JSON)
        assert re.fullmatch(expected.body, body), body


async def test_an_exchange_for_organisations_is_as_described(recorder: tuple[Recorder, StandIn]) -> None:
    recorded, stand_in = recorder
    async with visiting(credentials(stand_in)) as visits:
        session = await visits.open(KATRI)
        code = await code_of(visits, session.user)
        token = await visits.token(code)
        await visits.organisations(session.id, token)
        await visits.organisations(session.id, token, "9100010-1")
        await visits.close(session.id)
        with pytest.raises(Refusal):
            await visits.organisations(session.id, token)
        with pytest.raises(Refusal):
            await visits.token(code)

    agree(recorded, YPA)
    assert recorded.lines[5][5]["X-RoVa-ErrorMessage-Included"] == "true"


async def test_an_exchange_for_people_is_as_described(recorder: tuple[Recorder, StandIn]) -> None:
    recorded, stand_in = recorder
    async with visiting(credentials(stand_in)) as organisations:
        visits = Visits(organisations.wire, PEOPLE)
        principals = Principals(visits.wire)
        session = await visits.open(EERO)
        token = await visits.token(await code_of(visits, session.user))
        await principals.chosen(session.id, token)
        await principals.may_act(session.id, token, FANNI, ["http://a", "http://b"])
        await principals.themes(session.id, token, FANNI)
        await principals.may_act_at_all(EERO, FANNI, asker="operator-7", issue="http://a")
        await visits.close(session.id)

    agree(recorded, HPA)


async def test_no_two_calls_share_a_request_id(recorder: tuple[Recorder, StandIn]) -> None:
    recorded, stand_in = recorder
    async with visiting(credentials(stand_in)) as visits:
        for _ in range(5):
            await visits.open(KATRI)

    ids = {parse_qs(urlsplit(target).query)["requestId"][0] for _, target, *_ in recorded.lines}
    assert len(ids) == 5


async def test_the_browser_is_sent_with_everything_and_without_the_session(
    recorder: tuple[Recorder, StandIn],
) -> None:
    _, stand_in = recorder
    async with visiting(credentials(stand_in)) as visits:
        session = await visits.open(KATRI)
        parts = urlsplit(visits.address(session, state="s", language="en"))

    assert parts.path == "/oauth/authorize"
    assert {key: values[0] for key, values in parse_qs(parts.query).items()} == {
        "client_id": "kantaeks",
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "user": session.user,
        "state": "s",
        "lang": "en",
    }
    assert session.id not in parts.query
