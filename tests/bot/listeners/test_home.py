"""The Home tab: everything in pages, what it knows of organisations, how it copes with races and trouble."""

import asyncio

import pytest

from bot.listeners.home import Homes
from bot.words import say
from shared.contracts.base import Refusal
from shared.contracts.contacts import Duty, ListContacts
from shared.contracts.identity import ChatAccount, GetAffiliations
from shared.contracts.roles import GetMyGrants, GrantStatus, GrantView, Phase, Role
from simulator.api.endpoint import Fault
from simulator.wire import Json
from tests.bot.conftest import Scene, actions_in
from tests.bot.contacts_town import ContactsOffice
from tests.bot.listeners.chat import modal
from tests.bot.makers import TEAM, a_grant, a_person, an_organisation
from tests.bot.town import Hold
from tests.support.patience import PATIENCE

IN_FORCE = {"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}
GRANTABLE = [role for role in Role if role is not Role.MAIN_USER]


async def home_of(scene: Scene, user: str, containing: str) -> Json:
    return await scene.slack.wait_for_home(user, lambda view: containing in str(view["blocks"]))


async def press_home(scene: Scene, user: str, home: Json, action: str) -> None:
    block = next(block for block in home["blocks"] if action in actions_in([block]))
    await scene.slack.act(
        user, "press", container={"type": "home"}, block_id=block["block_id"], action_id=action
    )


def crowd(scene: Scene) -> list[GrantView]:
    """Twelve organisations that Maija looks after, with five grants in each: sixty in all."""
    town = scene.town
    organisations = [town.clinic]
    organisations += [
        town.found(an_organisation(f"Organisaatio {number} Oy"), main_user=town.maija) for number in range(11)
    ]
    grants = []
    for organisation in organisations:
        for number, role in enumerate(GRANTABLE[:5]):
            holder = town.move_in(a_person(f"Haltija {number} {organisation.name}", None))
            grant = a_grant(organisation, holder, town.maija, role=role)
            grants.append(town.put(grant.model_copy(update=IN_FORCE if number % 2 else {})))
    return grants


async def test_sixty_grants_in_twelve_organisations_are_all_there_page_by_page(scene: Scene) -> None:
    grants = crowd(scene)
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "Sivu 1/")
    seen, pages = str(home["blocks"]), 1
    while "home.later" in str(home["blocks"]):
        assert len(home["blocks"]) <= 100
        pages += 1
        await press_home(scene, "U0MAIJA", home, "home.later")
        home = await home_of(scene, "U0MAIJA", f"Sivu {pages}/")
        seen += str(home["blocks"])

    assert pages > 1
    assert {grant.id for grant in grants if str(grant.id) not in seen} == set()
    assert all(f"Organisaatio {number} Oy" in seen for number in range(11))


async def test_more_than_fifty_grants_of_one_organisation_are_all_there(scene: Scene) -> None:
    town = scene.town
    grants = [
        town.put(a_grant(town.clinic, town.move_in(a_person(f"Haltija {number}", None)), town.maija))
        for number in range(60)
    ]
    await scene.slack.act("U0MAIJA", "home")
    shown = str((await home_of(scene, "U0MAIJA", str(grants[0].id)))["blocks"])

    assert {grant.id for grant in grants if str(grant.id) not in shown} == set()


async def test_a_heading_is_said_again_on_the_page_where_its_rows_go_on(scene: Scene) -> None:
    town = scene.town
    for number in range(150):
        town.put(a_grant(town.clinic, town.move_in(a_person(f"Haltija {number}", None)), town.maija))
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "Sivu 1/")
    await press_home(scene, "U0MAIJA", home, "home.later")
    second = await home_of(scene, "U0MAIJA", "Sivu 2/")

    headings = [block["text"]["text"] for block in second["blocks"] if block["type"] == "header"]
    assert headings == ["Terveystalo Testi Oy (1234567-1)"]


async def test_what_is_done_on_a_later_page_keeps_that_page(scene: Scene) -> None:
    crowd(scene)
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "Sivu 1/")
    await press_home(scene, "U0MAIJA", home, "home.later")
    await home_of(scene, "U0MAIJA", "Sivu 2/")

    await Homes(scene.bot.kit).show(ChatAccount(team=TEAM, user="U0MAIJA"))

    assert await home_of(scene, "U0MAIJA", "Sivu 2/")


async def test_contact_persons_stand_with_their_duty_and_when_they_were_confirmed(scene: Scene) -> None:
    office = ContactsOffice(scene.town).open()
    office.put("Tekla Tukihenkilö", Duty.TECHNICAL)

    await scene.slack.act("U0MAIJA", "home")
    home = str((await home_of(scene, "U0MAIJA", "Tekla Tukihenkilö"))["blocks"])

    assert "1 henkilö" in home
    assert "Tekniset asiat: Tekla Tukihenkilö (vahvistettu" in home
    assert "Yhteyshenkilö puuttuu: Yleiset asiat" in home


