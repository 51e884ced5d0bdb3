"""Offers in the making: who and what was proposed, found out before the form is shown."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.acting import Acting
from bot.kit import Kit
from bot.naming import roles_in
from bot.notifications.audience import Fact
from bot.notifications.circles import Circles
from bot.payloads import Press, Turn
from bot.views.acting import Acts
from bot.views.offering import ORGANISATION, PERSON, ROLE, Draft, in_a_year
from bot.views.text import plain
from bot.words import say
from bot.words.dates import today
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import (
    ChatAccount,
    GetAffiliations,
    OrganisationView,
    PersonView,
    SearchPeople,
)
from shared.contracts.roles import DescribeGrant, GrantId, Role
from shared.contracts.roles_refusals import NotMainUser


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What the person began with: an organisation, an account that Slack vouches for, other words.

    *renews* is the id of a grant that is to be offered anew.
    """

    organisation: str = ""
    account: ChatAccount | None = None
    words: str = ""
    of_message: bool = False
    renews: str = ""


class Drafting:
    """Turns wishes into drafts; nothing is decided here."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._circles = Circles(kit)
        self._acting = Acting(kit)

    async def begun(self, turn: Turn, wish: Wish, language: Language) -> Draft:
        """
        The draft of an offer as it was wished for.

        Raises:
            NotMainUser: there is no organisation that the person may act for.
        """
        mine, acts = await self._organisations(turn)
        if wish.renews:
            renewed = replace(await self._renewing(mine, wish.renews, language), acts=acts)
            return await self._told(turn, renewed, language)
        wished = [each for each in mine if str(each.id) == wish.organisation]
        proposed = next((each for each in mine if acts.chosen and each.id == acts.chosen.id), None)
        draft = Draft(organisations=wished or mine, organisation=None if wished else proposed, acts=acts)
        if wish.account is not None:
            draft = await self._proposed(turn, draft, wish.account, language)
        elif wish.of_message:
            draft = replace(draft, notice=say("offering.no_author", language))
        if wish.words:
            draft = await self._named(draft, wish.words, language)
        return await self._told(turn, draft, language)

    async def going_on(self, press: Press, language: Language) -> Draft:
        """The draft of a form that is being filled in."""
        mine, acts = await self._organisations(press)
        alone = next((each for each in mine if str(each.id) == press.about), None)
        picked = press.choice(ORGANISATION)
        chosen = next((each for each in mine if str(each.id) == picked), None)
        # A form about one organisation asks for none: there is no such question among its answers.
        asked = ORGANISATION in press.values
        holder = await self._person(press.choice(PERSON))
        texts = await self._kit.people.role_texts()
        role = next((each for each in Role if each == press.choice(ROLE)), None)
        draft = Draft(
            organisations=mine if asked or alone is None else [alone],
            organisation=chosen if asked else alone,
            holder=holder,
            role=texts[role, language] if role else None,
            acts=acts,
        )
        acting_for = draft.acting_for
        if (
            holder is not None
            and acting_for is not None
            and not await self._belongs(press, holder, acting_for)
        ):
            return replace(draft, notice=_stranger(holder, acting_for, language))
        return await self._told(press, draft, language)

    async def _told(self, turn: Turn, draft: Draft, language: Language) -> Draft:
        """*draft*, with who will hear of the offer besides its holder."""
        organisation, holder = draft.acting_for, draft.holder
        asker = (await self._kit.people.identity(turn.who)).person
        if organisation is None or holder is None or asker is None:
            return draft
        told = await self._circles.preview(Fact.OFFERED, organisation.id, holder.id, asker.id, language)
        hidden = await self._kit.bus.out_of_sight(holder, organisation.id)
        return replace(draft, told=told, out_of_sight=hidden)

    async def _renewing(self, mine: Sequence[OrganisationView], renews: str, language: Language) -> Draft:
        """
        Propose what was granted before, for another year.

        Raises:
            NotMainUser: it was granted in an organisation that the person may not act for.
        """
        grant = await self._kit.bus.call(DescribeGrant(grant=GrantId(UUID(renews))))
        here = [each for each in mine if each.id == grant.organisation]
        if not here:
            raise NotMainUser
        texts = await self._kit.people.role_texts()
        begins = max(grant.valid_until, today(self._kit.now()))
        return Draft(
            organisations=here,
            holder=await self._kit.people.person(grant.holder),
            role=texts[grant.role, language],
            until=in_a_year(begins),
        )

    async def _organisations(self, turn: Turn) -> tuple[Sequence[OrganisationView], Acts]:
        """Where the person is a main user, and for which organisation they act."""
        affiliations = (await self._kit.ask(GetAffiliations(), turn)).affiliations
        mine = [each.organisation for each in affiliations if each.main_user]
        if not mine:
            raise NotMainUser
        return mine, await self._acting.among(turn.who, affiliations)

    async def _proposed(self, turn: Turn, draft: Draft, account: ChatAccount, language: Language) -> Draft:
        """Propose the person behind *account*, for the organisation that they belong to."""
        person = (await self._kit.people.identity(account)).person
        if person is None:
            return replace(
                draft, notice=say("offering.unknown_account", language, account=f"<@{account.user}>")
            )
        belongs = await asyncio.gather(*(self._belongs(turn, person, each) for each in draft.organisations))
        theirs = [each for each, is_so in zip(draft.organisations, belongs, strict=True) if is_so]
        if not theirs:
            return replace(draft, notice=_stranger(person, draft.alone, language))
        proposed = draft.organisation if draft.organisation in theirs else None
        only = theirs[0] if len(theirs) == 1 else proposed
        return replace(draft, organisation=only, holder=person)

    async def _named(self, draft: Draft, words: str, language: Language) -> Draft:
        """Propose the role that *words* mean; a person's name among them is no person."""
        texts = await self._kit.people.role_texts()
        found = [*roles_in(words, texts)]
        if len(found) == 1:
            return replace(draft, role=texts[found[0], language])
        notice = say("offering.words_are_no_person", language, words=plain(words, 100))
        return replace(draft, notice="\n".join(each for each in (draft.notice, notice) if each))

    async def _person(self, chosen: str) -> PersonView | None:
        try:
            return await self._kit.people.person(PersonId(UUID(chosen)))
        except ValueError:
            return None

    async def _belongs(self, turn: Turn, person: PersonView, organisation: OrganisationView) -> bool:
        search = SearchPeople(organisation=OrganisationId(organisation.id), text=person.name[:200])
        found = await self._kit.ask(search, turn)
        return any(each.id == person.id for each in found.people)


def _stranger(person: PersonView, organisation: OrganisationView | None, language: Language) -> str:
    name = plain(person.name, 100)
    if organisation is None:
        return say("offering.of_no_organisation", language, holder=name)
    return say(
        "offering.of_other_organisation", language, holder=name, organisation=plain(organisation.name, 200)
    )
