"""The code server's stand-in answers as the code server does."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from simulator.codeserver.app import CodeServer, running
from simulator.codeserver.entries import Crowd, Town, read_town
from simulator.town.inhabitants import REGISTER

CODES = "/codeserver/csapi/{version}/classifications/1.2.246.537.6.202/conceptcodes"


class Asker:
    """Somebody who asks, sharing no code with what is asked."""

    def __init__(self, server: CodeServer, http: ClientSession) -> None:
        self.server, self.http = server, http

    async def page(self, version: str = "v3", **asked: str) -> tuple[int, dict[str, Any]]:
        address = self.server.url + CODES.format(version=version)
        async with self.http.get(address, params=asked) as answer:
            return answer.status, await answer.json(content_type=None)

    async def turn(self, session: str, **knobs: Any) -> int:
        headers = {"X-Simulator-Session": session}
        async with self.http.put(f"{self.server.url}/sim/knobs", json=knobs, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def asker() -> AsyncIterator[Asker]:
    async with running(CodeServer(read_town())) as server, ClientSession() as http:
        yield Asker(server, http)


@pytest.fixture
async def crowd() -> AsyncIterator[Asker]:
    async with running(CodeServer(Crowd(1_203))) as server, ClientSession() as http:
        yield Asker(server, http)


async def test_the_demo_town_is_in_it_as_in_its_own_file(asker: Asker) -> None:
    _, page = await asker.page(status="ACTIVE", pageSize="500")

    told = {one["conceptCodeId"]: _name(one) for one in page["conceptCodes"]}
    own = {one["conceptCodeId"]: _name(one) for one in json.loads(REGISTER.read_text())["conceptCodes"]}
    assert own.items() <= told.items()


async def test_pages_are_of_at_most_five_hundred_and_count_from_one(crowd: Asker) -> None:
    pages = [(await crowd.page(pageSize="9999", page=str(number)))[1] for number in (1, 2, 3)]

    assert [len(page["conceptCodes"]) for page in pages] == [500, 500, 203]
    assert {(page["totalItems"], page["totalPages"]) for page in pages} == {(1_203, 3)}
    assert [page["page"] for page in pages] == [1, 2, 3]
    assert len({one["conceptCodeId"] for page in pages for one in page["conceptCodes"]}) == 1_203


async def test_each_status_has_a_listing_of_its_own(crowd: Asker) -> None:
    totals = [
        (await crowd.page(status=status))[1]["totalItems"] for status in ("ACTIVE", "PROPOSAL", "DELETED")
    ]

    assert sum(totals) == 1_203
    assert min(totals) > 0


async def test_what_changed_since_a_day_can_be_asked_for(asker: Asker) -> None:
    assert (await asker.page(modifiedAfter="2026-01-01"))[1]["conceptCodes"] == []

    await asker.turn(asker.server.session, renamed=["1.2.246.10.91000013.10.0"])
    _, page = await asker.page(modifiedAfter="2026-01-01")

    assert [_name(one) for one in page["conceptCodes"]] == ["Esimerkkilän hyvinvointialue (uusi nimi)"]


@pytest.mark.parametrize(
    "asked", [{"status": "ALL"}, {"modifiedAfter": "soon"}, {"page": "0"}, {"sortBy": "NAME"}]
)
async def test_a_question_it_does_not_know_is_refused(asker: Asker, asked: dict[str, str]) -> None:
    assert (await asker.page(**asked))[0] == 400


async def test_the_versions_write_dates_differently(asker: Asker) -> None:
    old, new = (await asker.page("v3"))[1], (await asker.page("v6"))[1]

    assert old["conceptCodes"][0]["beginDate"] == "2023-01-01"
    assert new["conceptCodes"][0]["beginDate"] == "2023-01-01T00:00:00+02:00"


async def test_a_page_may_end_in_the_middle_and_the_server_may_hang_up(asker: Asker) -> None:
    await asker.turn(asker.server.session, cut_short=[1])
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        await asker.page()

    await asker.turn(asker.server.session, away=True)
    with pytest.raises(ClientError):
        await asker.page()


async def test_only_who_has_the_session_turns_knobs_and_only_those_there_are(asker: Asker) -> None:
    assert await asker.turn("guessed", away=True) == 403
    assert await asker.turn(asker.server.session, broken=True) == 400
    assert await asker.turn(asker.server.session, fails=700) == 400
    assert (await asker.page())[0] == 200


def test_the_same_crowd_comes_each_time_with_business_ids_that_are_right() -> None:
    several = [Crowd(80_000)[number] for number in (0, 1, 79_999)]

    assert several == [Crowd(80_000)[number] for number in (0, 1, 79_999)]
    assert several[1].parent == several[0].oid


def test_entries_are_put_in_the_order_of_their_codes() -> None:
    town, crowd = Town(), Crowd(12)
    town.put(*(crowd[number] for number in reversed(range(12))))

    assert [entry.oid for entry in town.entries] == [crowd[number].oid for number in range(12)]


def _name(concept: dict[str, Any]) -> str:
    names = [one for one in concept["attributes"] if one["attributeName"] == "LongName"]
    return str(names[0]["attributeValue"][0])
