"""Every status and header of the wire, row by row, from both sides of each check."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from simulator.suomifi.knobs import STEPS, Knobs
from tests.simulator.suomifi.conftest import EERO, FANNI, JOHAN, KATRI, Caller

ERROR = {"X-RoVa-ErrorMessage-Included": "true"}
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
REST_KEY = "known-to-everybody-too"


@dataclass(frozen=True)
class Row:
    """A call, and what comes of it: *says* is the error's number, or a part of the answer."""

    target: str
    status: int
    says: object = None
    bearer: bool = True
    key: str = "known-to-everybody"
    client: str = "kantaeks"
    timestamp: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    knobs: Mapping[str, object] = field(default_factory=dict)


# {visit}: chosen in; {fresh}: nothing chosen; {people}: a visit for people, chosen in; {word}: handed over.
ROWS: Mapping[str, Row] = {
    # D.2.1: the checksum, and five minutes from both sides
    "register": Row(f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 200, "sessionId"),
    "register, with an end user": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1&endUserId=x", 200, "userId"
    ),
    "register for people": Row(f"/service/hpa/user/register/kantaeks/{EERO}?requestId=1", 200, "sessionId"),
    "4:59 ahead": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 200, timestamp="2026-01-01T12:04:59Z"
    ),
    "5:01 ahead": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 401, 106, timestamp="2026-01-01T12:05:01Z"
    ),
    "4:59 behind": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 200, timestamp="2026-01-01T11:55:01Z"
    ),
    "5:01 behind": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 401, 106, timestamp="2026-01-01T11:54:59Z"
    ),
    "their clock 6 minutes ahead": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 401, 106, knobs={"clock": 360}
    ),
    "their clock 6 minutes behind": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 401, 106, knobs={"clock": -360}
    ),
    "another key": Row(f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 401, 106, key="x"),
    "another client's name": Row(
        f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1", 403, 106, client="kantayks"
    ),
    # D.2.2, D.2.5
    "register, no request id": Row(f"/service/ypa/user/register/kantaeks/{KATRI}", 400, 101),
    "register, no such code": Row("/service/ypa/user/register/kantaeks/010101-0000?requestId=1", 400, 199),
    "register, refused": Row(f"/service/ypa/user/register/kantaeks/{JOHAN}?requestId=1", 403, 106),
    "roles": Row("/service/ypa/api/organizationRoles/{visit}?requestId=2", 200, "complete"),
    "roles of one": Row("/service/ypa/api/organizationRoles/{visit}/9100010-1?requestId=2", 200, "9100010-1"),
    "roles, incomplete": Row(
        "/service/ypa/api/organizationRoles/{visit}?requestId=2",
        200,
        "'complete': False",
        knobs={"incomplete": ["*"]},
    ),
    "roles, no bearer": Row("/service/ypa/api/organizationRoles/{visit}?requestId=2", 401, 106, bearer=False),
    "roles, no choice": Row("/service/ypa/api/organizationRoles/{fresh}?requestId=2", 400, 199),
    "roles, no visit": Row("/service/ypa/api/organizationRoles/nobody?requestId=2", 401, 104),
    "roles, of people": Row("/service/ypa/api/organizationRoles/{people}?requestId=2", 401, 104),
    "roles, another client": Row(
        "/service/ypa/api/organizationRoles/{visit}?requestId=2", 401, 104, client="kantayks"
    ),
    "unregister": Row("/service/ypa/user/unregister/{visit}", 200, True),
    "unregister, no visit": Row("/service/ypa/user/unregister/nobody", 401, 104),
    "hand over": Row("/service/ypa/user/transfer/token/{visit}", 200),
    "hand over, no visit": Row("/service/ypa/user/transfer/token/nobody", 401, 104),
    "take over": Row(
        f"/service/ypa/user/register/transfer/{{word}}/kantayks/{KATRI}", 200, "sessionId", client="kantayks"
    ),
    "take over, another person": Row(
        f"/service/ypa/user/register/transfer/{{word}}/kantayks/{EERO}", 401, 104, client="kantayks"
    ),
    "take over, no such word": Row(
        f"/service/ypa/user/register/transfer/nothing/kantayks/{KATRI}", 401, 104, client="kantayks"
    ),
    # D.2.3
    "people": Row("/service/hpa/api/delegate/{people}?requestId=3", 200, FANNI),
    "verdict": Row(f"/service/hpa/api/authorization/{{people}}/{FANNI}?requestId=3", 200, "ALLOWED"),
    "verdict, another matter": Row(
        f"/service/hpa/api/authorization/{{people}}/{FANNI}?requestId=3&issues=http%3A%2F%2Fx",
        200,
        "DISALLOWED",
    ),
    "verdict, a stranger": Row(
        f"/service/hpa/api/authorization/{{people}}/{KATRI}?requestId=3", 200, "DISALLOWED"
    ),
    "themes": Row(f"/service/hpa/api/authorizationlist/{{people}}/{FANNI}?requestId=3", 200, "roles"),
    "rest": Row(
        f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4",
        200,
        "ALLOWED",
        key=REST_KEY,
        headers={"X-userId": "operator"},
    ),
    "rest, nobody asks": Row(
        f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4", 400, 101, key=REST_KEY
    ),
    "rest, a code asks": Row(
        f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4",
        403,
        106,
        key=REST_KEY,
        headers={"X-userId": KATRI},
    ),
    "rest, the other key": Row(
        f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4",
        401,
        106,
        headers={"X-userId": "operator"},
    ),
}


