"""The form in which people say when they want to be told, and of what."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from bot.notifications.audience import CHOOSABLE, Kind, Urgency
from bot.notifications.calm import Calm
from bot.views.news import Item, sentence
from bot.views.text import Block, Blocks, cut, divider, field, modal, option, plain_text, section, select
from bot.words import say
from bot.words.dates import moment
from shared.contracts.base import Language

QUIET_FROM, QUIET_UNTIL, REST_DAYS, DIGEST_AT = "quiet_from", "quiet_until", "rest_days", "digest_at"
# So much of the next digest is shown, and the rest counted.
SHOWN = 5


def wishes_form(calm: Calm, gathered: Sequence[Item], next_digest: datetime, language: Language) -> Block:
    """Quiet hours, the digest's time and what comes how; and what the next digest would say now."""
    rest = option(say("wishes.rest_days_option", language), "yes")
    blocks: Blocks = [
        section(say("wishes.intro", language, zone=str(calm.zone).replace("_", " "))),
        _clock(QUIET_FROM, calm.quiet_from, language),
        _clock(QUIET_UNTIL, calm.quiet_until, language),
        field(
            say("wishes.rest_days_label", language),
            REST_DAYS,
            {
                "type": "checkboxes",
                "action_id": REST_DAYS,
                "options": [rest],
                **({"initial_options": [rest]} if calm.rest_days else {}),
            },
            optional=True,
        ),
        _clock(DIGEST_AT, calm.digest_at, language),
        *(_kind(kind, calm.urgencies, language) for kind in CHOOSABLE),
        divider(),
        section(_preview(gathered, next_digest, calm, language)),
    ]
    return modal(
        say("wishes.form_title", language),
        blocks,
        close=say("common.cancel_button", language),
        submit=say("wishes.form_submit", language),
        form="wishes.set",
    )


def saved(calm: Calm, next_digest: datetime, language: Language) -> str:
    """What was chosen, in one sentence."""
    return say("wishes.saved", language, moment=moment(next_digest, language, calm.zone))


def _clock(name: str, initial: time, language: Language) -> Block:
    element = {
        "type": "timepicker",
        "action_id": name,
        "initial_time": f"{initial:%H:%M}",
        "placeholder": plain_text(say("wishes.clock_placeholder", language), 150),
    }
    return field(
        say(f"wishes.{name}_label", language), name, element, hint=say(f"wishes.{name}_hint", language)
    )


# What somebody hears who has chosen nothing, as the table of `audience` has it for most.
USUAL: Mapping[Kind, Urgency] = {
    Kind.ROLES: Urgency.NOW,
    Kind.ANSWERS: Urgency.NOW,
    Kind.COLLEAGUES: Urgency.DIGEST,
    Kind.ENDINGS: Urgency.DIGEST,
}
AS_USUAL = "usual"


def _kind(kind: Kind, chosen: Mapping[Kind, Urgency], language: Language) -> Block:
    options = {AS_USUAL: option(say(f"wishes.usual_{USUAL[kind]}", language), AS_USUAL)}
    options |= {each.value: option(say(f"wishes.urgency_{each}", language), each.value) for each in Urgency}
    initial = options[chosen[kind].value if kind in chosen else AS_USUAL]
    element = select(
        kind.value,
        [*options.values()],
        placeholder=say("wishes.urgency_placeholder", language),
        initial=initial,
    )
    return field(
        say(f"wishes.{kind}_label", language), kind.value, element, hint=say(f"wishes.{kind}_hint", language)
    )


def _preview(gathered: Sequence[Item], next_digest: datetime, calm: Calm, language: Language) -> str:
    when = moment(next_digest, language, calm.zone)
    if not gathered:
        return say("wishes.preview_nothing", language, moment=when)
    lines = [say("wishes.preview", language, moment=when, count=len(gathered))]
    lines += [f"• {item.scene.of}: {cut(sentence(item), 400)}" for item in gathered[:SHOWN]]
    if (left := len(gathered) - SHOWN) > 0:
        lines.append(say("wishes.preview_more", language, count=left))
    return "\n".join(lines)
