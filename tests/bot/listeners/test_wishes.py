"""People choose when they are told and of what, and see what the next digest would say."""

from datetime import time

import pytest

from bot.notifications.audience import Kind, Urgency
from bot.notifications.calm import Calm
from shared.contracts.roles import GrantDeclined, GrantOffered, GrantStatus
from simulator.wire import Json
from tests.bot.conftest import Scene
from tests.bot.notifications.conftest import Clock, at, decided, offered, texts


async def form(scene: Scene, user: str = "U0MAIJA", text: str = "ilmoitukset") -> Json:
    await scene.slack.act(user, "command", command="/kanta", text=text)
    return await scene.slack.wait_for_view(user, lambda view: view["callback_id"] == "wishes.set")


def clock_at(name: str, when: str) -> Json:
    return {name: {name: {"type": "timepicker", "selected_time": when}}}


def picked(view: Json, name: str, value: str) -> Json:
    block = next(block for block in view["blocks"] if block.get("block_id") == name)
    option = next(each for each in block["element"]["options"] if each["value"] == value)
    return {name: {name: {"type": "static_select", "selected_option": option}}}


@pytest.mark.parametrize("text", ["ilmoitukset", "aviseringar", "notifications"])
async def test_the_form_opens_in_three_languages(office: Scene, text: str) -> None:
    view = await form(office, text=text)

    assert view["title"]["text"] in ("Ilmoitukset", "Aviseringar", "Notifications")
    assert "'initial_time': '18:00'" in str(view["blocks"])


async def test_what_the_next_digest_would_say_is_shown(office: Scene, clock: Clock) -> None:
    clock.set("2026-11-24T20:00")
    grant = offered(office, clock)
    declined = decided(office, grant, GrantStatus.DECLINED, clock.time)
    await office.bot.hearing.hear(GrantDeclined(grant=declined))

    shown = str((await form(office))["blocks"])

    assert "Seuraavassa koosteessa 25.11.2026 klo 8.30 olisi 1 asia" in shown
    assert "kieltäytyi" in shown


async def test_nothing_is_said_to_wait_when_nothing_does(office: Scene) -> None:
    assert "ei ole vielä mitään kerrottavaa" in str((await form(office))["blocks"])


async def test_what_is_chosen_is_kept_and_kept_to(office: Scene, clock: Clock) -> None:
    view = await form(office)
    state = {
        **clock_at("quiet_from", "20:30"),
        **clock_at("quiet_until", "07:00"),
        **clock_at("digest_at", "09:15"),
        **picked(view, "answers", "digest"),
        **picked(view, "colleagues", "home"),
    }
    assert (await office.slack.act("U0MAIJA", "submit", view_id=view["id"], state=state))["ok"]
    await office.slack.wait_for_view("U0MAIJA", lambda view: "on tallennettu" in str(view))
    grant = offered(office, clock)
    declined = decided(office, grant, GrantStatus.DECLINED, clock.time)
    await office.bot.hearing.hear(GrantDeclined(grant=declined))
    assert texts(office, "U0MAIJA") == []
    clock.set("2026-11-25T09:15")
    await office.bot.rounds.go()

    assert ["kieltäytyi" in text for text in texts(office, "U0MAIJA")] == [True]
    calm = await office.bot.kit.diary.calm_of(office.town.maija.id, Calm())
    assert (calm.quiet_from, calm.quiet_until, calm.digest_at) == (time(20, 30), time(7), time(9, 15))
    assert calm.urgencies == {Kind.ANSWERS: Urgency.DIGEST, Kind.COLLEAGUES: Urgency.HOME}


async def test_a_digest_in_quiet_hours_is_said_at_its_question(office: Scene) -> None:
    view = await form(office)

    answer = await office.slack.act(
        "U0MAIJA", "submit", view_id=view["id"], state=clock_at("digest_at", "19:00")
    )

    assert answer["error"] == "form_errors"
    assert set(answer["errors"]) == {"digest_at"}


async def test_an_offer_that_waited_comes_when_somebody_wants_no_quiet_hours(
    office: Scene, clock: Clock
) -> None:
    clock.set("2026-11-24T20:00")
    await office.bot.hearing.hear(GrantOffered(grant=offered(office, clock)))
    assert texts(office, "U0OLLE") == []
    view = await form(office, "U0OLLE", "aviseringar")
    state = {**clock_at("quiet_from", "06:00"), **clock_at("quiet_until", "06:00")}
    await office.slack.act("U0OLLE", "submit", view_id=view["id"], state=state)
    await office.slack.wait_for_view("U0OLLE", lambda view: "sparats" in str(view))
    await office.bot.rounds.go()

    assert len(texts(office, "U0OLLE")) == 1
    assert clock.time == at("2026-11-24T20:00")
