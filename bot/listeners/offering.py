"""A main user offers a role."""

from datetime import date
from uuid import UUID

import structlog

from bot.drafting import Drafting, Wish
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Form, Press, Shortcut, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_shortcut, on_word
from bot.sender import Said, SlackAway, SlackSaysNo
from bot.views.choosing import NOTHING
from bot.views.common import telling
from bot.views.elsewhere import cannot_see
from bot.views.grants import named
from bot.views.offering import (
    FIELDS,
    INDUCTED,
    ORGANISATION,
    PERSON,
    ROLE,
    UNTIL,
    Draft,
    offer_form,
)
from bot.views.refusals import sentence
from bot.views.text import Block, plain
from bot.words import say
from bot.words.dates import day, today
from shared.contracts.base import Language, OrganisationId, PersonId, Refusal, Unavailable
from shared.contracts.roles import GrantView, OfferGrant

log = structlog.get_logger()


class OfferingTurns:
    """From the command or the button to an offer that waits."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes
        self._drafting = Drafting(kit)

    @on_word("grant")
    async def by_command(self, command: Command) -> None:
        account = next(iter(command.mentions), None)
        wish = Wish(account=account, words=command.words)
        await self._begin(command, wish, command.spoken)

    @on_shortcut("grant.begin")
    async def by_shortcut(self, shortcut: Shortcut) -> None:
        await self._begin(shortcut, Wish())

    @on_shortcut("grant.from_message")
    async def from_message(self, shortcut: Shortcut) -> None:
        """Propose the author of a message as the holder; what the message says is not read."""
        await self._begin(shortcut, Wish(account=shortcut.author, of_message=True))

    @on_press("grant.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press, Wish(organisation=press.value))

    @on_press("grant.renew")
    async def anew(self, press: Press) -> None:
        """Propose what was granted before; what is proposed is looked up, and the rules decide again."""
        await self._begin(press, Wish(renews=press.value))

    async def _begin(self, turn: Turn, wish: Wish, heard: Language | None = None) -> None:
        language = await self._kit.language(turn, heard)
        view_id = await self._kit.open(turn, say("offering.form_title", language), language)
        draft = await self._drafting.begun(turn, wish, language)
        await self._kit.sender.update(view_id, self._form(draft, language))

    @on_press("grant.organisation", "grant.person")
    async def filled(self, press: Press) -> None:
        """Show whom we shall tell, now that somebody was chosen; what was filled in stays."""
        language = await self._kit.language(press)
        try:
            draft = await self._drafting.going_on(press, language)
            await self._kit.sender.update(press.view_id, self._form(draft, language), seen=press.view_hash)
        except (Refusal, Unavailable, SlackSaysNo, SlackAway) as error:
            # The person was faster, or somebody does not answer: the form stays as it is, and can be sent.
            log.info("preview.not_shown", error=str(error))

    def _form(self, draft: Draft, language: Language) -> Block:
        return offer_form(draft, today(self._kit.now()), language)

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
            holder=named(holder),
            role=plain(text.title, 140),
            until=day(grant.valid_until, language),
            ends=day(today(grant.offer_ends_at), language),
        )
        if holder is not None and holder.chat is None:
            said += "\n" + say("offering.no_chat", language)
        elif await self._kit.bus.out_of_sight(holder, grant.organisation):
            organisation = await self._kit.people.organisation(grant.organisation)
            said += "\n" + cannot_see(holder, organisation, language)
        return telling(say("offering.offered_title", language), Said(said), language)


def _missing(form: Form, language: Language) -> dict[str, str]:
    """Questions that have to be answered before anybody is asked."""
    wrong: dict[str, str] = {}
    if not form.choice(ORGANISATION) and not form.about:
        wrong[ORGANISATION] = say("offering.organisation_missing", language)
    if _nothing(form.choice(PERSON)):
        wrong[PERSON] = say("offering.person_missing", language)
    if _nothing(form.choice(ROLE)):
        wrong[ROLE] = say("offering.role_missing", language)
    if not form.day(UNTIL):
        wrong[UNTIL] = say("offering.until_missing", language)
    return wrong


def _nothing(choice: str) -> bool:
    """Nothing was chosen, or words that stood in the menu because there was nothing to choose."""
    return choice in ("", NOTHING)


def _command(form: Form) -> OfferGrant:
    return OfferGrant(
        request_id=form.wish,
        organisation=OrganisationId(UUID(form.choice(ORGANISATION) or form.about)),
        holder=PersonId(UUID(form.choice(PERSON))),
        role=form.choice(ROLE),
        valid_until=date.fromisoformat(form.day(UNTIL)),
        inducted=form.ticked(INDUCTED),
    )
