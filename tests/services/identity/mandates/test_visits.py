"""A visit from beginning to end, over the wire, on good days and on bad ones."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from aiohttp import ClientSession

from services.identity.mandates.answers import Session
from services.identity.mandates.principals import Principals
from services.identity.mandates.visits import PEOPLE, Visits, failed_there, visiting
from services.identity.mandates.wire import Step, refusal_of
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    MandatesCancelled,
    MandatesMisconfigured,
    MandatesNotAnswered,
    MandatesNothingChosen,
    MandatesRefused,
    MandatesSessionOver,
)
from simulator.suomifi.app import StandIn
from tests.services.identity.mandates.conftest import AINO, EERO, FANNI, JOHAN, KATRI, credentials

THEME = "http://valtuusrekisteri.suomi.fi/terveydenhuollon_asioiden_hoito"


async def choose(visits: Visits, session: Session, which: str = "all") -> dict[str, str]:
    """Choose at the selection page, and come back with what the browser is given."""
    address = visits.address(session, state="the state", language="sv") + f"&autoselect={which}"
    async with ClientSession() as browser, browser.get(address, allow_redirects=False) as response:
        query = parse_qs(urlsplit(response.headers["Location"]).query)
    return {key: values[0] for key, values in query.items()}


async def why_not(call: Awaitable[object]) -> tuple[type[Refusal], object]:
    with pytest.raises(Refusal) as refused:
        await call
    return type(refused.value), refused.value.parameters.get("why")


async def test_every_organisation_and_every_role_comes_back(visits: Visits) -> None:
    session = await visits.open(KATRI)
    back = await choose(visits, session)
    token = await visits.token(back["code"])

    found = await visits.organisations(session.id, token)

    assert back["state"] == "the state"
    assert {one.business_id: len(one.codes) for one in found.vouched} == {
        "9100010-1": 3,
        "9100001-3": 1,
        "9100007-2": 2,
        "9100015-2": 1,
    }
    assert all(one.complete for one in found.vouched)
    assert found.vouched[0].name == "Mallitieto Tietojärjestelmät Oy"


async def test_what_was_not_chosen_does_not_come_back(visits: Visits) -> None:
    session = await visits.open(KATRI)
    token = await visits.token((await choose(visits, session, "9100007-2,9100001-3"))["code"])

    chosen = await visits.organisations(session.id, token)
    one = await visits.organisations(session.id, token, "9100001-3")

    assert {each.business_id for each in chosen.vouched} == {"9100007-2", "9100001-3"}
    assert [each.business_id for each in one.vouched] == ["9100001-3"]


async def test_somebody_without_mandates_is_vouched_for_nowhere_and_that_is_no_error(
    visits: Visits,
) -> None:
    # Taking the first of an empty list is how a public client fails here.
    session = await visits.open("010501E9032")
    token = await visits.token((await choose(visits, session))["code"])

    assert (await visits.organisations(session.id, token)).vouched == ()


async def test_a_visit_that_was_closed_is_over(visits: Visits, suomifi: StandIn) -> None:
    session = await visits.open(KATRI)
    token = await visits.token((await choose(visits, session))["code"])

    assert await visits.close(session.id)
    assert len(suomifi.visits) == 0
    assert await why_not(visits.organisations(session.id, token)) == (MandatesSessionOver, "expired")
    assert not await visits.close(session.id)


async def test_an_incomplete_answer_says_so_for_the_organisation_that_it_is_of(
    visits: Visits, suomifi: StandIn
) -> None:
    suomifi.knobs.incomplete = {"9100010-1"}
    session = await visits.open(KATRI)
    token = await visits.token((await choose(visits, session))["code"])

    found = await visits.organisations(session.id, token)

    assert [one.business_id for one in found.vouched if not one.complete] == ["9100010-1"]


async def test_a_code_works_once(visits: Visits) -> None:
    session = await visits.open(KATRI)
    code = (await choose(visits, session))["code"]
    token = await visits.token(code)

    assert await why_not(visits.token(code)) == (MandatesSessionOver, "code_spent")
    assert await why_not(visits.organisations(session.id, token)) == (MandatesSessionOver, "expired")


async def test_asking_before_anything_was_chosen_is_told_apart(visits: Visits) -> None:
    session = await visits.open(KATRI)

    assert await why_not(visits.organisations(session.id, "no-token")) == (MandatesNothingChosen, None)


async def test_somebody_who_may_act_for_nobody_is_refused(visits: Visits) -> None:
    assert await why_not(visits.open(JOHAN)) == (MandatesRefused, None)


async def test_a_wrong_key_is_our_fault_and_not_the_persons(suomifi: StandIn) -> None:
    async with visiting(credentials(suomifi, api_key="another")) as visits:
        assert await why_not(visits.open(KATRI)) == (MandatesMisconfigured, "client")


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(minutes=-6)])
async def test_a_clock_that_is_wrong_by_more_than_five_minutes_is_named(
    suomifi: StandIn, ahead: timedelta
) -> None:
    async with visiting(credentials(suomifi), lambda: datetime.now(UTC) + ahead) as visits:
        assert await why_not(visits.open(KATRI)) == (MandatesMisconfigured, "clock")


@pytest.mark.parametrize("ahead", [timedelta(minutes=4), timedelta(minutes=-4)])
async def test_a_clock_that_is_wrong_by_less_does_no_harm(suomifi: StandIn, ahead: timedelta) -> None:
    suomifi.knobs.clock = ahead
    async with visiting(credentials(suomifi)) as visits:
        assert (await visits.open(KATRI)).id


@pytest.mark.parametrize("step", ["register", "token", "ask"])
async def test_every_call_has_an_end(suomifi: StandIn, step: str) -> None:
    async with visiting(credentials(suomifi), patience=0.2) as visits:
        session = await visits.open(KATRI)
        code = (await choose(visits, session))["code"]
        token = await visits.token((await choose(visits, session))["code"])
        suomifi.knobs.latency = {step: 30}
        calls: dict[str, Callable[[], Awaitable[object]]] = {
            "register": lambda: visits.open(KATRI),
            "token": lambda: visits.token(code),
            "ask": lambda: visits.organisations(session.id, token),
        }

        assert await why_not(calls[step]()) == (MandatesNotAnswered, "timeout")


async def test_a_visit_that_cannot_be_closed_in_time_keeps_nobody_waiting(suomifi: StandIn) -> None:
    suomifi.knobs.latency = {"unregister": 30}
    async with visiting(credentials(suomifi), patience=0.2) as visits:
        session = await visits.open(KATRI)

        assert not await visits.close(session.id)


async def test_nobody_at_home_is_told_as_that(suomifi: StandIn) -> None:
    nowhere = credentials(suomifi)
    object.__setattr__(nowhere, "address", "http://127.0.0.1:1")
    async with visiting(nowhere) as visits:
        assert await why_not(visits.open(KATRI)) == (MandatesNotAnswered, "unreachable")


@pytest.mark.parametrize(
    ("step", "status", "refusal", "why"),
    [
        (Step.REGISTER, 400, MandatesMisconfigured, "request"),
        (Step.REGISTER, 401, MandatesMisconfigured, "client"),
        (Step.REGISTER, 403, MandatesRefused, None),
        (Step.REGISTER, 404, MandatesMisconfigured, "address"),
        (Step.REGISTER, 409, MandatesSessionOver, "conflict"),
        (Step.REGISTER, 302, MandatesNotAnswered, "server"),
        (Step.TOKEN, 400, MandatesSessionOver, "code_spent"),
        (Step.TOKEN, 401, MandatesMisconfigured, "client"),
        (Step.ASK, 400, MandatesNothingChosen, None),
        (Step.ASK, 401, MandatesSessionOver, "expired"),
        (Step.ASK, 403, MandatesRefused, None),
        (Step.ASK, 429, MandatesNotAnswered, "busy"),
        (Step.ASK, 500, MandatesNotAnswered, "server"),
        (Step.ASK, 503, MandatesNotAnswered, "server"),
        (Step.CHECK, 401, MandatesMisconfigured, "client"),
    ],
)
def test_every_status_has_a_name(step: Step, status: int, refusal: type[Refusal], why: str | None) -> None:
    found = refusal_of(step, status)

    assert (type(found), found.parameters.get("why")) == (refusal, why)


async def test_what_the_stand_in_is_told_to_fail_with_arrives_by_its_name(
    visits: Visits, suomifi: StandIn
) -> None:
    session = await visits.open(KATRI)
    token = await visits.token((await choose(visits, session))["code"])
    for status, refusal in {401: MandatesSessionOver, 403: MandatesRefused, 503: MandatesNotAnswered}.items():
        suomifi.knobs.fails = {"ask": status}

        assert (await why_not(visits.organisations(session.id, token)))[0] is refusal


async def test_a_code_that_the_service_disowns_is_spent(visits: Visits, suomifi: StandIn) -> None:
    suomifi.knobs.invalid_grant = True
    code = (await choose(visits, await visits.open(KATRI)))["code"]

    assert await why_not(visits.token(code)) == (MandatesSessionOver, "code_spent")


def test_turning_back_is_told_apart_from_a_failure_there() -> None:
    assert isinstance(failed_there("access_denied"), MandatesCancelled)
    assert isinstance(failed_there("server_error"), MandatesNotAnswered)


async def test_a_person_acts_for_another_person(suomifi: StandIn) -> None:
    async with visiting(credentials(suomifi)) as organisations:
        visits = Visits(organisations.wire, PEOPLE)
        principals = Principals(visits.wire)
        session = await visits.open(EERO)
        token = await visits.token((await choose(visits, session))["code"])

        (child,) = await principals.chosen(session.id, token)
        assert (child.code, child.name) == (FANNI, "Fanni Kokeila")
        assert await principals.themes(session.id, token, FANNI) == (THEME,)
        assert await principals.may_act(session.id, token, FANNI, [THEME])
        assert not await principals.may_act(session.id, token, FANNI, [THEME, f"{THEME}_muu"])
        assert not await principals.may_act(session.id, token, AINO)
        assert await visits.close(session.id)


async def test_the_system_asks_by_itself_whether_one_person_acts_for_another(suomifi: StandIn) -> None:
    async with visiting(credentials(suomifi)) as visits:
        principals = Principals(visits.wire)

        assert await principals.may_act_at_all(EERO, FANNI, asker=str(uuid4()), issue=THEME)
        assert not await principals.may_act_at_all(FANNI, EERO, asker=str(uuid4()))
        with pytest.raises(ValueError, match="personal code"):
            await principals.may_act_at_all(EERO, FANNI, asker=AINO)
