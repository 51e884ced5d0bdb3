"""The burn-down picture of the way from Katso: Slack's own chart, and the same figures in words."""

from collections.abc import Sequence
from datetime import timedelta

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import Block, bare, plain, section
from bot.words import say
from bot.words.dates import day, short_day
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView
from shared.contracts.legacy import Tally

# As many as Slack's charts hold.
MOST_DAYS = 20
A_YEAR = timedelta(days=360)
LINES = ("left", "reaccepted", "not_needed")


def burn_down(organisation: OrganisationView, history: Sequence[Tally], language: Language) -> Said:
    """How many Katso roles stood where, day by day, the oldest of *history* first."""
    figures = section(_figures(organisation, history, language))
    return message(language, figures, *([_chart(sampled(history), language)] if history else []))


def picture_waits(organisation: OrganisationView, history: Sequence[Tally], language: Language) -> Said:
    """The figures, and where the picture of them is."""
    blocks = [section(_figures(organisation, history, language))]
    if history:
        blocks.append(section(say("migration.chart_waits", language)))
    return message(language, *blocks)


def sampled(history: Sequence[Tally]) -> Sequence[Tally]:
    """At most so many days as a chart holds, evenly apart, the newest among them."""
    step = max(1, -(-len(history) // MOST_DAYS))
    return history[(len(history) - 1) % step :: step]


def _figures(organisation: OrganisationView, history: Sequence[Tally], language: Language) -> str:
    name = plain(organisation.name, 200)
    if not history:
        return say("migration.nothing", language, organisation=name)
    first, now = history[0], history[-1]
    return say(
        "migration.chart_figures",
        language,
        organisation=name,
        since=day(first.day, language),
        first=first.total,
        left=now.left,
        done=now.reaccepted,
        dropped=now.not_needed,
    )


def _chart(history: Sequence[Tally], language: Language) -> Block:
    # The same day of two years must not be one.
    label_of = short_day if history[-1].day - history[0].day < A_YEAR else day
    labels = [label_of(one.day, language) for one in history]
    series = [
        {
            "name": bare(say(f"migration.line_{line}", language), 20),
            "data": [
                {"label": label, "value": int(getattr(one, line))}
                for label, one in zip(labels, history, strict=True)
            ],
        }
        for line in LINES
    ]
    axes = {"categories": labels, "y_label": say("migration.chart_roles", language)}
    return {
        "type": "data_visualization",
        "title": bare(say("migration.chart_heading", language), 50),
        # A line needs two points.
        "chart": {"type": "line" if len(history) > 1 else "bar", "series": series, "axis_config": axes},
    }
