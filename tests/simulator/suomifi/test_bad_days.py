"""What the stand-in writes down, what it can be told to do wrong, and whom it knows."""

import pytest
import yaml

from simulator.suomifi.census import CensusInvalid, read_census
from simulator.suomifi.journal import masked
from simulator.suomifi.knobs import Knobs, KnobUnknown
from simulator.town.inhabitants import inhabitants
from tests.simulator.suomifi.conftest import EERO, FANNI, KATRI, TOWN, Caller

REGISTER = f"/service/ypa/user/register/kantaeks/{KATRI}?requestId=1"


async def test_every_call_is_written_down_without_personal_codes(caller: Caller) -> None:
    session, user = await caller.register()
    await caller.exchange((await caller.choose(user))["code"])
    await caller.get(f"/service/ypa/user/unregister/{session}")

    entries = caller.stand_in.journal.entries

    assert [entry.step for entry in entries] == ["register", "authorize", "token", "unregister"]
    assert [entry.status for entry in entries] == [200, 302, 200, 200]
    assert entries[0].request_id == "1"
    assert KATRI not in str(entries)
    assert "030516*****" in entries[0].target


def test_codes_of_every_century_are_cut() -> None:
    assert masked("/x/010100%2B9015/010100+9015/020516C903K?a") == "/x/010100*****/010100*****/020516*****?a"


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_a_step_fails_as_the_knob_says_until_it_is_turned_back(caller: Caller, status: int) -> None:
    caller.stand_in.knobs.fails = {"register": status}
    assert (await caller.get(REGISTER))[0] == status

    caller.stand_in.knobs.turn({})

    assert (await caller.get(REGISTER))[0] == 200


async def test_a_clock_that_goes_wrong_there_refuses_those_that_go_right(caller: Caller) -> None:
    caller.stand_in.knobs.turn({"clock": 400})

    assert (await caller.get(REGISTER))[0] == 401


async def test_knobs_are_turned_by_http_with_the_session_alone(caller: Caller) -> None:
    address, told = f"{caller.stand_in.url}/sim/knobs", {"fails": {"ask": 503}, "incomplete": ["*"]}
    async with caller.http.put(address, json=told) as response:
        assert response.status == 403
    headers = {"X-Simulator-Session": caller.stand_in.session}
    async with caller.http.put(address, json=told, headers=headers) as response:
        assert response.status == 200
    async with caller.http.put(address, json={"fails": {"nothing": 1}}, headers=headers) as response:
        assert response.status == 400

    assert caller.stand_in.knobs.fails == {"ask": 503}


@pytest.mark.parametrize(
    "told",
    [
        {"unheard": 1},
        {"fails": {"ask": 200}},
        {"fails": {"ask": "401"}},
        {"fails": []},
        {"latency": {"ask": 61}},
        {"clock": True},
        {"incomplete": "*"},
    ],
)
def test_a_knob_that_is_not_there_changes_nothing(told: dict[str, object]) -> None:
    knobs = Knobs(invalid_grant=True)

    with pytest.raises(KnobUnknown):
        knobs.turn(told)

    assert knobs.invalid_grant


async def test_a_page_of_another_site_reaches_nothing(caller: Caller) -> None:
    async with caller.http.get(
        f"{caller.stand_in.url}/sim/journal", headers={"Origin": "https://elsewhere.example"}
    ) as response:
        assert response.status == 403


def test_everybody_of_the_town_is_known_here_by_the_same_name() -> None:
    census = read_census(TOWN)

    assert {one.personal_code: one.name for one in inhabitants()} == {
        code: one.name for code, one in census.people.items()
    }
    assert {place for one in inhabitants() for place in one.organisations} <= set(census.organisations)


@pytest.mark.parametrize(
    "change",
    [
        {"clients": [{"id": "short", "api_key": "a", "oauth_password": "b"}]},
        {"organisations": []},
        {
            "people": [
                {"name": "A", "personal_code": EERO, "people": [{"personal_code": FANNI, "themes": []}]}
            ]
        },
    ],
)
def test_a_census_that_cannot_be_is_refused_without_naming_anybody(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("census") / "census.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(TOWN.read_text()) | change))

    with pytest.raises(CensusInvalid) as refused:
        read_census(path)

    assert not [one.personal_code for one in inhabitants() if one.personal_code in str(refused.value)]
