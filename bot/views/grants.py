"""How an offer and a role look."""

from dataclasses import dataclass
from datetime import datetime

from bot.sender import Said
from bot.views.text import Block, actions, button, context, header, plain, section
from bot.words import say
from bot.words.dates import day, moment
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import GrantStatus, GrantView, Phase, RoleText

PIECE = 2500


@dataclass(frozen=True, slots=True)
class Scene:
    """What a view of a grant shows besides the grant: names, and the role's text in the reader's language."""

    language: Language
    text: RoleText
    organisation: OrganisationView | None
    granter: PersonView | None
    holder: PersonView | None

    @property
    def of(self) -> str:
        return plain(self.organisation.name, 200) if self.organisation else "-"

    @property
    def by(self) -> str:
        return named(self.granter)

    @property
    def to(self) -> str:
        return named(self.holder)


def named(person: PersonView | None) -> str:
    """A person by name, and by chat account: names alone are not unique."""
    if person is None:
        return "-"
    name = plain(person.name, 100)
    return f"{name} (<@{person.chat.user}>)" if person.chat and person.linked_at else name


def offer_buttons(grant: GrantView, text: RoleText) -> Block:
    """*Accept* and *Decline*; the block's id says which text stood above them."""
    language = text.language
    return actions(
        button(say("grants.accept_button", language), "grant.accept", str(grant.id), style="primary"),
        button(say("grants.decline_button", language), "grant.decline", str(grant.id)),
        block_id=f"offer:{grant.id}:{language}:{text.sha256}",
    )


def shown_text(block_id: str) -> tuple[str, str] | None:
    """Which text stood above the buttons that were pressed: its language and its hash."""
    match block_id.split(":"):
        case ["offer", _, language, sha256]:
            return language, sha256
    return None


def offer_card(grant: GrantView, scene: Scene) -> Said:
    """What the holder sees of a grant: an offer with its buttons, or what has come of it."""
    language, title = scene.language, plain(scene.text.title, 140)
    facts = say(
        "grants.facts",
        language,
        organisation=scene.of,
        granter=scene.by,
        until=day(grant.valid_until, language),
    )
    if grant.phase is not Phase.WAITING:
        verdict = state(grant, language)
        whole = say("grants.closed", language, role=title, organisation=scene.of, state=verdict)
        return Said(whole, [section(f"*{title}*\n{facts}"), section(verdict)])
    ends = say("grants.answer_by", language, moment=moment(grant.offer_ends_at, language))
    whole = say(
        "grants.offer",
        language,
        role=title,
        organisation=scene.of,
        granter=scene.by,
        until=day(grant.valid_until, language),
    )
    blocks = [
        header(say("grants.offer_header", language, role=scene.text.title)),
        section(facts),
        *paragraphs(scene.text.text),
        section(say("grants.what_accepting_means", language)),
        offer_buttons(grant, scene.text),
        context(ends),
    ]
    return Said(f"{whole} {ends}", blocks)


def paragraphs(text: str) -> list[Block]:
    """A long text, whole."""
    pieces = [text[start : start + PIECE] for start in range(0, min(len(text), 10 * PIECE), PIECE)]
    return [section(plain(piece, PIECE)) for piece in pieces or ["-"]]


def state(grant: GrantView, language: Language) -> str:
    """Where a grant stands, when it got there, and why."""
    when: datetime = grant.closed_at or grant.offer_ends_at
    if grant.phase is Phase.IN_FORCE and grant.acceptance:
        when = grant.acceptance.accepted_at
    parameters = {"moment": moment(when, language), "until": day(grant.valid_until, language)}
    sentence = say(f"grants.phase_{grant.phase}", language, **parameters)
    if grant.reason:
        sentence += "\n" + say("grants.reason", language, reason=plain(grant.reason, 1000))
    return sentence


def notice(grant: GrantView, scene: Scene) -> Said:
    """What somebody else than the one who decided reads about the decision."""
    text = say(
        f"grants.notice_{grant.status}",
        scene.language,
        role=plain(scene.text.title, 140),
        organisation=scene.of,
        holder=scene.to,
        moment=moment(_decided_at(grant), scene.language),
        until=day(grant.valid_until, scene.language),
    )
    if grant.reason and grant.status is not GrantStatus.ACCEPTED:
        text += "\n" + say("grants.reason", scene.language, reason=plain(grant.reason, 1000))
    return Said(text, [section(text)])


def _decided_at(grant: GrantView) -> datetime:
    if grant.status is GrantStatus.ACCEPTED and grant.acceptance:
        return grant.acceptance.accepted_at
    return grant.closed_at or grant.offered_at
