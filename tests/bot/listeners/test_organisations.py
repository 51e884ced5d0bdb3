"""A person with three organisations chooses for which one they act, and sees it from then on."""

import asyncio
from uuid import uuid4

import pytest

from bot.acting import acts_among, places_of
from shared.contracts.base import OrganisationId
from shared.contracts.identity import (
    Affiliation,
    Affiliations,
    ChatAccount,
    ChatAccountUnlinked,
    LinkEnd,
    MandateView,
)
from shared.contracts.roles import GrantDeclined, GrantOffered, GrantStatus, Phase, Role
from simulator.wire import Json
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.contacts_town import ContactsOffice
from tests.bot.listeners.chat import only_for, type_in
from tests.bot.makers import NOW, TEAM, a_grant, an_organisation

MAIJA = ChatAccount(team=TEAM, user="U0MAIJA")


@pytest.fixture
def three(scene: Scene) -> Scene:
    """Maija is a main user of the clinic and of the pharmacy, and belongs to the vendor."""
    town = scene.town
    town.pharmacy = town.found(an_organisation("Apteekki Näyte"), main_user=town.maija)
    town.vendor = town.found(an_organisation("Ohjelmatalo Testi Oy"))
    return scene


async def choose(scene: Scene, name: str) -> None:
    await type_in(scene, "U0MAIJA", "organisaatiot")
    listed = await only_for(scene, "U0MAIJA", "Organisaatiosi")
    block = next(each for each in listed.blocks or [] if name in str(each) and "accessory" in each)
    container = {"type": "message", "channel": listed.channel, "ts": listed.ts}
    await scene.slack.act(
        "U0MAIJA", "press", container=container, block_id=block["block_id"], action_id="acting.choose"
    )
    await only_for(scene, "U0MAIJA", f"Toimit tästä lähtien organisaation *{name}*")


def top_of(view: Json) -> str:
    return str(view["blocks"][0])


async def test_all_organisations_are_listed_with_what_one_is_there(three: Scene) -> None:
    town = three.town
    grant = a_grant(town.vendor, town.maija, town.olle)
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))
    await type_in(three, "U0MAIJA", "organisations")
    listed = await only_for(three, "U0MAIJA", "Apteekki Näyte")

    places = [block for block in listed.blocks or [] if "accessory" in block]
    by_name = {block["text"]["text"].split("*")[1]: block for block in places}
    assert [*by_name] == ["Terveystalo Testi Oy", "Apteekki Näyte", "Ohjelmatalo Testi Oy"]
    assert "Olet pääkäyttäjä" in str(by_name["Apteekki Näyte"])
    assert "archive keeper (fi) (" in str(by_name["Ohjelmatalo Testi Oy"])
    assert all(block["accessory"]["action_id"] == "acting.choose" for block in by_name.values())


async def test_that_one_is_a_main_user_is_said_once(scene: Scene) -> None:
    town = scene.town
    held = {"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}
    for role in (Role.MAIN_USER, Role.READER):
        town.put(a_grant(town.clinic, town.maija, town.olle, role=role, **held))
    await type_in(scene, "U0MAIJA", "organisaatiot")
    listed = await only_for(scene, "U0MAIJA", "Olet pääkäyttäjä (")

    assert "main user (fi)" not in said(listed)
    assert "reader (fi) (" in said(listed)


@pytest.mark.parametrize("word", ["organisaatiot", "organisationer", "organisations", "organisatiot"])
async def test_the_word_is_known_in_three_languages_and_when_mistyped(three: Scene, word: str) -> None:
    await type_in(three, "U0MAIJA", word)
    answer = await only_for(three, "U0MAIJA", "rganisa")

    assert actions_in(answer.blocks)


async def test_with_one_organisation_nobody_is_asked(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "organisaatiot")
    listed = await only_for(scene, "U0MAIJA", "Organisaatiosi")
    await type_in(scene, "U0MAIJA", "miksi")
    form = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "why.explain")

    assert "acting.choose" not in actions_in(listed.blocks)
    assert "Toimit organisaation" not in str(form)


async def test_the_choice_is_proposed_and_shown_everywhere(three: Scene) -> None:
    town = three.town
    ContactsOffice(town).open()
    await choose(three, "Apteekki Näyte")
    home = await three.slack.wait_for_home(
        "U0MAIJA", lambda view: "puolesta: *Apteekki Näyte*" in top_of(view)
    )
    await type_in(three, "U0MAIJA", "anna")
    offer = await three.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")
    await type_in(three, "U0MAIJA", "miksi")
    why = await three.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "why.explain")
    await type_in(three, "U0MAIJA", "yhteyshenkilöt")
    contacts = await three.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "contacts.list")
    await type_in(three, "U0MAIJA", "omat")
    mine = await only_for(three, "U0MAIJA", "puolesta: *Apteekki Näyte*")

    assert home["blocks"][0]["accessory"]["action_id"] == "acting.show"
    for view in (offer, why, contacts):
        assert "Toimit organisaation puolesta: *Apteekki Näyte*" in top_of(view)
    assert contacts["private_metadata"] == why["private_metadata"] == str(town.pharmacy.id)
    asked = next(block for block in offer["blocks"] if block.get("block_id") == "organisation")
    assert asked["element"]["initial_option"]["value"] == str(town.pharmacy.id)
    assert mine.ephemeral


