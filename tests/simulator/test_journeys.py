"""A Bolt app and its people, over websockets and over signed requests alike."""

from simulator.running import Simulator
from simulator.workspace.messages import Message
from tests.simulator.doorkeeper import Doorkeeper, card

Both = tuple[Simulator, Doorkeeper]


def _typed(name: str) -> dict[str, object]:
    return {"name": {"text": {"value": name}}}


async def test_a_command_opens_a_modal_that_is_refused_once_and_then_taken(both: Both) -> None:
    simulator, app = both

    given = await simulator.act("U0AINO", "command", command="/door", text="@bertil #general please")
    view = await simulator.wait_for_view("U0AINO")
    refused = await simulator.act("U0AINO", "submit", view_id=view["id"], state=_typed("wrong"))
    kept = await simulator.wait_for_view("U0AINO")
    taken = await simulator.act("U0AINO", "submit", view_id=view["id"], state=_typed("harbour"))
    message = await simulator.wait_for_message("U0AINO", lambda each: each.text == "A door")

    assert given == {"ok": True}
    assert app.heard[0]["text"] == "<@U0BERTIL|bertil> <#C0GENERAL|general> please"
    assert refused == {"ok": False, "error": "form_errors", "errors": {"name": "Not that door"}}
    assert kept["state"]["values"]["name"]["text"] == {"type": "plain_text_input", "value": "wrong"}
    assert taken == {"ok": True}
    assert simulator.stage.views.stack("U0AINO") == []
    assert message.channel == simulator.dm("U0AINO")


async def test_a_button_in_a_direct_message_changes_the_message(both: Both) -> None:
    simulator, app = both
    posted = await app.client.chat_postMessage(channel="U0BERTIL", text="A door", blocks=card())

    pressed = await simulator.act(
        "U0BERTIL",
        "press",
        container={"type": "message", "channel": posted["channel"], "ts": posted["ts"]},
        block_id="doors",
        action_id="open",
    )
    message = await simulator.wait_for_message("U0BERTIL", lambda each: each.text == "Opened")

    assert pressed == {"ok": True}
    assert message.ts == posted["ts"]
    assert message.blocks is None
    body = next(each for each in app.heard if each["type"] == "block_actions")
    assert body["actions"][0]["value"] == "door-1"
    assert body["message"]["blocks"][1]["block_id"] == "doors"
    assert body["user"] == {
        "id": "U0BERTIL",
        "username": "bertil",
        "name": "bertil",
        "team_id": "T0HARBOUR",
    }


async def test_the_home_tab_is_published_when_opened_and_its_button_works(both: Both) -> None:
    simulator, _ = both

    await simulator.act("U0CELIA", "home")
    first = await simulator.wait_for_home("U0CELIA")
    pressed = await simulator.act(
        "U0CELIA", "press", container={"type": "home"}, block_id="doors", action_id="open"
    )
    second = await simulator.wait_for_home("U0CELIA", lambda view: "Opened" in str(view["blocks"]))

    assert pressed == {"ok": True}
    assert first["id"] == second["id"]
    assert first["hash"] != second["hash"]


async def test_an_external_select_asks_the_app(both: Both) -> None:
    simulator, _ = both
    await simulator.act("U0AINO", "command", command="/door")
    view = await simulator.wait_for_view("U0AINO")

    suggested = await simulator.act(
        "U0AINO",
        "suggest",
        container={"type": "view", "view_id": view["id"]},
        block_id="organisation",
        action_id="organisation",
        query="Harbour",
    )

    assert suggested["options"] == [{"text": {"type": "plain_text", "text": "Harbour Ltd"}, "value": "org-1"}]


