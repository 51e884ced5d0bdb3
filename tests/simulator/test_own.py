"""What people do with messages that are there: reactions, corrections, deletions, answers for all."""

from simulator.running import Simulator
from simulator.wire import Json
from tests.simulator.conftest import over_sockets


def event(heard: list[Json], kind: str) -> Json:
    return next(each for each in reversed(heard) if each.get("type") == kind)


async def test_a_reaction_is_given_and_taken_back_and_the_app_hears_of_both(simulator: Simulator) -> None:
    async with over_sockets(simulator) as app:
        said = await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Doors")
        where = {"channel": "C0GENERAL", "ts": said["ts"], "name": "eyes"}
        await simulator.act("U0BERTIL", "react", **where)
        await simulator.act("U0AINO", "react", **where)
        both = simulator.messages("C0GENERAL")[-1].reacted()
        await simulator.act("U0AINO", "react", **where)
        await simulator.settled()

        assert both == [{"name": "eyes", "users": ["U0BERTIL", "U0AINO"], "count": 2}]
        assert simulator.messages("C0GENERAL")[-1].reacted()[0]["users"] == ["U0BERTIL"]
        assert event(app.heard, "reaction_added")["item"]["ts"] == said["ts"]
        assert event(app.heard, "reaction_removed")["user"] == "U0AINO"


async def test_people_correct_and_delete_what_is_theirs_alone(simulator: Simulator) -> None:
    said = await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Dors")
    where = {"channel": "C0GENERAL", "ts": said["ts"]}
    corrected = await simulator.act("U0AINO", "edit", **where, text="Doors <@U0BERTIL>")
    after = simulator.messages("C0GENERAL")[-1]
    foreign = [
        await simulator.act("U0BERTIL", "edit", **where, text="Windows"),
        await simulator.act("U0BERTIL", "delete", **where),
    ]
    deleted = await simulator.act("U0AINO", "delete", **where)

    assert (corrected["ok"], deleted["ok"]) == (True, True)
    assert (after.text, after.as_page()["edited"]) == ("Doors <@U0BERTIL>", True)
    assert [each["error"] for each in foreign] == ["cant_update_message", "cant_delete_message"]
    assert simulator.messages("C0GENERAL") == []


async def test_an_answer_for_all_says_so_on_the_wire(simulator: Simulator) -> None:
    root = await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Doors?")
    await simulator.act(
        "U0BERTIL", "say", channel="C0GENERAL", text="Shut", thread_ts=root["ts"], broadcast=True
    )
    answer = simulator.messages("C0GENERAL")[-1]

    assert answer.as_slack(simulator.stage.workspace)["subtype"] == "thread_broadcast"
    assert answer.as_page()["broadcast"] is True


async def test_people_begin_to_talk_directly_and_find_that_talk_again(simulator: Simulator) -> None:
    first = await simulator.act("U0AINO", "begin", people=["U0BERTIL"])
    again = await simulator.act("U0BERTIL", "begin", people=["U0AINO"])
    gone = await simulator.act("U0AINO", "begin", people=["U0GONE"])

    assert first["channel"] == again["channel"]
    assert gone["error"] == "user_disabled"
