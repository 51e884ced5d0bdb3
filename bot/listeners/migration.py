"""A main user follows the way from Katso, invites the next wave, and says what is not needed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Form, Press, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_word
from bot.sender import Said
from bot.views.burn_down import burn_down, picture_waits
from bot.views.common import telling
from bot.views.elsewhere import cannot_see
from bot.views.migration import (
    INDUCTED,
    REASON,
    UNTIL,
    Wave,
    details,
    dismiss_form,
    dismissed,
    mine_line,
    not_for_you,
    overview,
    wave_form,
)
from bot.views.refusals import sentence
from bot.views.spoken import message
from bot.views.text import Block, plain, section
from bot.words import has, say
from bot.words.dates import listed, today
from shared.contracts.base import Language, OrganisationId, PersonId, TextTooLong
from shared.contracts.identity import (
    GetAffiliations,
    OrganisationUnknown,
    OrganisationView,
    PersonView,
)
from shared.contracts.legacy import (
    DismissLegacyGrant,
    GetMigration,
    GetMyLegacyGrants,
    Invitation,
    InviteHolders,
    LegacyId,
    MigrationView,
    ReopenLegacyGrant,
)
from shared.contracts.roles_refusals import EndsInThePast, EndsTooFarAway, InductionMissing, ReasonMissing


class MigrationTurns:
    """From the overview to invitations."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes

    @on_word("migration")
    async def by_command(self, command: Command) -> None:
        language = await self._kit.language(command, command.spoken)
        said = await self._said(command, language)
        await self._kit.answer(command, await self._kit.offering_change(command, command.spoken, said))

    async def _said(self, turn: Turn, language: Language) -> Said:
        """The organisations that the asker looks after; for others what they had themselves."""
        affiliations = (await self._kit.ask(GetAffiliations(), turn)).affiliations
        looked_after = [each.organisation for each in affiliations if each.main_user]
        texts = await self._kit.people.role_texts()
        if looked_after:
            shown = [
                overview(each, await self._view(turn, each.id), texts, language) for each in looked_after
            ]
            return message(language, *(dict(block) for one in shown for block in one.blocks))
        mine = (await self._kit.ask(GetMyLegacyGrants(), turn)).grants
        names = await self._kit.people.organisations(one.organisation for one in mine)
        if not mine:
            return not_for_you(language)
        lines = (section(mine_line(one, names.get(one.organisation), language)) for one in mine[:10])
        return message(language, *lines)

    @on_press("migration.show")
    async def show(self, press: Press) -> None:
        language = await self._kit.language(press)
        view_id = await self._kit.open(press, say("migration.details_title", language), language)
        await self._kit.sender.update(view_id, await self._details(press, press.value, language))

    @on_press("migration.chart")
    async def picture(self, press: Press) -> None:
        language = await self._kit.language(press)
        organisation = await self._organisation(press.value)
        view = await self._kit.ask(GetMigration(organisation=organisation.id, history=True), press)
        picture = burn_down(organisation, view.history, language)
        if not press.home:
            await self._kit.answer(press, picture)
            return
        # Slack draws no chart on Home, nor in a modal.
        await self._kit.answer(press, picture_waits(organisation, view.history, language))
        await self._kit.sender.post(press.who, picture, name=f"migration.chart:{press.wish}")

    @on_press("migration.invite")
    async def preview(self, press: Press) -> None:
        language = await self._kit.language(press)
        view_id = await self._kit.open(press, say("migration.wave_title", language), language)
        organisation = await self._organisation(press.value)
        view = await self._view(press, organisation.id)
        people = await self._kit.people.named(one.person for one in view.next_wave if one.person)
        texts = await self._kit.people.role_texts()
        hidden = await self._out_of_sight(people, organisation.id)
        wave = Wave(organisation, view, people, frozenset(hidden))
        form = wave_form(wave, texts, today(self._kit.now()), language)
        await self._kit.sender.update(view_id, form)

    @on_form("migration.invite")
    async def invite(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        if not form.day(UNTIL):
            return Wrong({UNTIL: say("offering.until_missing", language)})
        organisation, *legacy = form.about.split()
        command = InviteHolders(
            # The same each time that this form is sent: killed in the middle, nobody is invited twice.
            request_id=form.wish,
            organisation=OrganisationId(UUID(organisation)),
            legacy=tuple(LegacyId(UUID(one)) for one in legacy),
            valid_until=date.fromisoformat(form.day(UNTIL)),
            inducted=form.ticked(INDUCTED),
        )
        try:
            made = await self._kit.ask(command, form)
        except InductionMissing as refusal:
            return Wrong({INDUCTED: sentence(refusal, language)})
        except (EndsInThePast, EndsTooFarAway) as refusal:
            return Wrong({UNTIL: sentence(refusal, language)})
        await self._homes.show(form.who)
        title = say("migration.wave_title", language)
        return Show(telling(title, Said(await self._came_to(made, language)), language))

    async def _came_to(self, made: Invitation, language: Language) -> str:
        people = await self._kit.people.named(grant.holder for grant in made.offered)
        names = [plain(person.name, 100) for person in people.values()]
        lines = [
            say("migration.invited", language, count=len(names), names=listed(names, language))
            if names
            else say("migration.invited_nobody", language)
        ]
        for one in made.skipped:
            key = f"migration.skipped_{one.code.rpartition('.')[2]}"
            why = say(key if has(key) else "migration.skipped_otherwise", language)
            lines.append(f"• {plain(one.holder, 100)}: {why}")
        for organisation in {grant.organisation for grant in made.offered}:
            known = await self._kit.people.organisation(organisation)
            hidden = await self._out_of_sight(people, organisation)
            lines += [f"• {cannot_see(people[person], known, language)}" for person in hidden]
        return "\n".join(lines)

    async def _out_of_sight(
        self, people: Mapping[PersonId, PersonView], organisation: OrganisationId
    ) -> list[PersonId]:
        """Those of *people* who cannot see an offer of *organisation* where they are reached."""
        bus = self._kit.bus
        return [each.id for each in people.values() if await bus.out_of_sight(each, organisation)]

    @on_press("migration.dismiss")
    async def ask_why(self, press: Press) -> None:
        language = await self._kit.language(press)
        view_id = await self._kit.open(press, say("migration.dismiss_title", language), language)
        await self._kit.sender.update(view_id, dismiss_form(press.about, press.value, language))

    @on_form("migration.dismiss")
    async def dismiss(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        organisation, legacy = form.about.split()
        command = DismissLegacyGrant(
            request_id=form.wish,
            organisation=OrganisationId(UUID(organisation)),
            legacy=LegacyId(UUID(legacy)),
            reason=form.text(REASON),
        )
        try:
            found = await self._kit.ask(command, form)
        except (ReasonMissing, TextTooLong) as refusal:
            return Wrong({REASON: sentence(refusal, language)})
        await self._homes.show(form.who)
        return Show(dismissed(found, language))

    @on_press("migration.reopen")
    async def reopen(self, press: Press) -> None:
        language = await self._kit.language(press)
        view_id = await self._kit.open(press, say("migration.details_title", language), language)
        command = ReopenLegacyGrant(
            request_id=press.wish,
            organisation=OrganisationId(UUID(press.about)),
            legacy=LegacyId(UUID(press.value)),
        )
        await self._kit.ask(command, press)
        view = await self._details(press, press.about, language, say("migration.reopened", language))
        await self._kit.sender.update(view_id, view)
        await self._homes.show(press.who)

    async def _details(self, turn: Turn, organisation: str, language: Language, notice: str = "") -> Block:
        where = await self._organisation(organisation)
        view = await self._view(turn, where.id)
        return details(where, view, await self._kit.people.role_texts(), language, notice)

    async def _view(self, turn: Turn, organisation: OrganisationId) -> MigrationView:
        return await self._kit.ask(GetMigration(organisation=organisation), turn)

    async def _organisation(self, organisation: str) -> OrganisationView:
        """
        The organisation that a button is about.

        Raises:
            OrganisationUnknown: identity does not know it any more.
        """
        found = await self._kit.people.organisation(OrganisationId(UUID(organisation)))
        if found is None:
            raise OrganisationUnknown
        return found
