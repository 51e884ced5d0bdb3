"""The stand-in as an e-service meets it: what it checks, and what it gives."""

from dataclasses import replace

import pytest

from tests.simulator.suomifi.conftest import BACK, EERO, FANNI, JOHAN, KATRI, LIAM, Caller, Clock

REGISTER = f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1"


@pytest.mark.parametrize(
    "timestamp",
    [
        "2026-01-01T12:00:00Z",
        "2026-01-01T12:00:00.09Z",
        "2026-01-01T14:00:00+02:00",
        "2026-01-01T12:00:00.123456+00:00",
        "2026-01-01T12:00:00.5Z[UTC]",
        "2026-01-01T12:04:59Z",
        "2026-01-01T11:55:01Z",
    ],
)
async def test_every_clients_way_to_write_the_time_is_understood(caller: Caller, timestamp: str) -> None:
    caller.timestamp = timestamp

    assert (await caller.get(REGISTER))[0] == 200


@pytest.mark.parametrize(
    "timestamp", ["2026-01-01T12:05:01Z", "2026-01-01T11:54:59Z", "2026-01-01T12:00:00", "today"]
)
async def test_a_time_too_far_off_or_without_a_zone_is_refused(caller: Caller, timestamp: str) -> None:
    caller.timestamp = timestamp

    status, answer = await caller.get(REGISTER)

    assert status == 401
    assert isinstance(answer, dict)
    assert answer["errorCode"] == 106


@pytest.mark.parametrize("signed", [REGISTER.partition("?")[0], REGISTER.replace("1", "2"), "/"])
async def test_a_signature_over_anything_but_what_arrived_is_refused(caller: Caller, signed: str) -> None:
    assert (await caller.get(REGISTER, signed=signed))[0] == 401


async def test_the_signature_is_over_the_raw_target_not_over_what_it_means(caller: Caller) -> None:
    quoted = REGISTER.replace("kantaeks", "kanta%65ks")

    assert (await caller.get(quoted))[0] == 200
    assert (await caller.get(quoted, signed=REGISTER))[0] == 401


@pytest.mark.parametrize(("client", "key"), [("kantaeks", "another"), ("nobody00", "known-to-everybody")])
async def test_a_stranger_is_refused(caller: Caller, client: str, key: str) -> None:
    assert (await replace(caller, client=client, key=key).get(REGISTER))[0] == 401


async def test_nobody_opens_a_visit_in_anothers_name(caller: Caller) -> None:
    other = replace(caller, client="kantayks")

    assert (await other.get(REGISTER))[0] == 403


async def test_a_call_without_a_request_id_is_refused(caller: Caller) -> None:
    status, answer = await caller.get(REGISTER.partition("?")[0])

    assert status == 400
    assert isinstance(answer, dict)
    assert answer["errorCode"] == 101


async def test_a_code_that_is_none_and_a_person_who_may_not_are_told_apart(caller: Caller) -> None:
    assert (await caller.get("/service/ypa/user/register/kantaeks/010101-0000?requestId=1"))[0] == 400
    assert (await caller.get(f"/service/ypa/user/register/kantaeks/{JOHAN}?requestId=1"))[0] == 403


async def test_a_client_is_told_of_its_own_codes_only(caller: Caller) -> None:
    session, user = await caller.register()
    _, token = await caller.exchange((await caller.choose(user, "9100007-2"))["code"])

    status, answer = await caller.roles(session, token["access_token"])

    assert status == 200
    assert isinstance(answer, list)
    assert [len(one["roles"]) for one in answer] == [2]
    assert "palkanmaksu" not in str(answer)


async def test_an_organisation_of_which_a_client_is_told_nothing_is_not_offered(caller: Caller) -> None:
    session, user = await caller.register(LIAM)
    _, token = await caller.exchange((await caller.choose(user))["code"])

    assert await caller.roles(session, token["access_token"]) == (200, [])


async def test_before_a_choice_there_is_nothing_to_get(caller: Caller) -> None:
    session, _ = await caller.register()

    assert (await caller.roles(session, "any"))[0] == 400


