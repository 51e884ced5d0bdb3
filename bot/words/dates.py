"""Days and moments, as people in Finland write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from shared.contracts.base import Language

FINLAND = ZoneInfo("Europe/Helsinki")
LOCALES: dict[Language, str] = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def day(when: date, language: Language) -> str:
    """A day: 24.11.2026, 24 november 2026, 24 November 2026."""
    return format_date(when, "medium" if language == "fi" else "long", locale=LOCALES[language])


def moment(when: datetime, language: Language) -> str:
    """A day and the time of day in Finland."""
    local = when.astimezone(FINLAND)
    time = format_datetime(local, "H.mm" if language == "fi" else "HH:mm", locale=LOCALES[language])
    return f"{day(local.date(), language)} {CLOCK[language]} {time}"


def today(now: datetime) -> date:
    """The date in Finland."""
    return now.astimezone(FINLAND).date()


CLOCK: dict[Language, str] = {"fi": "klo", "sv": "kl.", "en": "at"}
