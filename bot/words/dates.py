"""Days, moments and lists, as each language writes them, and on the reader's own clock."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_gmt
from babel.lists import format_list

from bot.words import say
from shared.contracts.base import Language

FINLAND = ZoneInfo("Europe/Helsinki")
LOCALES: dict[Language, str] = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def day(when: date, language: Language) -> str:
    """A day: 24.11.2026, 24 november 2026, 24 November 2026."""
    return format_date(when, "medium" if language == "fi" else "long", locale=LOCALES[language])


def short_day(when: date, language: Language) -> str:
    """A day of this year, where room is short: 24.11., 24 Nov."""
    return format_date(when, "d MMM" if language == "en" else "d.M.", locale=LOCALES[language])


def moment(when: datetime, language: Language, zone: ZoneInfo = FINLAND) -> str:
    """A day and the time of day on the clocks of *zone*, which is named where they differ from Finland's."""
    local = when.astimezone(zone)
    said = {"day": day(local.date(), language), "time": clock(local, language)}
    if local.utcoffset() == when.astimezone(FINLAND).utcoffset():
        return say("common.moment", language, **said)
    offset = get_timezone_gmt(local, width="long", locale=LOCALES[language])
    return say("common.moment_elsewhere", language, zone=offset, **said)


def clock(local: datetime, language: Language) -> str:
    """The time of day that *local* shows: 9.05, 09:05; in Finland's Swedish with a full stop, too."""
    return format_time(local, "H.mm" if language == "sv" else "short", locale=LOCALES[language])


def dated(told: str, language: Language) -> str | None:
    """How *language* writes the date of a source, 2020-01-29, 2024-08 or 2019; None if it has none."""
    match [int(part) for part in told.split("-")] if told[:1].isdigit() else []:
        case [year, month, of_month]:
            return day(date(year, month, of_month), language)
        case [year, month]:
            return format_date(date(year, month, 1), "LLLL y", locale=LOCALES[language])
        case [year]:
            return str(year)
        case _:
            return None


def listed(words: Iterable[str], language: Language) -> str:
    """Several things in one sentence: a, b ja c."""
    return format_list([*words], locale=LOCALES[language])


def end_of(last: date) -> datetime:
    """The moment at which *last* is over in Finland."""
    return datetime.combine(last + timedelta(days=1), time(), FINLAND)


def today(now: datetime) -> date:
    """The date in Finland."""
    return now.astimezone(FINLAND).date()
