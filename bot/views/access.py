"""The question "may I?", and its answer rung by rung."""

from collections.abc import Sequence

from bot.views.text import (
    Block,
    Blocks,
    actions,
    bare,
    button,
    context,
    divider,
    field,
    modal,
    option,
    plain,
    section,
    select,
)
from bot.words import has, say
from bot.words.dates import moment
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Rung

ORGANISATION, ACTION = "organisation", "action"

READ, EDIT, SUBMIT = "read", "edit", "submit"
ACTIONS: dict[str, tuple[str, ...]] = {
    "customer": (READ, EDIT),
    "billing": (READ, EDIT),
    "contact_persons": (READ, EDIT),
    "applications": (READ, EDIT, SUBMIT),
    "systems": (READ, EDIT),
    "identifiers": (READ,),
    "data_protection": (READ, EDIT),
    "archive": (READ, EDIT),
    "material": (READ,),
}
# Words beside signs: nothing is told by a sign alone.
SIGNS = {True: "✓", False: "✗"}


def label(action: str, language: Language) -> str:
    """An action in words: *Billing data: edit*."""
    view, _, verb = action.partition(".")
    return f"{say(f'access.view_{view}', language)}: {say(f'access.verb_{verb}', language)}"


def question_form(organisations: Sequence[OrganisationView], language: Language) -> Block:
    """Which organisation, and what would you like to do?"""
    options = [option(bare(each.name, 75), str(each.id)) for each in organisations[:100]]
    choices = [
        option(label(f"{view}.{verb}", language), f"{view}.{verb}")
        for view, verbs in ACTIONS.items()
        for verb in verbs
    ]
    return modal(
        say("access.form_title", language),
        [
            field(
                say("access.organisation_label", language),
                ORGANISATION,
                select(
                    ORGANISATION,
                    options,
                    placeholder=say("access.organisation_placeholder", language),
                    initial=options[0],
                ),
            ),
            field(
                say("access.action_label", language),
                ACTION,
                select(ACTION, choices, placeholder=say("access.action_placeholder", language)),
            ),
        ],
        close=say("common.cancel_button", language),
        submit=say("access.form_submit", language),
        form="why.explain",
    )


def ladder(
    answer: AccessAnswer,
    action: str,
    organisation: OrganisationView | None,
    titles: Sequence[str],
    language: Language,
) -> Block:
    """Yes or no, then each rung: does it hold, since when, and who can mend it."""
    verdict = say(
        "access.yes" if answer.allowed else "access.no",
        language,
        action=label(action, language),
        organisation=plain(organisation.name, 200) if organisation else "-",
    )
    blocks: Blocks = [section(f"{SIGNS[answer.allowed]} {verdict}"), divider()]
    blocks += [section(_rung(rung, language)) for rung in answer.rungs]
    if titles:
        roles = ", ".join(plain(title, 100) for title in titles)
        blocks.append(context(say("access.roles", language, roles=roles)))
    return modal(say("access.answer_title", language), blocks, close=say("common.close_button", language))


def first_rungs(language: Language) -> Block:
    """What can be said to somebody of whom we do not know who they are: where the ladder begins."""
    unknown = (
        Rung(gate=Gate.IDENTIFIED, holds=False, code="never_identified", fixer=Fixer.PERSON),
        Rung(gate=Gate.CHAT_LINKED, holds=False, code="not_linked", fixer=Fixer.PERSON),
    )
    begin = button(say("identify.begin_button", language), "identify.begin", style="primary")
    blocks: Blocks = [section(f"{SIGNS[False]} {say('access.unknown', language)}"), divider()]
    blocks += [*(section(_rung(rung, language)) for rung in unknown), actions(begin)]
    return modal(say("access.answer_title", language), blocks, close=say("common.close_button", language))


def _rung(rung: Rung, language: Language) -> str:
    state = say("access.holds" if rung.holds else "access.lacks", language)
    text = f"{SIGNS[rung.holds]} *{say(f'access.gate_{rung.gate}', language)}*: {state}"
    key = f"access.code_{rung.code}"
    if has(key):
        text += f"\n{say(key, language)}"
    if rung.since is not None:
        text += " " + say("access.since", language, moment=moment(rung.since, language))
    if not rung.holds and rung.fixer is not Fixer.NOBODY:
        text += f"\n{say(f'access.fixer_{rung.fixer}', language)}"
    return text