async def test_an_ephemeral_message_is_replaced_through_its_response_url(both: Both) -> None:
    simulator, app = both
    shown = await app.client.chat_postEphemeral(
        channel="C0GENERAL", user="U0AINO", text="A door", blocks=card()
    )

    await simulator.act(
        "U0AINO",
        "press",
        container={"type": "message", "channel": "C0GENERAL", "ts": shown["message_ts"]},
        block_id="doors",
        action_id="open",
    )
    message = await simulator.wait_for_message("C0GENERAL", lambda each: each.text == "Opened")

    assert message.only_for == "U0AINO"
    assert message.ts == shown["message_ts"]
    assert simulator.stage.messages.history("C0GENERAL") == []
    assert simulator.stage.messages.seen_by("U0BERTIL", "C0GENERAL") == []


async def test_a_mention_in_a_channel_is_heard_twice_with_two_names(both: Both) -> None:
    simulator, app = both

    await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Hello @doorkeeper, is 1 < 2?")
    await simulator.settled()

    assert sorted(each["type"] for each in app.heard) == ["app_mention", "message"]
    assert {each["text"] for each in app.heard} == {"Hello <@U0SIMULATOR>, is 1 &lt; 2?"}


async def test_what_is_said_where_the_app_is_not_stays_there(both: Both) -> None:
    simulator, app = both

    await simulator.act("U0AINO", "say", channel="C0QUAY", text="Hello @doorkeeper")
    await simulator.act("U0AINO", "say", channel=simulator.dm("U0AINO"), text="Hello")
    await simulator.settled()

    assert [each["channel_type"] for each in app.heard] == ["im"]


async def test_the_text_of_an_ack_is_shown_to_the_person_alone(both: Both) -> None:
    simulator, _ = both

    await simulator.act("U0AINO", "command", channel="C0GENERAL", command="/plain", text="hello")
    message = await simulator.wait_for_message("C0GENERAL")

    assert message.text == "You said: hello"
    assert message.only_for == "U0AINO"


async def test_a_modal_is_updated_pushed_closed_and_cleared_by_acks(both: Both) -> None:
    simulator, app = both
    await simulator.act("U0AINO", "shortcut", callback_id="door")
    first = await simulator.wait_for_view("U0AINO")

    await simulator.act("U0AINO", "submit", view_id=first["id"], state=_typed("update"))
    updated = await simulator.wait_for_view("U0AINO", lambda view: view["private_metadata"] == "again")
    await simulator.act("U0AINO", "submit", view_id=first["id"], state=_typed("push"))
    pushed = await simulator.wait_for_view("U0AINO", lambda view: view["id"] != first["id"])
    await simulator.act("U0AINO", "close", view_id=pushed["id"])
    below = await simulator.wait_for_view("U0AINO")
    await simulator.act("U0AINO", "submit", view_id=first["id"], state=_typed("clear"))

    assert updated["id"] == first["id"]
    assert updated["state"]["values"]["name"]["text"]["value"] == "update"
    assert pushed["previous_view_id"] == first["id"]
    assert [each["view"]["id"] for each in app.closed] == [pushed["id"]]
    assert below["id"] == first["id"]
    assert simulator.stage.views.stack("U0AINO") == []


async def test_errors_for_a_block_that_is_not_there_are_a_bad_answer(both: Both) -> None:
    simulator, _ = both
    await simulator.act("U0AINO", "shortcut", callback_id="door")
    view = await simulator.wait_for_view("U0AINO")

    answered = await simulator.act("U0AINO", "submit", view_id=view["id"], state=_typed("nonsense"))

    assert answered["error"] == "bad_answer"


async def test_an_empty_field_is_asked_for_in_the_persons_language(both: Both) -> None:
    simulator, app = both
    await simulator.act("U0AINO", "shortcut", callback_id="door")
    view = await simulator.wait_for_view("U0AINO")

    answered = await simulator.act("U0AINO", "submit", view_id=view["id"], state=_typed(""))

    assert answered["errors"] == {"name": "Täytä tämä kohta."}
    assert app.submitted == []


async def test_the_newest_matching_message_is_the_one_awaited(both: Both) -> None:
    simulator, app = both
    for text in ("first", "second"):
        await app.client.chat_postMessage(channel="U0AINO", text=text)

    message = await simulator.wait_for_message("U0AINO")

    assert isinstance(message, Message)
    assert message.text == "second"