async def visit(caller: Caller, code: str, kind: str = "ypa") -> tuple[str, str]:
    session, user = await caller.register(code, kind)
    _, token = await caller.exchange((await caller.choose(user))["code"])
    return session, token["access_token"]


@pytest.mark.parametrize("name", ROWS)
async def test_the_wire_is_as_described(caller: Caller, name: str) -> None:
    row = ROWS[name]
    session, token = await visit(caller, KATRI)
    people, peoples = await visit(caller, EERO, "hpa")
    fresh, _ = await caller.register()
    _, word = await caller.get(f"/service/ypa/user/transfer/token/{session}")
    target = row.target.format(visit=session, fresh=fresh, people=people, word=word)
    caller.stand_in.knobs.turn(row.knobs)
    bearer = peoples if "/hpa/" in target else token
    headers = dict(row.headers) | ({"Authorization": f"Bearer {bearer}"} if row.bearer else {})
    asking = replace(caller, key=row.key, client=row.client, timestamp=row.timestamp, headers=headers)

    status, answer = await asking.get(target)

    assert status == row.status
    for header, value in (ALWAYS | (ERROR if status >= 400 else {})).items():
        assert asking.came[header] == value
    if status >= 400:
        assert isinstance(answer, dict)
        assert set(answer) == {"reqID", "errorMessage", "errorCode"}
        assert answer["errorCode"] == row.says
        assert KATRI not in str(answer)
    elif row.says is not None:
        assert answer is row.says or str(row.says) in str(answer)


CALLS: Mapping[str, Callable[[Caller, str, str], Awaitable[int]]] = {
    "register": lambda caller, session, token: status_of(
        caller, f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1"
    ),
    "ask": lambda caller, session, token: status_of(
        caller, f"/service/ypa/api/organizationRoles/{session}?requestId=1", token
    ),
    "unregister": lambda caller, session, token: status_of(caller, f"/service/ypa/user/unregister/{session}"),
    "transfer": lambda caller, session, token: status_of(
        caller, f"/service/ypa/user/transfer/token/{session}"
    ),
}


async def status_of(caller: Caller, target: str, token: str = "") -> int:
    return (await caller.get(target, **({"Authorization": f"Bearer {token}"} if token else {})))[0]


@pytest.mark.parametrize("step", CALLS)
@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 503])
async def test_every_step_fails_as_its_knob_says_and_goes_on_afterwards(
    caller: Caller, step: str, status: int
) -> None:
    session, token = await visit(caller, KATRI)
    caller.stand_in.knobs.turn({"fails": {step: status}})
    failed = await CALLS[step](caller, session, token)
    caller.stand_in.knobs.turn({})

    assert failed == status
    assert await CALLS[step](caller, session, token) == 200


async def test_the_token_fails_in_the_words_of_oauth(caller: Caller) -> None:
    _, user = await caller.register()
    code = (await caller.choose(user))["code"]
    caller.stand_in.knobs.turn({"invalid_grant": True})
    assert await caller.exchange(code) == (400, {"error": "invalid_grant"})
    for status, error in ((400, "invalid_request"), (503, "server_error")):
        caller.stand_in.knobs.turn({"fails": {"token": status}})
        assert await caller.exchange(code) == (status, {"error": error})


def test_every_step_has_its_knobs() -> None:
    for step in STEPS:
        Knobs().turn({"fails": {step: 500}, "latency": {step: 0.1}})