async def test_a_form_for_another_organisation_says_so(three: Scene) -> None:
    await choose(three, "Apteekki Näyte")
    await three.slack.act("U0MAIJA", "home")
    home = await three.slack.wait_for_home("U0MAIJA", lambda view: "grant.begin" in str(view))
    block = next(
        each
        for each in home["blocks"]
        for element in each.get("elements", [])
        if element.get("action_id") == "grant.begin" and element.get("value") == str(three.town.clinic.id)
    )
    await three.slack.act(
        "U0MAIJA",
        "press",
        container={"type": "view", "view_id": home["id"]},
        block_id=block["block_id"],
        action_id="grant.begin",
        value=str(three.town.clinic.id),
    )
    form = await three.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert "Tässä toimit organisaation *Terveystalo Testi Oy* puolesta, et" in top_of(form)


async def test_a_message_about_another_organisation_says_which(three: Scene) -> None:
    town = three.town
    await choose(three, "Apteekki Näyte")
    for organisation in (town.clinic, town.pharmacy):
        grant = town.put(a_grant(organisation, town.olle, town.maija))
        declined = grant.model_copy(
            update={"status": GrantStatus.DECLINED, "phase": Phase.DECLINED, "version": 2, "closed_at": NOW}
        )
        town.put(declined)
        await three.bot.hearing.hear(GrantDeclined(grant=declined))

    other = await three.card("U0MAIJA", "Koskee organisaatiota *Terveystalo Testi Oy*")
    await three.card("U0MAIJA", "Koskee organisaatiota: *Apteekki Näyte*")
    assert "toimit organisaation *Apteekki Näyte* puolesta" in said(other)


async def test_an_offer_to_somebody_with_several_says_which_organisation_makes_it(three: Scene) -> None:
    town = three.town
    await choose(three, "Apteekki Näyte")
    grant = town.put(a_grant(town.vendor, town.maija, town.olle))
    await three.bot.hearing.hear(GrantOffered(grant=grant))

    await three.card("U0MAIJA", "Koskee organisaatiota *Ohjelmatalo Testi Oy*")


async def test_a_choice_of_an_organisation_that_is_not_theirs_is_no_choice(three: Scene) -> None:
    await type_in(three, "U0MAIJA", "organisaatiot")
    listed = await only_for(three, "U0MAIJA", "Organisaatiosi")
    block = next(each for each in listed.blocks or [] if "Apteekki Näyte" in str(each))
    del three.town.organisations[three.town.pharmacy.id]
    await three.slack.act(
        "U0MAIJA",
        "press",
        container={"type": "message", "channel": listed.channel, "ts": listed.ts},
        block_id=block["block_id"],
        action_id="acting.choose",
    )
    await only_for(three, "U0MAIJA", "Et enää kuulu")

    assert await three.bot.kit.choices.of(MAIJA) is None


async def test_whoever_is_unlinked_leaves_no_choice_to_the_next(three: Scene) -> None:
    town = three.town
    await choose(three, "Apteekki Näyte")
    town.unlink(town.maija)
    await three.bot.hearing.hear(
        ChatAccountUnlinked(person=town.maija.id, chat=MAIJA, why=LinkEnd.REMOVED, linked_at=None)
    )

    assert await three.bot.kit.choices.of(MAIJA) is None


async def test_two_choices_at_once_leave_one(three: Scene) -> None:
    choices, town = three.bot.kit.choices, three.town
    both = (town.clinic.id, town.pharmacy.id)
    await asyncio.gather(*(choices.choose(MAIJA, each, NOW) for each in both))

    assert await choices.of(MAIJA) in both


def test_a_choice_that_is_not_ones_own_any_more_is_none() -> None:
    one, other = an_organisation("One"), an_organisation("Other")

    assert acts_among([], None).chosen is None
    assert acts_among([one], OrganisationId(uuid4())).chosen == one
    assert not acts_among([one], None).several
    assert acts_among([one, other], other.id).chosen == other
    assert acts_among([one, other], None).chosen is None
    assert acts_among([one, other], OrganisationId(uuid4())).chosen is None


def test_what_suomifi_vouches_for_is_listed_where_one_belongs_and_where_one_does_not() -> None:
    mine, theirs = an_organisation("Mine"), an_organisation("Theirs")

    def mandate(organisation: OrganisationId | None) -> MandateView:
        return MandateView.model_validate(
            {
                "organisation": organisation,
                "business_id": "1234567-1",
                "name": "x",
                "complete": True,
                "codes": ("TJ",),
                "unknown_codes": (),
                "rights": ("act_for",),
                "how": "chosen",
                "proved_at": NOW,
                "expires_at": NOW,
            }
        )

    found = Affiliations(
        affiliations=(Affiliation(organisation=mine, main_user=False),),
        mandates=(mandate(mine.id), mandate(theirs.id), mandate(None)),
        others=(theirs,),
    )
    first, second = places_of(found, ())

    assert (first.organisation, first.member, first.mandate) == (mine, True, found.mandates[0])
    assert (second.organisation, second.member, second.mandate) == (theirs, False, found.mandates[1])
