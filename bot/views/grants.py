"""How an offer and a role look."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.acting import ONE, Acts, about
from bot.views.spoken import message
from bot.views.text import Block, actions, asking, button, context, header, plain, section
from bot.words import say
from bot.words.dates import FINLAND, day, end_of, moment
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import GrantView, Ground, Phase, RoleText

PIECE = 2500


@dataclass(frozen=True, slots=True)
class Scene:
    """What a view of a grant shows besides the grant: names, and the role's text in the reader's language."""

    language: Language
    text: RoleText
    organisation: OrganisationView | None
    granter: PersonView | None
    holder: PersonView | None
    zone: ZoneInfo = FINLAND
    acts: Acts = ONE
    ground: Ground = Ground.GRANTED

    @property
    def of(self) -> str:
        return plain(self.organisation.name, 200) if self.organisation else "-"

    @property
    def by(self) -> str:
        """Whose word it is: a main user's, Suomi.fi's or an operator's."""
        if self.ground is Ground.GRANTED:
            return named(self.granter)
        return say(f"grants.by_{self.ground}", self.language)

    @property
    def to(self) -> str:
        return named(self.holder)


def named(person: PersonView | None) -> str:
    """A person by name, and by chat account: names alone are not unique."""
    if person is None:
        return "-"
    name = plain(person.name, 100)
    return f"{name} (<@{person.chat.user}>)" if person.chat and person.linked_at else name


def offer_buttons(grant: GrantView, text: RoleText, which: str = "") -> Block:
    """
    *Accept* and *Decline*; the block's id says which text stood above them.

    *which* offer it is, is read aloud where there may be several. What is in force already is not declined:
    it is handed back.
    """
    language = text.language
    accept, decline = say("grants.accept_button", language), say("grants.decline_button", language)
    confirm = asking(
        say("reasons.decline_title", language),
        say("reasons.decline_confirm", language),
        say("common.continue_button", language),
        say("common.cancel_button", language),
    )
    label = f": {which}" if which else ""
    buttons = [button(accept, "grant.accept", str(grant.id), style="primary", label=accept + label)]
    if grant.phase is Phase.WAITING:
        buttons.append(
            button(decline, "grant.decline", str(grant.id), confirm=confirm, label=decline + label)
        )
    return actions(
        *buttons,
        block_id=f"offer:{grant.id}:{language}:{text.sha256}",
    )


def shown_text(block_id: str) -> tuple[str, str] | None:
    """Which text stood above the buttons that were pressed: its language and its hash."""
    match block_id.split(":"):
        case ["offer", _, language, sha256]:
            return language, sha256
    return None


def offer_card(grant: GrantView, scene: Scene, *, lead: str = "", closed: bool = False) -> Said:
    """
    What the holder sees of a grant: an offer with its buttons, or what has come of it.

    *lead* is what a card that comes again says first; *closed* says that the holder's account was.
    """
    language, title = scene.language, plain(scene.text.title, 140)
    facts = say(
        "grants.facts",
        language,
        organisation=scene.of,
        granter=scene.by,
        until=day(grant.valid_until, language),
    )
    mine = about(scene.acts, scene.organisation, language)
    if grant.phase is not Phase.WAITING:
        verdict = state(grant, language, scene.zone)
        return message(language, *mine, section(f"*{title}*\n{facts}"), section(verdict))
    if closed:
        shut = section(say("accounts.closed", language))
        return message(language, *mine, section(f"*{title}*\n{facts}"), shut)
    ends = say("grants.answer_by", language, moment=moment(answer_by(grant), language, scene.zone))
    return message(
        language,
        *([section(lead)] if lead else []),
        header(say("grants.offer_header", language, role=scene.text.title)),
        *mine,
        section(facts),
        *why_offered(grant, scene),
        *paragraphs(scene.text.text),
        section(say("grants.what_accepting_means", language)),
        offer_buttons(grant, scene.text),
        context(ends),
    )


def why_offered(grant: GrantView, scene: Scene) -> list[Block]:
    """Where no main user offers a role: why it is offered, and what the holder says by accepting it."""
    if grant.ground is Ground.GRANTED:
        return []
    role = plain(scene.text.title, 140)
    ground = "named" if is_unaccepted(grant) else grant.ground
    why = say(f"grants.why_{ground}", scene.language, role=role, organisation=scene.of)
    return [section(why), section(say("grants.inducted_yourself", scene.language))]


def offer_lines(
    role: str, organisation: str, grant: GrantView, language: Language, zone: ZoneInfo = FINLAND
) -> str:
    """An offer that waits, in two lines; it is answered where its role's text can be read."""
    ends = moment(answer_by(grant), language, zone)
    return say("grants.waits", language, role=role, organisation=organisation, moment=ends)


def answer_by(grant: GrantView) -> datetime:
    """When the offer lapses: after its time, or when the role would have ended."""
    return min(grant.offer_ends_at, end_of(grant.valid_until))


def paragraphs(text: str) -> list[Block]:
    """A long text, whole."""
    pieces = [text[start : start + PIECE] for start in range(0, min(len(text), 10 * PIECE), PIECE)]
    return [section(plain(piece, PIECE)) for piece in pieces or ["-"]]


def is_unaccepted(grant: GrantView) -> bool:
    """Whether *grant* is in force by an operator's word alone."""
    return grant.phase is Phase.IN_FORCE and grant.acceptance is None and grant.named_at is not None


def state(grant: GrantView, language: Language, zone: ZoneInfo = FINLAND) -> str:
    """Where a grant stands, when it got there, and why."""
    when: datetime = grant.closed_at or answer_by(grant)
    if grant.phase is Phase.IN_FORCE and grant.acceptance:
        when = grant.acceptance.accepted_at
    parameters = {"moment": moment(when, language, zone), "until": day(grant.valid_until, language)}
    sentence = say(f"grants.phase_{grant.phase}", language, **parameters)
    if is_unaccepted(grant) and grant.named_at:
        sentence = say(
            "grants.named",
            language,
            moment=moment(grant.named_at, language, zone),
            until=day(grant.valid_until, language),
        )
    if grant.reason:
        sentence += "\n" + say("grants.reason", language, reason=plain(grant.reason, 1000))
    return sentence
