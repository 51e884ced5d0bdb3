"""The way from Katso: how far an organisation has come, who lags behind, and whom the next wave invites."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.sender import Said
from bot.views.offering import in_a_year
from bot.views.paging import Item
from bot.views.spoken import message
from bot.views.text import (
    Block,
    Blocks,
    actions,
    bare,
    button,
    divider,
    field,
    header,
    modal,
    option,
    plain,
    plain_text,
    section,
)
from bot.words import say
from bot.words.dates import day, listed
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.legacy import LegacyGrantView, LegacyState, MigrationView, Why
from shared.contracts.roles import Role, RoleText

UNTIL, INDUCTED, REASON = "until", "inducted", "reason"
LONGEST_REASON = 1000
CELLS = 20
# A Home tab is read at a glance; the rest is a press away.
MOST_ON_HOME = 5

Texts = Mapping[tuple[Role, Language], RoleText]


@dataclass(frozen=True, slots=True)
class Wave:
    """
    Whom an invitation would reach, as shown before it is sent; *people* are those of them we know.

    Of these, *out_of_sight* cannot see it where they are reached.
    """

    organisation: OrganisationView
    view: MigrationView
    people: Mapping[PersonId, PersonView]
    out_of_sight: frozenset[PersonId] = frozenset()


def migration_items(
    organisation: OrganisationView, view: MigrationView, texts: Texts, language: Language
) -> Iterable[Item]:
    """An organisation's way on its main users' Home tab; nothing if it had nothing in Katso."""
    if not view.now.total:
        return
    name = plain(organisation.name, 200)
    heading: Blocks = [divider(), header(say("migration.heading", language, organisation=organisation.name))]
    blocks: Blocks = [section(f"{progress(view, language)}\n{counts(view, language)}")]
    if view.stragglers:
        lines = [line(one, texts, language) for one in view.stragglers[:MOST_ON_HOME]]
        blocks.append(section("\n".join([say("migration.stragglers", language), *lines])))
    if not view.now.left:
        blocks.append(section(say("migration.all_done", language, organisation=name)))
    yield Item(heading, [*blocks, *_buttons(organisation, view, language)])


def overview(organisation: OrganisationView, view: MigrationView, texts: Texts, language: Language) -> Said:
    """The same as a message, to the one who asked."""
    name = plain(organisation.name, 200)
    if not view.now.total:
        return message(language, section(say("migration.nothing", language, organisation=name)))
    blocks: Blocks = [
        header(say("migration.heading", language, organisation=organisation.name)),
        section(f"{progress(view, language)}\n{counts(view, language)}"),
    ]
    if view.stragglers:
        lines = [line(one, texts, language) for one in view.stragglers]
        blocks.append(section("\n".join([say("migration.stragglers", language), *lines])))
    return message(language, *blocks, *_buttons(organisation, view, language))


def not_for_you(language: Language) -> Said:
    """What somebody reads who is no main user, and had nothing in Katso that waits."""
    return message(language, section(say("migration.not_for_you", language)))


def details(
    organisation: OrganisationView,
    view: MigrationView,
    texts: Texts,
    language: Language,
    notice: str = "",
) -> Block:
    """A modal with everybody who lags behind, each with a button that says that it is not needed."""
    blocks: Blocks = [section(notice)] if notice else []
    blocks.append(section(f"{progress(view, language)}\n{counts(view, language)}"))
    text = say("migration.dismiss_button", language)
    for one in view.stragglers:
        label = f"{text}: {bare(one.holder, 28)}, {bare(one.katso_role, 28)}"
        pressed = button(text, "migration.dismiss", str(one.id), label=label)
        blocks.append(section(line(one, texts, language), accessory=pressed))
    return modal(
        say("migration.details_title", language),
        blocks,
        close=say("common.close_button", language),
        about=str(organisation.id),
    )


def wave_form(wave: Wave, texts: Texts, today: date, language: Language) -> Block:
    """Who is invited to what and told in which language, until when it holds; and that they were inducted."""
    view, title = wave.view, say("migration.wave_title", language)
    close = say("common.cancel_button", language)
    if not view.next_wave:
        text = say("migration.nobody_to_invite", language)
        return modal(title, [section(f"{text}\n{counts(view, language)}")], close=close)
    planned = next((one.day for one in view.waves if one.number == view.next_number), None)
    intro = say("migration.wave_intro", language, organisation=plain(wave.organisation.name, 200))
    if view.next_number is not None and planned is not None:
        intro += " " + say(
            "migration.wave_planned", language, number=view.next_number, day=day(planned, language)
        )
    blocks: Blocks = [
        section(intro),
        section("\n".join(_invited(wave, texts, language)), block_id="told"),
        field(
            say("migration.until_label", language),
            UNTIL,
            {"type": "datepicker", "action_id": UNTIL, "initial_date": in_a_year(today).isoformat()},
        ),
        field(
            say("migration.inducted_label", language),
            INDUCTED,
            {
                "type": "checkboxes",
                "action_id": INDUCTED,
                "options": [option(say("migration.inducted_option", language), "yes")],
            },
            hint=say("migration.inducted_hint", language),
        ),
    ]
    about = " ".join([str(wave.organisation.id), *(str(one.id) for one in view.next_wave)])
    submit = say("migration.wave_submit", language)
    return modal(title, blocks, close=close, submit=submit, form="migration.invite", about=about)


def dismiss_form(organisation: str, legacy: str, language: Language) -> Block:
    """Why is what somebody had in Katso not needed any more?"""
    element: Block = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "max_length": LONGEST_REASON,
        "placeholder": plain_text(say("migration.reason_placeholder", language), 150),
    }
    label, hint = say("migration.reason_label", language), say("migration.reason_hint", language)
    return modal(
        say("migration.dismiss_title", language),
        [section(say("migration.dismiss_intro", language)), field(label, REASON, element, hint=hint)],
        close=say("common.cancel_button", language),
        submit=say("migration.dismiss_submit", language),
        form="migration.dismiss",
        about=f"{organisation} {legacy}",
    )


def dismissed(legacy: LegacyGrantView, language: Language) -> Block:
    """What was said, and the way to take it back."""
    said = say(
        "migration.dismissed",
        language,
        holder=plain(legacy.holder, 100),
        role=plain(legacy.katso_role, 100),
        reason=plain(legacy.reason or "-", 300),
    )
    back = button(say("migration.reopen_button", language), "migration.reopen", str(legacy.id))
    return modal(
        say("migration.dismiss_title", language),
        [section(said), actions(back)],
        close=say("common.close_button", language),
        about=str(legacy.organisation),
    )


def wave_opened(organisation: OrganisationView, holders: int, language: Language) -> Said:
    """An operator asks a main user to invite a wave."""
    name = plain(organisation.name, 200)
    text = say("migration.wave_opened", language, organisation=name, count=holders)
    invite = button(say("migration.invite_button", language), "migration.invite", str(organisation.id))
    return message(language, section(text), actions(invite))


def mine_items(
    legacies: Sequence[LegacyGrantView], names: Mapping[OrganisationId, OrganisationView], language: Language
) -> Iterable[Item]:
    """What the reader had in Katso and has not accepted anew, each with what it takes."""
    heading: Blocks = [divider(), header(say("migration.mine_heading", language))]
    for one in legacies:
        yield Item(heading, [section(mine_line(one, names.get(one.organisation), language))])


def mine_line(legacy: LegacyGrantView, organisation: OrganisationView | None, language: Language) -> str:
    """You had this in Katso; it ended; what comes next."""
    had = say(
        "migration.mine",
        language,
        role=plain(legacy.katso_role, 100),
        organisation=plain(organisation.name, 200) if organisation else "-",
    )
    return f"{had}\n{_next_for_me(legacy, language)}"


def progress(view: MigrationView, language: Language) -> str:
    """How much is done, as a bar and in words."""
    total, done = view.now.total, view.now.total - view.now.left
    full = CELLS * done // total if total else 0
    words = say("migration.progress", language, done=done, total=total)
    return f"{'█' * full}{'░' * (CELLS - full)} {words}"


def counts(view: MigrationView, language: Language) -> str:
    """How many stand where, in words."""
    return " · ".join(
        say(f"migration.count_{state}", language, count=int(getattr(view.now, state.value)))
        for state in LegacyState
    )


def line(legacy: LegacyGrantView, texts: Texts, language: Language) -> str:
    """A legacy grant in short: whose, which role and what it comes to, where it stands and for how long."""
    had = plain(legacy.katso_role, 100)
    roles = [plain(texts[role, language].title, 100) for role in legacy.roles]
    comes_to = f" → {listed(roles, language)}" if roles and roles != [had] else ""
    stands = say(
        f"migration.why_{legacy.why or Why.FRESH}"
        if legacy.state is LegacyState.NOT_STARTED
        else f"migration.is_{legacy.state}",
        language,
    )
    days = f" · {say('migration.days', language, count=legacy.days)}" if legacy.days else ""
    return f"*{plain(legacy.holder, 100)}*: {had}{comes_to}\n{stands}{days}"


def _buttons(organisation: OrganisationView, view: MigrationView, language: Language) -> Blocks:
    found: Blocks = []
    for key, action, there in (
        ("migration.invite_button", "migration.invite", bool(view.next_wave)),
        ("migration.details_button", "migration.show", bool(view.stragglers)),
        ("migration.chart_button", "migration.chart", bool(view.now.total)),
    ):
        text = say(key, language)
        if there:
            label = f"{text}: {organisation.name}"
            found.append(button(text, action, str(organisation.id), label=label))
    return [actions(*found)] if found else []


def _invited(wave: Wave, texts: Texts, language: Language) -> Iterable[str]:
    of_holder: dict[str, list[LegacyGrantView]] = {}
    for one in wave.view.next_wave:
        of_holder.setdefault(str(one.person), []).append(one)
    for several in of_holder.values():
        first = several[0]
        person = wave.people.get(first.person) if first.person else None
        roles = dict.fromkeys(
            plain(texts[role, language].title, 100)
            for one in several
            for role in one.missing
            if role is not Role.MAIN_USER
        )
        if person is None or person.chat is None:
            how = say("migration.no_chat", language)
        elif person.id in wave.out_of_sight:
            how = say("elsewhere.told", language)
        else:
            how = say(f"migration.told_{person.language}", language)
        yield f"• *{plain(first.holder, 100)}*: {listed(roles, language)} ({how})"


def _next_for_me(legacy: LegacyGrantView, language: Language) -> str:
    match legacy.state:
        case LegacyState.INVITED | LegacyState.IDENTIFIED:
            return say("migration.mine_invited", language)
        case _ if legacy.why is Why.APPOINT:
            return say("migration.mine_appoint", language)
        case _ if legacy.why is Why.DECLINED:
            return say("migration.mine_declined", language)
        case _:
            return say("migration.mine_waits", language)
