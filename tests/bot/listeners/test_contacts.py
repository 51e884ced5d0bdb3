"""Contact persons in chat: the list, the forms, and why somebody may not."""

from dataclasses import replace

import pytest

from services.contacts.domain import MOST_CONTACTS, Contact
from shared.contracts.contacts import AddContact, ConfirmContact, Duty, ListContacts
from shared.contracts.identity import Affiliation, Affiliations, PersonView
from shared.contracts.roles import Gate
from tests.bot.conftest import Scene, actions_in
from tests.bot.contacts_chat import filled, form, form_of, opened, press, shown, typed, words
from tests.bot.contacts_town import ContactsOffice
from tests.bot.makers import an_organisation


@pytest.fixture
def office(scene: Scene) -> ContactsOffice:
    return ContactsOffice(scene.town).open()


@pytest.mark.parametrize(
    ("text", "title"),
    [("yhteyshenkilöt", "Yhteyshenkilöt"), ("kontakter", "Kontaktpersoner"), ("contacts", "Yhteyshenkilöt")],
)
async def test_the_list_opens_by_its_word_in_the_language_that_the_word_tells(
    scene: Scene, office: ContactsOffice, text: str, title: str
) -> None:
    view = await opened(scene, text=text)

    assert view["title"]["text"] == title
    assert "Terveystalo Testi Oy" in words(view)


async def test_the_list_says_that_a_contact_person_is_no_role(scene: Scene, office: ContactsOffice) -> None:
    finnish = await opened(scene)
    swedish = await opened(scene, "U0OLLE", "kontakter")

    assert "Yhteyshenkilö on eri asia kuin rooli" in words(finnish)
    assert "ger ingen rätt" in words(swedish)


async def test_contact_persons_are_shown_by_duty_with_all_that_is_known(
    scene: Scene, office: ContactsOffice
) -> None:
    office.put("Heli Häiriötön", Duty.DISRUPTIONS)
    office.put("Tekla <!channel> Tukihenkilö", Duty.TECHNICAL)

    view = await opened(scene)

    seen = words(view)
    markup = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert seen.index("Tekniset asiat") < seen.index("Tekla") < seen.index("Häiriötiedotteet'")
    assert "tekla@clinic.example · +358 40 123 4567" in seen
    assert "ruotsi" in seen
    assert "Tiedot vahvistettu" in seen
    assert "<!channel>" not in str(markup)


async def test_somebody_is_added(scene: Scene, office: ContactsOffice) -> None:
    await press(scene, await opened(scene), "contacts.add")
    view = await form_of(scene, "contacts.add")

    answer = await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=filled())
    after = await shown(scene, "on lisätty")

    assert answer["ok"]
    assert [each.details.name for each in office.there()] == ["Tekla Tukihenkilö"]
    assert "tekla@clinic.example" in words(after)
    assert after["callback_id"] == "contacts.list"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("email", "tekla@", "sähköpostiosoite"),
        ("phone", "040 123 4567", "maatunnuksen"),
        ("name", "\u00a0", "nimi"),
    ],
)
async def test_what_is_wrong_is_said_at_its_question(
    scene: Scene, office: ContactsOffice, field: str, text: str, said: str
) -> None:
    await press(scene, await opened(scene), "contacts.add")
    view = await form_of(scene, "contacts.add")

    answer = await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=filled(**{field: text}))

    assert answer["error"] == "form_errors"
    assert said in str(answer["errors"])
    assert list(answer["errors"]) == [field]
    assert office.there() == []


async def test_details_are_changed_from_what_they_were(scene: Scene, office: ContactsOffice) -> None:
    contact = office.put("Tekla Tukihenkilö")
    await press(scene, await opened(scene), "contacts.change", about=str(contact.id))
    view = await form_of(scene, "contacts.change")

    await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=typed(name="Teemu Tukihenkilö"))
    await shown(scene, "tiedot on muutettu")

    changed = office.kept[contact.id]
    assert changed.details == replace(contact.details, name="Teemu Tukihenkilö")
    assert changed.version == 2


async def test_who_is_late_sees_what_somebody_else_made_of_it(scene: Scene, office: ContactsOffice) -> None:
    contact = office.put("Tekla Tukihenkilö")
    await press(scene, await opened(scene), "contacts.change", about=str(contact.id))
    view = await form_of(scene, "contacts.change")
    office.kept[contact.id] = _changed_by_another(contact)

    await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=typed(name="Teemu"))
    after = await shown(scene, "Joku muu ehti muuttaa")

    assert "Somebody Else" in words(after)
    assert office.kept[contact.id].details.name == "Somebody Else"


def _changed_by_another(contact: Contact) -> Contact:
    details = replace(contact.details, name="Somebody Else")
    return contact.changed(details, version=1, by=contact.changed_by, now=contact.changed_at)


async def test_details_are_confirmed_with_one_press(scene: Scene, office: ContactsOffice) -> None:
    contact = office.put("Tekla Tukihenkilö")

    await press(scene, await opened(scene), "contacts.confirm", about=str(contact.id))
    await shown(scene, "vahvistettu oikeiksi tänään")

    assert office.kept[contact.id].confirmed_at > contact.confirmed_at


async def test_removing_asks_first_and_then_takes_them_off_the_list(
    scene: Scene, office: ContactsOffice
) -> None:
    contact = office.put("Tekla Tukihenkilö")
    view = await opened(scene)
    buttons = [element for block in view["blocks"] for element in block.get("elements", [])]
    asking = next(each["confirm"] for each in buttons if each.get("action_id") == "contacts.remove")

    await press(scene, view, "contacts.remove", about=str(contact.id))
    after = await shown(scene, "ei ole enää yhteyshenkilö")

    assert "Tekla Tukihenkilö" in asking["text"]["text"]
    assert office.there() == []
    assert "contacts.remove" not in actions_in(after["blocks"])