async def test_a_code_is_for_one_client_one_address_and_once(caller: Caller) -> None:
    session, user = await caller.register()
    code = (await caller.choose(user))["code"]

    assert await replace(caller, client="kantayks").exchange(code) == (400, {"error": "invalid_grant"})
    assert await caller.exchange(code, back="http://127.0.0.1:1/other") == (400, {"error": "invalid_grant"})
    status, token = await caller.exchange(code)
    assert (status, token["token_type"], token["expires_in"]) == (200, "bearer", 599)
    assert await caller.exchange(code) == (400, {"error": "invalid_grant"})
    # Twice used, it takes back what it gave.
    assert (await caller.roles(session, token["access_token"]))[0] == 401


async def test_parameters_of_the_token_may_stand_in_the_query(caller: Caller) -> None:
    _, user = await caller.register()

    assert (await caller.exchange((await caller.choose(user))["code"], in_query=True))[0] == 200


async def test_a_wrong_password_gets_no_token(caller: Caller) -> None:
    _, user = await caller.register()
    code = (await caller.choose(user))["code"]

    assert await replace(caller, password="guessed").exchange(code) == (401, {"error": "invalid_client"})
    assert (await caller.exchange(code))[0] == 200


async def test_codes_tokens_and_visits_have_their_time(caller: Caller, clock: Clock) -> None:
    session, user = await caller.register()
    late = (await caller.choose(user))["code"]
    clock.later(seconds=61)
    assert (await caller.exchange(late))[0] == 400
    _, token = await caller.exchange((await caller.choose(user))["code"])
    clock.later(seconds=598)
    assert (await caller.roles(session, token["access_token"]))[0] == 200
    clock.later(seconds=2)
    assert (await caller.roles(session, token["access_token"]))[0] == 401
    clock.later(minutes=30)
    assert (await caller.get(f"/service/ypa/user/unregister/{session}"))[0] == 401


async def test_the_token_of_one_visit_opens_no_other(caller: Caller) -> None:
    _, first = await caller.register(KATRI)
    session, second = await caller.register(EERO)
    _, token = await caller.exchange((await caller.choose(first))["code"])
    await caller.choose(second)

    assert (await caller.roles(session, token["access_token"]))[0] == 401


async def test_one_organisation_may_be_asked_about(caller: Caller) -> None:
    session, user = await caller.register()
    _, token = await caller.exchange((await caller.choose(user))["code"])

    _, one = await caller.roles(session, token["access_token"], more="/9100010-1")

    assert isinstance(one, list)
    assert [each["identifier"] for each in one] == ["9100010-1"]


async def test_a_register_that_does_not_answer_leaves_mandates_and_says_so(caller: Caller) -> None:
    caller.stand_in.knobs.incomplete = {"*"}
    session, user = await caller.register()
    _, token = await caller.exchange((await caller.choose(user))["code"])

    _, answer = await caller.roles(session, token["access_token"])

    assert isinstance(answer, list)
    assert {one["complete"] for one in answer} == {False}
    assert {one["identifier"]: len(one["roles"]) for one in answer}["9100010-1"] == 0


async def test_a_visit_for_people_answers_nothing_about_organisations(caller: Caller) -> None:
    session, user = await caller.register(EERO, "hpa")
    _, token = await caller.exchange((await caller.choose(user))["code"])

    assert (await caller.roles(session, token["access_token"]))[0] == 401
    assert await caller.get(
        f"/service/hpa/api/delegate/{session}?requestId=3", Authorization=f"Bearer {token['access_token']}"
    ) == (200, [{"personId": FANNI, "name": "Fanni Kokeila"}])


@pytest.mark.parametrize(("user", "status"), [("", 400), (KATRI, 403), ("operator", 200)])
async def test_a_question_without_a_visit_names_who_asks_and_by_no_personal_code(
    caller: Caller, user: str, status: int
) -> None:
    rest = replace(caller, key="known-to-everybody-too", headers={"X-userId": user} if user else {})

    assert (await rest.get(f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4"))[
        0
    ] == status


async def test_the_key_of_visits_is_not_the_key_of_questions_without_one(caller: Caller) -> None:
    target = f"/service/rest/hpa/authorization/kantaeks/{EERO}/{FANNI}?requestId=4"

    assert (await caller.get(target, **{"X-userId": "operator"}))[0] == 401


async def test_a_browser_is_sent_nowhere_that_was_not_announced(caller: Caller) -> None:
    _, user = await caller.register()
    address = caller.authorize(user, redirect_uri=f"{BACK}/../elsewhere")

    async with caller.http.get(address, allow_redirects=False) as response:
        assert response.status == 400
        assert "Location" not in response.headers
