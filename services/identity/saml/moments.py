"""Moments as SAML writes them: of UTC, whether they say so or not (SAML 2.0 core, 1.3.3)."""

from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """
    The moment that *text* is.

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