async def test_a_press_in_an_old_list_says_that_they_are_gone(scene: Scene, office: ContactsOffice) -> None:
    contact = office.put("Tekla Tukihenkilö")
    view = await opened(scene)
    del office.kept[contact.id]

    await press(scene, view, "contacts.change", about=str(contact.id))
    after = await shown(scene, "ei löydy enää")

    assert after["callback_id"] == "contacts.list"


async def test_a_reader_sees_no_buttons_and_who_can_help(scene: Scene, office: ContactsOffice) -> None:
    office.put("Tekla Tukihenkilö")
    office.closed_to_edit[scene.town.olle.id] = Gate.GRANTED

    view = await opened(scene, "U0OLLE", "kontakter")

    assert "Tekla Tukihenkilö" in words(view)
    assert "huvudanvändaren" in words(view)
    assert not {"contacts.add", "contacts.change", "contacts.confirm", "contacts.remove"} & actions_in(
        view["blocks"]
    )


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        (Gate.GRANTED, "Be organisationens huvudanvändare"),
        (Gate.ACCEPTED, "godkänna den själv"),
        (Gate.REGISTER, "som för registret"),
    ],
)
async def test_who_may_not_see_learns_why_and_who_can_mend_it(
    scene: Scene, office: ContactsOffice, gate: Gate, said: str
) -> None:
    office.put("Tekla Tukihenkilö")
    office.closed_to_see[scene.town.olle.id] = gate

    view = await opened(scene, "U0OLLE", "kontakter")

    assert said in words(view)
    assert "Tekla" not in words(view)


async def test_who_lost_the_right_meanwhile_is_told_in_the_list(scene: Scene, office: ContactsOffice) -> None:
    contact = office.put("Tekla Tukihenkilö")
    view = await opened(scene)
    office.closed_to_edit[scene.town.maija.id] = Gate.DATES

    await press(scene, view, "contacts.confirm", about=str(contact.id))
    after = await shown(scene, "Roolisi ei ole voimassa")

    assert office.kept[contact.id] == contact
    assert "contacts.confirm" not in actions_in(after["blocks"])


async def test_a_person_of_several_organisations_chooses(scene: Scene, office: ContactsOffice) -> None:
    town, pharmacy = scene.town, an_organisation("Apteekki Testi")
    town.organisations[pharmacy.id] = pharmacy
    office.put("Tekla Tukihenkilö")

    def both(_: object, __: PersonView) -> Affiliations:
        mine = (town.clinic, pharmacy)
        return Affiliations(
            affiliations=tuple(Affiliation(organisation=each, main_user=True) for each in mine)
        )

    setattr(town, "_GetAffiliations", both)  # noqa: B010  # a method of the town, for this test
    view = await opened(scene)

    await press(scene, view, "contacts.organisation", value=str(pharmacy.id))
    other = await shown(scene, "ei ole vielä")
    await press(scene, other, "contacts.add")
    empty = await form_of(scene, "contacts.add")
    await scene.slack.act("U0MAIJA", "submit", view_id=empty["id"], state=filled())
    await shown(scene, "on lisätty")

    assert "Tekla" in words(view)
    assert [each.organisation for each in office.there()] == [town.clinic.id, pharmacy.id]


async def test_the_button_in_the_menu_opens_the_list(scene: Scene, office: ContactsOffice) -> None:
    await scene.slack.act("U0MAIJA", "command", command="/kanta", text="help")
    menu = await scene.card("U0MAIJA", "contacts.begin")

    await scene.press("U0MAIJA", menu, "contacts.begin")

    assert await scene.slack.wait_for_view("U0MAIJA", lambda view: form(view, "contacts.list"))


async def test_the_button_on_the_home_tab_opens_the_list_of_its_organisation(
    scene: Scene, office: ContactsOffice
) -> None:
    await scene.slack.act("U0MAIJA", "home")
    home = await scene.slack.wait_for_home("U0MAIJA")
    block = next(block for block in home["blocks"] if "contacts.list" in actions_in([block]))

    await scene.slack.act(
        "U0MAIJA", "press", container={"type": "home"}, block_id=block["block_id"], action_id="contacts.list"
    )
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: form(view, "contacts.list"))

    assert view["private_metadata"] == str(scene.town.clinic.id)


async def test_a_full_list_still_fits_slack(scene: Scene, office: ContactsOffice) -> None:
    for number in range(MOST_CONTACTS):
        office.put("&" * 190 + str(number), list(Duty)[number % len(Duty)])

    view = await opened(scene)

    assert len([one for one in view["blocks"] if one["type"] == "section"]) == MOST_CONTACTS + 2


async def test_a_service_that_is_away_is_said_in_the_modal(scene: Scene, office: ContactsOffice) -> None:
    scene.town.away.add(ListContacts)

    await scene.slack.act("U0MAIJA", "command", command="/kanta", text="contacts")

    assert await shown(scene, "Mitään ei ole hävinnyt")


async def test_the_same_form_sent_twice_is_one_wish(scene: Scene, office: ContactsOffice) -> None:
    await press(scene, await opened(scene), "contacts.add")
    view = await form_of(scene, "contacts.add")
    scene.town.away.add(AddContact)

    await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=filled())
    await shown(scene, "ei ole hävinnyt")

    asked = [each for each in scene.town.asked if isinstance(each, AddContact | ConfirmContact)]
    assert len({each.request_id for each in asked}) == 1
