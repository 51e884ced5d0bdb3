"""What is said about a button that stands for what can no longer be done."""

from datetime import datetime

from bot.sender import Said
from bot.views.grants import Scene, answer_by
from bot.views.spoken import message
from bot.views.text import plain, section
from bot.words import say
from bot.words.dates import day, moment
from shared.contracts.base import Language
from shared.contracts.roles import GrantView, Phase

OPEN = (Phase.WAITING, Phase.IN_FORCE)


def overtaken(grant: GrantView, scene: Scene, *, holder: bool) -> Said:
    """What became of *grant*, when, and what the one who pressed can do next: its *holder*, or another."""
    language = scene.language
    when: datetime = grant.closed_at or answer_by(grant)
    if grant.phase in OPEN and grant.acceptance:
        when = grant.acceptance.accepted_at
    word: str = grant.phase
    if grant.named_at is not None and grant.phase is Phase.IN_FORCE:
        # An operator named them: nobody made an offer.
        word = "named_accepted" if grant.acceptance else "named"
        when = grant.acceptance.accepted_at if grant.acceptance else grant.named_at
    what = say(
        f"overtaken.{word}",
        language,
        role=plain(scene.text.title, 140),
        organisation=scene.of,
        moment=moment(when, language, scene.zone),
        until=day(grant.valid_until, language),
    )
    state = "open" if grant.phase in OPEN else "closed"
    after = say(f"overtaken.next_{'holder' if holder else 'other'}_{state}", language)
    return message(language, section(f"{what}\n{after}"))


def not_yours(language: Language) -> Said:
    """What stands in the place of a card that came to be before somebody else."""
    return message(language, section(say("overtaken.not_yours", language)))


def gone(language: Language) -> Said:
    """What stands in the place of a card about a grant that nobody knows."""
    return message(language, section(say("overtaken.gone", language)))
