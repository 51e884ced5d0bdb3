"""Why may I, or may I not?"""

from uuid import UUID

from bot.kit import Kit
from bot.payloads import Command, Form, Press, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_word
from bot.sender import Said
from bot.views.access import ACTION, ORGANISATION, first_rungs, ladder, question_form
from bot.views.common import telling
from bot.views.refusals import sentence
from bot.words import say
from shared.contracts.base import Language, OrganisationId
from shared.contracts.identity import ChatAccountNotLinked, GetAffiliations
from shared.contracts.roles import ExplainAccess
from shared.contracts.roles_refusals import ActionUnknown

HINTS: dict[str, Language] = {"miksi": "fi", "varför": "sv", "why": "en"}


class AccessTurns:
    """Explains access, rung by rung."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_word("why", "miksi", "varför")
    async def by_command(self, command: Command) -> None:
        await self._begin(command, HINTS[command.word])

    @on_press("why.begin")
    async def by_button(self, press: Press) -> None:
        await self._begin(press)

    async def _begin(self, turn: Turn, hint: Language | None = None) -> None:
        language = await self._kit.language(turn, hint)
        title = say("access.form_title", language)
        view_id = await self._kit.open(turn, title, language)
        try:
            affiliations = (await self._kit.ask(GetAffiliations(), turn)).affiliations
        except ChatAccountNotLinked:
            await self._kit.sender.update(view_id, first_rungs(language))
            return
        if affiliations:
            view = question_form([each.organisation for each in affiliations], language)
        else:
            view = telling(title, Said(say("access.no_organisation", language)), language)
        await self._kit.sender.update(view_id, view)

    @on_form("why.explain")
    async def explain(self, form: Form) -> Outcome:
        language = await self._kit.language(form)
        organisation, action = form.choice(ORGANISATION), form.choice(ACTION)
        wanted = OrganisationId(UUID(organisation))
        try:
            answer = await self._kit.ask(ExplainAccess(organisation=wanted, action=action), form)
        except ActionUnknown as refusal:
            return Wrong({ACTION: sentence(refusal, language)})
        name = await self._kit.people.organisation(wanted)
        texts = await self._kit.people.role_texts()
        titles = [texts[role, language].title for role in answer.roles]
        return Show(ladder(answer, action, name, titles, language))
