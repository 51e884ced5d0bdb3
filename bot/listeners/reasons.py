"""Saying no, or ending a role: a reason first, then the act."""

from contextlib import suppress
from uuid import UUID

from bot.acting import Acting
from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.mending import Mending
from bot.notifications.audience import Fact
from bot.notifications.circles import Circles
from bot.payloads import Form, Press
from bot.router import Outcome, Show, Wrong, on_form, on_press
from bot.sender import Said, SlackAway
from bot.views.common import telling
from bot.views.reasons import REASON, reason_form
from bot.views.refusals import sentence
from bot.words import say
from shared.contracts.base import Command, Language, TextTooLong
from shared.contracts.identity import ChatAccountNotLinked
from shared.contracts.roles import (
    DeclineGrant,
    GrantId,
    GrantView,
    RelinquishGrant,
    RevokeGrant,
    WithdrawGrant,
)
from shared.contracts.roles_refusals import GrantClosed, OfferLapsed, ReasonMissing

FACTS = {
    "decline": Fact.DECLINED,
    "withdraw": Fact.WITHDRAWN,
    "revoke": Fact.REVOKED,
    "relinquish": Fact.RELINQUISHED,
}
VERBS = tuple(FACTS)


class ReasonTurns:
    """Declining, withdrawing, revoking, relinquishing."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._mending = Mending(kit, cards, homes)
        self._circles = Circles(kit)
        self._acting = Acting(kit)

    @on_press(*(f"grant.{verb}" for verb in VERBS))
    async def ask_why(self, press: Press) -> None:
        verb = press.action.removeprefix("grant.")
        language = await self._kit.language(press)
        view_id = await self._kit.open(press, say(f"reasons.{verb}_title", language), language)
        asker = await self._kit.people.identity(press.who)
        if asker.person is None or not asker.linked:
            # Now, and not when the form is sent: a reason typed in vain is lost.
            raise ChatAccountNotLinked
        grant = await self._mending.still_open(press, verb)
        if grant is None:
            return
        role = await self._kit.people.role_text(grant.role, language)
        organisation = await self._kit.people.organisation(grant.organisation)
        holder = await self._kit.people.person(grant.holder)
        told = await self._circles.preview_of(FACTS[verb], grant, asker.person.id, language)
        acts = await self._acting.of_reader(press.who)
        view = reason_form(verb, grant, role, organisation, holder, language, told, acts)
        await self._kit.sender.update(view_id, view)

    @on_form(*(f"grant.{verb}" for verb in VERBS))
    async def act(self, form: Form) -> Outcome:
        verb = form.form.removeprefix("grant.")
        language = await self._kit.language(form)
        try:
            grant = await self._kit.ask(_command(verb, form), form)
        except (ReasonMissing, TextTooLong) as refusal:
            return Wrong({REASON: sentence(refusal, language)})
        except (GrantClosed, OfferLapsed):
            # Somebody else was faster than the reason was written.
            grant = await self._cards.refresh(GrantId(UUID(form.about)))
            await self._homes.show(form.who)
            title = say(f"reasons.{verb}_title", language)
            return Show(telling(title, await self._mending.story(form, grant), language))
        # It is done, whether Slack can show that just now or not: the fact that follows mends the card.
        with suppress(SlackAway):
            await self._cards.settle(grant)
        await self._homes.show(form.who)
        return self._done(verb, language)

    def _done(self, verb: str, language: Language) -> Outcome:
        title = say(f"reasons.{verb}_title", language)
        return Show(telling(title, Said(say(f"reasons.{verb}_done", language)), language))


def _command(verb: str, form: Form) -> Command[GrantView]:
    grant, reason, wish = GrantId(UUID(form.about)), form.text(REASON), form.wish
    match verb:
        case "decline":
            return DeclineGrant(request_id=wish, grant=grant, reason=reason)
        case "withdraw":
            return WithdrawGrant(request_id=wish, grant=grant, reason=reason)
        case "revoke":
            return RevokeGrant(request_id=wish, grant=grant, reason=reason)
        case _:
            return RelinquishGrant(request_id=wish, grant=grant, reason=reason)
