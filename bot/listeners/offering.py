"""A main user offers a role."""

from datetime import date
from uuid import UUID

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Form, Press, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_search, on_shortcut, on_word
from bot.sender import Said
from bot.views.common import telling
from bot.views.offering import FIELDS, INDUCTED, ORGANISATION, PERSON, ROLE, UNTIL, offer_form
from bot.views.refusals import sentence
from bot.views.text import Block, bare, option, plain
from bot.words import say
from bot.words.dates import day, today
from shared.contracts.base import Language, OrganisationId, PersonId, Refusal
from shared.contracts.identity import GetAffiliations, OrganisationView, SearchPeople
from shared.contracts.roles import GrantView, OfferGrant, Role
from shared.contracts.roles_refusals import NotMainUser

HINTS: dict[str, Language] = {"anna": "fi", "ge": "sv", "grant": "en"}


class OfferingTurns:
    """From the command or the button to an offer that waits."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes

    @on_word("grant", "anna", "ge")
    async def by_command(self, command: Command) -> None:
        await self._begin(command, hint=HINTS[command.word])

    @on_shortcut("grant.begin")
    async def by_shortcut(self, command: Command) -> None:
        await self._begin(command)

    @on_press("grant.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press, press.value)

    async def _begin(self, turn: Turn, organisation: str = "", hint: Language | None = None) -> None:
        language = await self._kit.language(turn, hint)
        view_id = await self._kit.open(turn, say("offering.form_title", language), language)
        affiliations = await self._kit.ask(GetAffiliations(), turn)
        mine = [each.organisation for each in affiliations.affiliations if each.main_user]
        chosen = [each for each in mine if str(each.id) == organisation] or mine
        if not chosen:
            raise NotMainUser
        await self._kit.sender.update(view_id, await self._form(chosen, language))

    async def _form(self, organisations: list[OrganisationView], language: Language) -> Block:
        texts = await self._kit.people.role_texts()
        roles = [texts[role, language] for role in Role if role is not Role.MAIN_USER]
        now = today(self._kit.now())
        return offer_form(organisations, roles, now, language)

    @on_search("grant.person")
    async def people(self, form: Form) -> list[Block]:
        """Whose name holds what was typed."""
        organisation = form.choice(ORGANISATION) or form.about
        if not organisation:
            return []
        search = SearchPeople(organisation=OrganisationId(UUID(organisation)), text=form.typed[:200])
        found = await self._kit.ask(search, form)
        return [option(bare(person.name, 75), str(person.id)) for person in found.people]

    @on_form("grant.offer")
    async def offer(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        missing = _missing(form, language)
        if missing:
            return Wrong(missing)
        try:
            grant = await self._kit.ask(_command(form), form)
        except Refusal as refusal:
            field = FIELDS.get(type(refusal))
            if field is None:
                raise
            if field == ORGANISATION and form.about:
                # One organisation is shown and not asked for: the sentence goes to the first question.
                field = PERSON
            return Wrong({field: sentence(refusal, language)})
        await self._homes.show(form.who)
        return Show(await self._offered(grant, language))

    async def _offered(self, grant: GrantView, language: Language) -> Block:
        text = await self._kit.people.role_text(grant.role, language)
        holder = await self._kit.people.person(grant.holder)
        said = say(
            "offering.offered",
            language,
            holder=plain(holder.name, 100) if holder else "-",
            role=plain(text.title, 140),
            until=day(grant.valid_until, language),
            ends=day(today(grant.offer_ends_at), language),
        )
        if holder is not None and holder.chat is None:
            said += "\n" + say("offering.no_chat", language)
        return telling(say("offering.offered_title", language), Said(said), language)


def _missing(form: Form, language: Language) -> dict[str, str]:
    """Questions that have to be answered before anybody is asked."""
    wrong: dict[str, str] = {}
    if not form.choice(PERSON):
        wrong[PERSON] = say("offering.person_missing", language)
    if not form.choice(ROLE):
        wrong[ROLE] = say("offering.role_missing", language)
    if not form.day(UNTIL):
        wrong[UNTIL] = say("offering.until_missing", language)
    return wrong


def _command(form: Form) -> OfferGrant:
    return OfferGrant(
        request_id=form.wish,
        organisation=OrganisationId(UUID(form.choice(ORGANISATION) or form.about)),
        holder=PersonId(UUID(form.choice(PERSON))),
        role=form.choice(ROLE),
        valid_until=date.fromisoformat(form.day(UNTIL)),
        inducted=form.ticked(INDUCTED),
    )
