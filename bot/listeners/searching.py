"""Menus that ask for their options: organisations, people and roles."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from bot.kit import Kit
from bot.payloads import Form
from bot.router import on_search
from bot.views import choosing
from bot.views.offering import ORGANISATION
from bot.views.text import Block
from bot.words import say
from shared.contracts.base import OrganisationId, Refusal
from shared.contracts.identity import GetAffiliations, PersonView, SearchPeople
from shared.contracts.roles import Coverage, GetCoverage, Role, RoleText


class SearchTurns:
    """Answers in the person's language, and within the seconds that Slack waits: see `Turns.search`."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_search("grant.organisation", "why.organisation", "contacts.organisation")
    async def organisations(self, form: Form) -> list[Block]:
        """The asker's own organisations."""
        language, found = await asyncio.gather(
            self._kit.language(form), self._kit.ask(GetAffiliations(), form)
        )
        granting = form.form == "grant.organisation"
        return choosing.organisations(found.affiliations, form.typed, language, granting=granting)

    @on_search("grant.person")
    async def holders(self, form: Form) -> list[Block]:
        """Whose name holds what was typed, of the organisation chosen before."""
        language = await self._kit.language(form)
        organisation = chosen_organisation(form)
        if organisation is None:
            first, then = say("choosing.organisation_first", language), say("choosing.choose_above", language)
            return choosing.only_words(first, then)
        return choosing.people(await self._people(form, organisation), form.typed, language)

    @on_search("why.person")
    async def concerned(self, form: Form) -> list[Block]:
        """The asker, and for a main user everybody of the organisation."""
        language = await self._kit.language(form)
        myself = (await self._kit.people.identity(form.who)).person
        found: Sequence[PersonView] = ()
        if (organisation := chosen_organisation(form)) is not None:
            try:
                found = await self._people(form, organisation)
            except Refusal:
                # Not a main user there: everybody may ask about themselves.
                found = ()
        return choosing.people(found, form.typed, language, myself=myself)

    @on_search("grant.role")
    async def roles(self, form: Form) -> list[Block]:
        """The roles that can be granted, by how many hold them."""
        language = await self._kit.language(form)
        texts = await self._kit.people.role_texts()
        coverage: Coverage | None = None
        if (organisation := chosen_organisation(form)) is not None:
            try:
                coverage = await self._kit.ask(GetCoverage(organisation=organisation), form)
            except Refusal:
                coverage = None
        wanted: list[RoleText] = [texts[role, language] for role in Role]
        return choosing.roles(wanted, coverage, form.typed, language)

    async def _people(self, form: Form, organisation: OrganisationId) -> Sequence[PersonView]:
        found = await self._kit.ask(SearchPeople(organisation=organisation, text=form.typed[:200]), form)
        return found.people


def chosen_organisation(form: Form) -> OrganisationId | None:
    """The organisation chosen in the form, or the only one that it is about."""
    chosen = form.choice(ORGANISATION) or form.about
    try:
        return OrganisationId(UUID(chosen))
    except ValueError:
        return None
