"""Why may I, or may I not?"""

from uuid import UUID

from bot.acting import Acting
from bot.kit import Kit
from bot.naming import actions_in
from bot.payloads import Command, Form, Press, Shortcut, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_shortcut, on_word
from bot.sender import Said
from bot.views.access import (
    ACTION,
    ORGANISATION,
    PERSON,
    Question,
    first_rungs,
    ladder,
    question_form,
    which_action,
)
from bot.views.acting import Acts
from bot.views.choosing import NOTHING
from bot.views.common import telling
from bot.views.refusals import sentence
from bot.views.text import Block, plain
from bot.words import say
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import (
    Affiliation,
    ChatAccount,
    ChatAccountNotLinked,
    GetAffiliations,
    OrganisationView,
    PersonView,
)
from shared.contracts.roles import ExplainAccess
from shared.contracts.roles_refusals import ActionUnknown


class AccessTurns:
    """Explains access, rung by rung; about others only to a main user, which the service decides."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._acting = Acting(kit)

    @on_word("why")
    async def by_command(self, command: Command) -> None:
        language = await self._kit.language(command, command.spoken)
        found = actions_in(command.words)
        if len(found) > 1:
            mentions = " ".join(f"<@{each.user}>" for each in command.mentions)
            await self._kit.answer(command, which_action(command.words, found, language, mentions))
            return
        unknown = command.words if command.words and not found else ""
        await self._begin(
            command,
            language,
            action=found[0] if found else "",
            unknown=unknown,
            about=next(iter(command.mentions), None),
        )

    @on_press("why.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press, await self._kit.language(press))

    @on_shortcut("why.begin")
    async def by_shortcut(self, shortcut: Shortcut) -> None:
        await self._begin(shortcut, await self._kit.language(shortcut))

    async def _begin(
        self,
        turn: Turn,
        language: Language,
        *,
        action: str = "",
        unknown: str = "",
        about: ChatAccount | None = None,
    ) -> None:
        """Open the form with what is known; when nothing is missing, the answer in its place."""
        title = say("access.form_title", language)
        view_id = await self._kit.open(turn, title, language)
        try:
            affiliations = (await self._kit.ask(GetAffiliations(), turn)).affiliations
        except ChatAccountNotLinked:
            await self._kit.sender.update(view_id, first_rungs(language))
            return
        if not affiliations:
            nowhere = Said(say("access.no_organisation", language))
            await self._kit.sender.update(view_id, telling(title, nowhere, language))
            return
        person = (await self._kit.people.identity(about)).person if about and about != turn.who else None
        notice = say("access.action_unknown", language, words=plain(unknown, 100)) if unknown else ""
        if about and about != turn.who and person is None:
            notice = say("offering.unknown_account", language, account=f"<@{about.user}>")
        acts = await self._acting.among(turn.who, affiliations)
        question = _question(affiliations, person, action, notice, acts)
        if action and not notice and not question.several:
            view = await self._answer(turn, question.organisation.id, action, person, language)
        else:
            view = question_form(question, language)
        await self._kit.sender.update(view_id, view)

    @on_form("why.explain")
    async def explain(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        organisation, action = form.choice(ORGANISATION) or form.about, form.choice(ACTION)
        if organisation == NOTHING:
            return Wrong({ORGANISATION: say("offering.organisation_missing", language)})
        person: PersonView | None = None
        if (chosen := form.choice(PERSON)) not in ("", NOTHING):
            asker = (await self._kit.people.identity(form.who)).person
            found = await self._kit.people.person(PersonId(UUID(chosen)))
            person = found if found and (asker is None or found.id != asker.id) else None
        wanted = OrganisationId(UUID(organisation))
        try:
            return Show(await self._answer(form, wanted, action, person, language))
        except ActionUnknown as refusal:
            return Wrong({ACTION: sentence(refusal, language)})

    async def _answer(
        self,
        turn: Turn,
        organisation: OrganisationId,
        action: str,
        person: PersonView | None,
        language: Language,
    ) -> Block:
        asked = ExplainAccess(organisation=organisation, action=action, person=person.id if person else None)
        answer = await self._kit.ask(asked, turn)
        name = await self._kit.people.organisation(organisation)
        texts = await self._kit.people.role_texts()
        titles = [texts[role, language].title for role in answer.roles]
        zone = await self._kit.accounts.zone(turn.who)
        acts = await self._acting.of_reader(turn.who)
        return ladder(answer, action, name, titles, language, person, zone, acts)


def _question(
    affiliations: tuple[Affiliation, ...], person: PersonView | None, action: str, notice: str, acts: Acts
) -> Question:
    main_user_of: list[OrganisationView] = [each.organisation for each in affiliations if each.main_user]
    first = main_user_of[0] if person and main_user_of else affiliations[0].organisation
    if acts.chosen is not None and (person is None or acts.chosen in main_user_of):
        first = acts.chosen
    return Question(
        organisation=first,
        several=len(affiliations) > 1,
        about_others=bool(main_user_of),
        person=person,
        action=action,
        notice=notice,
        acts=acts,
    )
