"""Contact persons: seen by duty, added, changed, confirmed, removed."""

from uuid import UUID

from bot.acting import Acting
from bot.kit import Kit
from bot.naming import organisations_in
from bot.payloads import Command, Form, Press, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_word
from bot.sender import Said
from bot.views.common import telling
from bot.views.contacts import (
    DUTY,
    EMAIL,
    FIELDS,
    LANGUAGE,
    NAME,
    PHONE,
    closed,
    contact_form,
    contacts_list,
)
from bot.views.refusals import sentence
from bot.views.text import Block, plain
from bot.words import LANGUAGES, say
from shared.contracts.base import Language, OrganisationId, Refusal, TextTooLong
from shared.contracts.contacts import (
    AddContact,
    ChangeContact,
    ConfirmContact,
    ContactChangedMeanwhile,
    ContactDetails,
    ContactId,
    ContactNotFound,
    ContactsHidden,
    ContactsNotEditable,
    ContactView,
    ListContacts,
    RemoveContact,
)
from shared.contracts.identity import GetAffiliations

# What is said in the list itself, so that the person sees it beside how things stand now.
SAID_IN_THE_LIST = (ContactsHidden, ContactsNotEditable, ContactNotFound, ContactChangedMeanwhile)


class ContactsTurns:
    """One modal: the list, or a form in its place."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._acting = Acting(kit)

    @on_word("contacts")
    async def by_command(self, command: Command) -> None:
        await self._begin(command, words=command.words, heard=command.spoken)

    @on_press("contacts.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press)

    @on_press("contacts.list")
    async def of_organisation(self, press: Press) -> None:
        await self._begin(press, press.value)

    async def _begin(
        self, turn: Turn, organisation: str = "", words: str = "", heard: Language | None = None
    ) -> None:
        language = await self._kit.language(turn, heard)
        view_id = await self._kit.open(turn, say("contacts.list_title", language), language)
        view = await self._list(turn, organisation, language, words=words)
        await self._kit.sender.update(view_id, view)

    @on_press("contacts.organisation")
    async def choose(self, press: Press) -> None:
        """Show the list of another organisation; words that stood in the menu are none."""
        language = await self._kit.language(press)
        await self._show(press, await self._list(press, press.value, language))

    @on_press("contacts.add")
    async def begin_adding(self, press: Press) -> None:
        language = await self._kit.language(press)
        await self._show(press, contact_form(OrganisationId(UUID(_about(press))), None, language))

    @on_press("contacts.change")
    async def begin_changing(self, press: Press) -> None:
        language = await self._kit.language(press)
        organisation = OrganisationId(UUID(_about(press)))
        try:
            found = await self._kit.ask(ListContacts(organisation=organisation), press)
            contact = next((each for each in found.contacts if str(each.id) == press.value), None)
            if contact is None:
                raise ContactNotFound
        except SAID_IN_THE_LIST as refusal:
            view = await self._list(press, str(organisation), language, refusal=refusal)
        else:
            view = contact_form(organisation, contact, language)
        await self._show(press, view)

    @on_press("contacts.confirm")
    async def confirm(self, press: Press) -> None:
        contact = ContactId(UUID(press.value))
        await self._act(press, ConfirmContact(request_id=press.wish, contact=contact), "contacts.confirmed")

    @on_press("contacts.remove")
    async def remove(self, press: Press) -> None:
        contact = ContactId(UUID(press.value))
        await self._act(press, RemoveContact(request_id=press.wish, contact=contact), "contacts.removed")

    async def _act(self, press: Press, command: ConfirmContact | RemoveContact, done: str) -> None:
        language = await self._kit.language(press)
        organisation = _about(press)
        try:
            contact = await self._kit.ask(command, press)
        except SAID_IN_THE_LIST as refusal:
            view = await self._list(press, organisation, language, refusal=refusal)
        else:
            view = await self._list(press, organisation, language, notice=_said(done, contact, language))
        await self._show(press, view)

    @on_form("contacts.add")
    async def add(self, form: Form) -> Outcome:
        organisation = OrganisationId(UUID(form.about))
        command = AddContact(request_id=form.wish, organisation=organisation, details=_details(form))
        return await self._save(form, form.about, command, "contacts.added")

    @on_form("contacts.change")
    async def change(self, form: Form) -> Outcome:
        organisation, contact, version = form.about.split(":")
        command = ChangeContact(
            request_id=form.wish,
            contact=ContactId(UUID(contact)),
            version=int(version),
            details=_details(form),
        )
        return await self._save(form, organisation, command, "contacts.changed")

    async def _save(
        self, form: Form, organisation: str, command: AddContact | ChangeContact, done: str
    ) -> Outcome:
        language = await self._kit.language(form)
        try:
            contact = await self._kit.ask(command, form)
        except SAID_IN_THE_LIST as refusal:
            return Show(await self._list(form, organisation, language, refusal=refusal))
        except Refusal as refusal:
            field = FIELDS.get(type(refusal))
            if isinstance(refusal, TextTooLong):
                field = str(refusal.parameters.get("field"))
            if field is None:
                raise
            return Wrong({field: sentence(refusal, language)})
        return Show(await self._list(form, organisation, language, notice=_said(done, contact, language)))

    async def _list(
        self,
        turn: Turn,
        organisation: str,
        language: Language,
        *,
        words: str = "",
        notice: str = "",
        refusal: Refusal | None = None,
    ) -> Block:
        """
        The list as it is now, with a *notice* or a *refusal* on top.

        *words* may name the organisation; those that name none are said so.
        """
        affiliations = (await self._kit.ask(GetAffiliations(), turn)).affiliations
        mine = [each.organisation for each in affiliations]
        if not mine:
            said = Said(say("contacts.no_organisation", language))
            return telling(say("contacts.list_title", language), said, language)
        named = organisations_in(words, mine)
        if words and not named:
            notice = say("contacts.organisation_unknown", language, words=plain(words, 100))
        acts = await self._acting.among(turn.who, affiliations)
        proposed = [acts.chosen] if acts.chosen else []
        chosen = next((each for each in mine if str(each.id) == organisation), [*named, *proposed, *mine][0])
        try:
            found = await self._kit.ask(ListContacts(organisation=chosen.id), turn)
        except ContactsHidden as hidden:
            return contacts_list(mine, chosen, None, closed(hidden, chosen, language), language, acts)
        if isinstance(refusal, ContactsHidden | ContactsNotEditable):
            notice = closed(refusal, chosen, language)
        elif refusal is not None:
            notice = sentence(refusal, language)
        return contacts_list(mine, chosen, found, notice, language, acts)

    async def _show(self, press: Press, view: Block) -> None:
        """Show *view* in the place of the one that was pressed in."""
        await self._kit.sender.update(press.view_id, view)


def _about(press: Press) -> str:
    """The organisation whose list was pressed in."""
    return press.about


def _details(form: Form) -> ContactDetails:
    spoken = form.choice(LANGUAGE)
    return ContactDetails(
        duty=form.choice(DUTY),
        name=form.text(NAME),
        email=form.text(EMAIL),
        phone=form.text(PHONE),
        language=next((each for each in LANGUAGES if each == spoken), "fi"),
    )


def _said(done: str, contact: ContactView, language: Language) -> str:
    return say(done, language, name=plain(contact.name, 200))
