"""A reminder's button leads to a form that is filled in, and the form says who will be told."""

from datetime import date

from shared.contracts.roles import GrantStatus, Phase
from tests.bot.conftest import Scene, actions_in
from tests.bot.makers import a_grant, a_person
from tests.bot.notifications.conftest import Clock, texts


async def test_a_role_that_ends_is_offered_anew_with_one_press(office: Scene, clock: Clock) -> None:
    town = office.town
    birgit = a_person("Birgit Huvudanvändare", "U0NEW", "sv")
    town.people[birgit.id] = birgit
    town.main_users.add((town.clinic.id, birgit.id))
    ends = date(2026, 11, 30)
    held = {"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE, "valid_until": ends}
    offered_at = clock.time.replace(year=2025)
    town.put(a_grant(town.clinic, town.olle, town.maija, offered_at=offered_at, **held))
    await office.bot.rounds.go()
    (message,) = [each for each in office.slack.messages("U0MAIJA") if "grant.renew" in str(each.blocks)]
    assert "grant.renew" in actions_in(message.blocks)

    await office.press("U0MAIJA", message, "grant.renew")
    view = await office.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    filled = str(view["blocks"])
    assert "Olle Arkivarie" in filled
    assert "archive keeper (fi)" in filled
    assert "'initial_date': '2027-11-30'" in filled
    assert "Seuraavassa koosteessa: Birgit Huvudanvändare (<@U0NEW>)" in filled
    assert len(texts(office, "U0MAIJA")) == 1


async def test_who_ends_a_role_sees_first_who_will_be_told(office: Scene, clock: Clock) -> None:
    town = office.town
    held = {"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}
    town.put(a_grant(town.clinic, town.olle, town.maija, offered_at=clock.time, **held))
    await office.slack.act("U0MAIJA", "home")
    home = await office.slack.wait_for_home("U0MAIJA", lambda view: "grant.revoke" in str(view))
    row = next(each for each in home["blocks"] if "grant.revoke" in str(each.get("accessory")))
    container = {"type": "view", "view_id": home["id"]}
    await office.slack.act(
        "U0MAIJA", "press", container=container, block_id=row["block_id"], action_id="grant.revoke"
    )
    view = await office.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.revoke")

    assert "Tiedon saa heti: Olle Arkivarie (<@U0OLLE>)." in str(view["blocks"])
