"""The question "may I?", and its answer rung by rung."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.acting import ONE, Acts, acting_for
from bot.views.commands import choices, typed
from bot.views.grants import named
from bot.views.register import mending
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
    search,
    section,
    select,
)
from bot.words import has, say
from bot.words.dates import FINLAND, listed, moment
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Rung

ORGANISATION, PERSON, ACTION = "organisation", "person", "action"

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
# Said of the reader, and of somebody else.
VERDICTS = {True: ("access.yes", "access.yes_of_other"), False: ("access.no", "access.no_of_other")}


def label(action: str, language: Language) -> str:
    """An action in words: *Billing data: edit*."""
    view, _, verb = action.partition(".")
    return f"{say(f'access.view_{view}', language)}: {say(f'access.verb_{verb}', language)}"


@dataclass(frozen=True, slots=True)
class Question:
    """
    What is known of a question while its form is filled in.

    *person* is whom it is about, if not the asker: a main user may ask about others.
    """

    organisation: OrganisationView
    several: bool = False
    about_others: bool = False
    person: PersonView | None = None
    action: str = ""
    notice: str = ""
    acts: Acts = ONE


def question_form(question: Question, language: Language) -> Block:
    """Which organisation, who, and what would you like to do?"""
    organisation = question.organisation
    blocks: Blocks = acting_for(question.acts, organisation, language)
    blocks += [section(question.notice)] if question.notice else []
    if question.several:
        blocks.append(
            field(
                say("access.organisation_label", language),
                ORGANISATION,
                search(
                    "why.organisation",
                    placeholder=say("access.organisation_placeholder", language),
                    initial=option(bare(organisation.name, 75), str(organisation.id)),
                ),
            )
        )
    else:
        blocks.append(
            section(say("access.organisation", language, organisation=plain(organisation.name, 200)))
        )
    if question.about_others:
        person = question.person
        blocks.append(
            field(
                say("access.person_label", language),
                PERSON,
                search(
                    "why.person",
                    placeholder=say("access.person_placeholder", language),
                    initial=option(bare(person.name, 75), str(person.id)) if person else None,
                ),
                hint=say("access.person_hint", language),
                optional=True,
            )
        )
    offered = {
        f"{view}.{verb}": option(label(f"{view}.{verb}", language), f"{view}.{verb}")
        for view, verbs in ACTIONS.items()
        for verb in verbs
    }
    blocks.append(
        field(
            say("access.action_label", language),
            ACTION,
            select(
                ACTION,
                list(offered.values()),
                placeholder=say("access.action_placeholder", language),
                initial=offered.get(question.action),
            ),
        )
    )
    return modal(
        say("access.form_title", language),
        blocks,
        close=say("common.cancel_button", language),
        submit=say("access.form_submit", language),
        form="why.explain",
        about=str(organisation.id),
    )


def which_action(words: str, found: Sequence[str], language: Language, of: str = "") -> Said:
    """Several actions that *words* may mean, each at a press; *of* is what else was typed."""
    lines = [(label(action, language), typed("why", language, f"{of} {action}".strip())) for action in found]
    return choices(say("access.which", language, words=plain(words, 100)), lines, language)


def ladder(
    answer: AccessAnswer,
    action: str,
    organisation: OrganisationView | None,
    titles: Sequence[str],
    language: Language,
    person: PersonView | None = None,
    zone: ZoneInfo = FINLAND,
    acts: Acts = ONE,
) -> Block:
    """
    Yes or no, then each rung: does it hold, since when, and who can mend it.

    *person* is whom it is about, if not the reader; *zone* is the reader's.
    """
    mine, of_other = VERDICTS[answer.allowed]
    verdict = say(
        of_other if person else mine,
        language,
        person=named(person),
        action=label(action, language),
        organisation=plain(organisation.name, 200) if organisation else "-",
    )
    blocks: Blocks = acting_for(acts, organisation, language)
    blocks += [section(f"{SIGNS[answer.allowed]} {verdict}"), divider()]
    say_rung = _rung if person is None else _rung_of_other
    missing = ""
    for rung in answer.rungs:
        if not rung.holds and rung.code == missing:
            # Nobody reads the same reason five times to find out that it is one.
            blocks.append(section(_follows(rung, language, of_other=person is not None)))
            continue
        missing = "" if rung.holds else rung.code
        where = mending(organisation, language, code=rung.code) if _of_register(rung) else ""
        blocks.append(section(say_rung(rung, language, zone, where)))
    if titles:
        roles = listed((plain(title, 100) for title in titles), language)
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


def _of_register(rung: Rung) -> bool:
    return not rung.holds and rung.fixer is Fixer.REGISTER_KEEPER


def _gate(rung: Rung, language: Language, *, of_other: bool) -> str:
    theirs = f"access.other_gate_{rung.gate}"
    gate = say(theirs if of_other and has(theirs) else f"access.gate_{rung.gate}", language)
    return f"{SIGNS[rung.holds]} *{gate}*: {say('access.holds' if rung.holds else 'access.lacks', language)}"


def _follows(rung: Rung, language: Language, *, of_other: bool) -> str:
    """A rung that is missing for the same reason as the one above it."""
    return f"{_gate(rung, language, of_other=of_other)}\n{say('access.follows', language)}"


def _rung(rung: Rung, language: Language, zone: ZoneInfo = FINLAND, where: str = "") -> str:
    """A rung of the reader's own ladder; *where* says better than a general word where to mend it."""
    text = _gate(rung, language, of_other=False)
    key = f"access.code_{rung.code}"
    if has(key):
        text += f"\n{say(key, language)}"
    if rung.since is not None:
        text += " " + say("access.since", language, moment=moment(rung.since, language, zone))
    if where:
        text += f"\n{where}"
    elif not rung.holds and rung.fixer is not Fixer.NOBODY:
        text += f"\n{say(f'access.fixer_{rung.fixer}', language)}"
    return text


def _rung_of_other(rung: Rung, language: Language, zone: ZoneInfo = FINLAND, where: str = "") -> str:
    """A rung of somebody else's ladder, who is not spoken to here."""
    text = _gate(rung, language, of_other=True)
    if has(key := f"access.other_code_{rung.code}"):
        text += f"\n{say(key, language)}"
    if rung.since is not None:
        text += " " + say("access.since", language, moment=moment(rung.since, language, zone))
    if where:
        text += f"\n{where}"
    elif not rung.holds and rung.fixer is not Fixer.NOBODY:
        text += f"\n{say(f'access.other_fixer_{rung.fixer}', language)}"
    return text