async def test_contacts_away_do_not_keep_the_rest_waiting(scene: Scene) -> None:
    scene.town.away.add(ListContacts)

    await scene.slack.act("U0MAIJA", "home")

    assert "Terveystalo Testi Oy" in str((await home_of(scene, "U0MAIJA", "contacts.list"))["blocks"])


async def test_who_holds_a_role_sees_who_else_does_and_grants_nothing(scene: Scene) -> None:
    town = scene.town
    town.put(a_grant(town.clinic, town.olle, town.maija).model_copy(update=IN_FORCE))

    await scene.slack.act("U0OLLE", "home")
    home = await home_of(scene, "U0OLLE", "bara en innehavare")

    assert "grant.begin" not in actions_in(home["blocks"])
    assert "grant.revoke" not in actions_in(home["blocks"])
    assert "grant.relinquish" in actions_in(home["blocks"])


@pytest.mark.parametrize("shown_before", [False, True])
async def test_an_older_look_never_comes_last_on_a_home(scene: Scene, shown_before: bool) -> None:
    town, homes = scene.town, Homes(scene.bot.kit)
    chat = ChatAccount(team=TEAM, user="U0OLLE")
    if shown_before:
        await homes.show(chat)
    hold = town.held[GetAffiliations] = Hold()
    slow = asyncio.create_task(homes.show(chat))
    await asyncio.wait_for(hold.reached.wait(), PATIENCE)
    del town.held[GetAffiliations]
    town.put(a_grant(town.clinic, town.olle, town.maija))
    await homes.show(chat)
    await home_of(scene, "U0OLLE", "grant.accept")
    hold.let_go.set()
    await asyncio.wait_for(slow, PATIENCE)

    assert "grant.accept" in str((await scene.slack.wait_for_home("U0OLLE"))["blocks"])


async def test_a_home_that_another_process_published_is_overwritten_with_what_is_true(scene: Scene) -> None:
    homes, chat = Homes(scene.bot.kit), ChatAccount(team=TEAM, user="U0OLLE")
    await homes.show(chat)
    await scene.bot.kit.sender.publish("U0OLLE", {"type": "home", "blocks": [{"type": "divider"}]})

    await homes.show(chat)

    assert await home_of(scene, "U0OLLE", "Mina roller")


async def test_trouble_is_said_calmly_on_the_home_tab_itself(scene: Scene) -> None:
    class Unheard(Refusal):
        code = "test.unheard"

    town = scene.town
    town._GetMyGrants = _raising(Unheard())  # type: ignore[method-assign]  # a service that says no
    await scene.slack.act("U0MAIJA", "home")
    refused = await home_of(scene, "U0MAIJA", "test.unheard")
    town._GetMyGrants = _raising(ZeroDivisionError("secret"))  # type: ignore[method-assign]  # a bug
    await press_home(scene, "U0MAIJA", refused, "home.again")
    await scene.slack.act("U0MAIJA", "home")
    broken = await home_of(scene, "U0MAIJA", "Jokin meni")

    assert "home.again" in actions_in(refused["blocks"])
    assert "secret" not in str(broken)
    assert not [each for each in scene.slack.messages("U0MAIJA") if "secret" in each.text]
    del town._GetMyGrants
    await press_home(scene, "U0MAIJA", broken, "home.again")
    assert await home_of(scene, "U0MAIJA", "Omat roolini")


def _raising(error: Exception):  # type: ignore[no-untyped-def]  # stands in for any method
    def method(request: GetMyGrants, asker: object) -> None:
        raise error

    return method


async def test_help_asked_for_on_the_home_tab_is_shown_there(scene: Scene) -> None:
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "help.show")
    await press_home(scene, "U0MAIJA", home, "help.show")

    assert await modal(scene, "U0MAIJA", "Mitä haluat tehdä?")


async def test_what_comes_too_late_for_a_modal_waits_in_a_message(scene: Scene) -> None:
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "help.show")
    scene.slack.fail_next("views.open", Fault(200, "expired_trigger_id"))
    await press_home(scene, "U0MAIJA", home, "help.show")

    assert (await scene.card("U0MAIJA", "Mitä haluat tehdä?")).channel == scene.slack.dm("U0MAIJA")


async def test_who_asks_for_a_link_on_the_home_tab_reads_there_where_it_is(scene: Scene) -> None:
    await scene.slack.act("U0NEW", "home")
    home = await home_of(scene, "U0NEW", "identify.begin")
    await press_home(scene, "U0NEW", home, "identify.begin")

    assert await home_of(scene, "U0NEW", say("identify.look", "en"))
    assert scene.slack.stage.views.top("U0NEW") is None


async def test_a_copy_of_the_register_that_is_too_old_is_said_with_what_to_do(scene: Scene) -> None:
    scene.town.stale = True
    await scene.slack.act("U0MAIJA", "home")
    await home_of(scene, "U0MAIJA", say("register.stale", "fi"))
    scene.town.stale = False
    await scene.slack.act("U0MAIJA", "home")

    assert await scene.slack.wait_for_home(
        "U0MAIJA", lambda view: say("register.mend_stale", "fi") not in str(view["blocks"])
    )
