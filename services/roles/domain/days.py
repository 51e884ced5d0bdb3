"""Days as they are counted in Finland."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# Dates of mandates are Finnish dates (suomi.fi, glossary of e-Authorizations).
FINLAND = ZoneInfo("Europe/Helsinki")


def end_of(day: date) -> datetime:
    """The moment at which *day* is over in Finland."""
    return datetime.combine(day + timedelta(days=1), time(), FINLAND)


def years_after(day: date, years: int) -> date:
    """The same day *years* later."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, and no leap year there
        return day.replace(year=day.year + years, day=28)
