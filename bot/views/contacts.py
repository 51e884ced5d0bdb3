"""How contact persons look: the list by duty, the form, and why somebody may not."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from bot.views.acting import ONE, Acts, acting_for
from bot.views.text import (
    Block,
    Blocks,
    actions,
    asking,
    bare,
    button,
    context,
    divider,
    field,
    header,
    modal,
    option,
    plain,
    search,
    section,
    select,
)
from bot.words import LANGUAGES, has, say
from bot.words.dates import day, today
from shared.contracts.base import Language, OrganisationId, Refusal
from shared.contracts.contacts import (
    Contacts,
    ContactsHidden,
    ContactView,
    Duty,
    DutyUnknown,
    EmailInvalid,
    NameMissing,
    PhoneInvalid,
    TooManyContacts,
)
from shared.contracts.identity import OrganisationView

DUTY, NAME, EMAIL, PHONE, LANGUAGE = "duty", "name", "email", "phone", "language"
LONGEST = {NAME: 200, EMAIL: 254, PHONE: 40}

# At which question each refusal is said.
FIELDS: dict[type[Refusal], str] = {
    DutyUnknown: DUTY,
    NameMissing: NAME,
    EmailInvalid: EMAIL,
    PhoneInvalid: PHONE,
    TooManyContacts: NAME,
}


def contacts_list(
    organisations: Sequence[OrganisationView],
    chosen: OrganisationView,
    found: Contacts | None,
    notice: str,
    language: Language,
    acts: Acts = ONE,
) -> Block:
    """Contact persons by duty; *found* is missing if they may not be seen, and *notice* says why."""
    blocks: Blocks = [*acting_for(acts, chosen, language), *_chooser(organisations, chosen, language)]
    if notice:
        blocks.append(section(notice))
    blocks.append(section(say("contacts.intro", language)))
    if found is not None:
        blocks += _found(found, language)
    return modal(
        say("contacts.list_title", language),
        blocks,
        close=say("common.close_button", language),
        form="contacts.list",
        about=str(chosen.id),
    )


def contact_form(organisation: OrganisationId, contact: ContactView | None, language: Language) -> Block:
    """The details of a new contact person, or of *contact* to be changed."""
    duties = {duty: option(say(f"contacts.duty_{duty}", language), duty) for duty in Duty}
    spoken = {each: option(say(f"contacts.language_{each}", language), each) for each in LANGUAGES}
    blocks = [
        field(
            say("contacts.duty_label", language),
            DUTY,
            select(
                DUTY,
                list(duties.values()),
                placeholder=say("contacts.duty_placeholder", language),
                initial=duties[contact.duty] if contact else None,
            ),
        ),
        field(say("contacts.name_label", language), NAME, _line(NAME, contact.name if contact else "")),
        field(
            say("contacts.email_label", language),
            EMAIL,
            _line(EMAIL, contact.email if contact else ""),
            hint=say("contacts.email_hint", language),
        ),
        field(
            say("contacts.phone_label", language),
            PHONE,
            _line(PHONE, contact.phone if contact else ""),
            hint=say("contacts.phone_hint", language),
        ),
        field(
            say("contacts.language_label", language),
            LANGUAGE,
            select(
                LANGUAGE,
                list(spoken.values()),
                placeholder=say("contacts.language_placeholder", language),
                initial=spoken[contact.language if contact else language],
            ),
        ),
    ]
    return modal(
        say("contacts.change_title" if contact else "contacts.add_title", language),
        blocks,
        close=say("common.cancel_button", language),
        submit=say("contacts.save_submit", language),
        form="contacts.change" if contact else "contacts.add",
        about=f"{organisation}:{contact.id}:{contact.version}" if contact else str(organisation),
    )


def closed(refusal: Refusal, organisation: OrganisationView, language: Language) -> str:
    """Why somebody may not, by the gate that is closed, and who can open it."""
    what = "contacts.hidden" if isinstance(refusal, ContactsHidden) else "contacts.not_editable"
    said = say(what, language, organisation=plain(organisation.name, 200))
    gate = f"contacts.gate_{refusal.parameters.get('gate')}"
    if has(gate):
        said += f" {say(gate, language)}"
    return f"{said}\n{say('contacts.why', language)}"


def _chooser(
    organisations: Sequence[OrganisationView], chosen: OrganisationView, language: Language
) -> Iterable[Block]:
    if len(organisations) == 1:
        yield section(say("contacts.organisation", language, organisation=plain(chosen.name, 200)))
        return
    yield actions(
        search(
            "contacts.organisation",
            placeholder=say("contacts.organisation_placeholder", language),
            initial=option(bare(chosen.name, 75), str(chosen.id)),
        )
    )


def _found(found: Contacts, language: Language) -> Iterable[Block]:
    if found.may_edit:
        yield actions(button(say("contacts.add_button", language), "contacts.add", style="primary"))
    else:
        yield context(say("contacts.read_only", language))
    if not found.contacts:
        yield section(say("contacts.nobody_editor" if found.may_edit else "contacts.nobody_reader", language))
    for duty, of_duty in groupby(found.contacts, key=lambda contact: contact.duty):
        yield header(say(f"contacts.duty_{duty}", language))
        for contact in of_duty:
            yield section(_details(contact, language))
            if found.may_edit:
                yield _buttons(contact, language)
    yield divider()


def _details(contact: ContactView, language: Language) -> str:
    spoken = say(f"contacts.language_{contact.language}", language)
    confirmed = day(today(contact.confirmed_at), language)
    return "\n".join(
        [
            f"*{plain(contact.name, 200)}*",
            f"{plain(contact.email, 254)} · {plain(contact.phone, 40)}",
            say("contacts.speaks", language, language=spoken),
            say("contacts.confirmed_at", language, day=confirmed),
        ]
    )


def _buttons(contact: ContactView, language: Language) -> Block:
    value, name = str(contact.id), bare(contact.name, 100)
    confirm = asking(
        say("contacts.remove_question", language),
        say("contacts.remove_confirm_text", language, name=name),
        say("contacts.remove_button", language),
        say("common.cancel_button", language),
    )

    def labelled(word: str, action: str, **more: Any) -> Block:
        """Rows of equal buttons: each is read aloud with whose it is."""
        text = say(f"contacts.{word}_button", language)
        return button(text, action, value, label=f"{text}: {name}", **more)

    return actions(
        labelled("confirm", "contacts.confirm"),
        labelled("change", "contacts.change"),
        labelled("remove", "contacts.remove", style="danger", confirm=confirm),
    )


def _line(name: str, initial: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": LONGEST[name]}
    if initial:
        element["initial_value"] = bare(initial, LONGEST[name])
    return element
