"""Modals, Home tabs and the Messages tab: what may be shown, once and for how long."""

from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator, running
from simulator.timing import Timing
from tests.simulator.conftest import MANIFEST, SEED, bot_client, next_news, refusal
from tests.simulator.doorkeeper import card, home, modal, plain, written


async def test_a_view_that_slack_would_refuse_is_refused(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    trigger = simulator.stage.triggers.issue("U0AINO")
    wrong = modal([written("name", {"type": "button", "action_id": "a", "text": plain("No")})])
    large = home("x") | {"blocks": card("x" * 3000)[:1] * 90}

    unfit = await refusal(client, "views.open", trigger_id=trigger, view=wrong)
    heavy = await refusal(client, "views.publish", user_id="U0AINO", view=large)
    taken = await client.views_open(trigger_id=trigger, view=modal(card()))

    assert unfit["error"] == "invalid_arguments"
    assert "/view/blocks/0/element/type" in unfit["response_metadata"]["messages"][0]
    assert heavy["error"] == "view_too_large"
    assert taken["view"]["state"]["values"] == {}


async def test_a_trigger_opens_one_view(simulator: Simulator, client: AsyncWebClient) -> None:
    trigger = simulator.stage.triggers.issue("U0AINO")
    await client.views_open(trigger_id=trigger, view=modal(card()))

    answer = await refusal(client, "views.open", trigger_id=trigger, view=modal(card()))

    assert answer["error"] == "exchanged_trigger_id"


async def test_three_views_lie_on_each_other_and_no_more(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    triggers = [simulator.stage.triggers.issue("U0AINO") for _ in range(4)]
    await client.views_open(trigger_id=triggers[0], view=modal(card()))
    await client.views_push(trigger_id=triggers[1], view=modal(card()))
    await client.views_push(trigger_id=triggers[2], view=modal(card()))

    answer = await refusal(client, "views.push", trigger_id=triggers[3], view=modal(card()))

    assert answer["error"] == "push_limit_reached"


async def test_a_stale_hash_is_a_conflict(simulator: Simulator, client: AsyncWebClient) -> None:
    first = await client.views_publish(user_id="U0AINO", view=home("first"))
    second = await client.views_publish(user_id="U0AINO", view=home("second"), hash=first["view"]["hash"])

    answer = await refusal(
        client, "views.publish", user_id="U0AINO", view=home("third"), hash=first["view"]["hash"]
    )

    assert answer["error"] == "hash_conflict"
    assert (await simulator.wait_for_home("U0AINO"))["hash"] == second["view"]["hash"]


async def test_suggested_prompts_belong_to_no_thread(simulator: Simulator, client: AsyncWebClient) -> None:
    dm = simulator.dm("U0AINO")
    prompts = [{"title": "Open", "message": "Open a door"}]

    silent = await client.assistant_threads_setSuggestedPrompts(
        channel_id=dm, thread_ts="1.0", prompts=prompts
    )
    before = simulator.stage.prompts.get("U0AINO")
    await client.assistant_threads_setSuggestedPrompts(channel_id=dm, prompts=prompts)

    assert silent["ok"] is True
    assert before is None
    assert simulator.stage.prompts["U0AINO"] == prompts


async def test_a_status_stands_until_the_app_replies(simulator: Simulator, client: AsyncWebClient) -> None:
    said = await simulator.act("U0AINO", "say", text="Hello")
    dm = said["channel"]

    await client.assistant_threads_setStatus(channel_id=dm, thread_ts=said["ts"], status="is thinking")
    during = simulator.stage.statuses[dm, said["ts"]]
    await client.chat_postMessage(channel=dm, text="Hello", thread_ts=said["ts"])

    assert during == "is thinking"
    assert simulator.stage.statuses[dm, said["ts"]] == ""


async def test_a_forgotten_status_ends_by_itself() -> None:
    async with running(SEED, MANIFEST, timing=Timing(status_seconds=0.01)) as simulator:
        said = await simulator.act("U0AINO", "say", text="Hello")
        with simulator.stage.feed.subscribed("U0AINO") as queue:
            await bot_client(simulator).assistant_threads_setStatus(
                channel_id=said["channel"], thread_ts=said["ts"], status="is thinking"
            )
            first, second = await next_news(queue, "status"), await next_news(queue, "status")

    assert [first["status"], second["status"]] == ["is thinking", ""]
