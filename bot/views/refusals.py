"""Every *no* in words that a person can act on."""

from datetime import date

from bot.views.text import bare
from bot.words import has, say
from bot.words.dates import day
from shared.contracts.base import Language, Refusal, Unavailable


def sentence(error: Exception, language: Language, *, reference: str = "") -> str:
    """Say what went wrong and what to do next, without saying how we are built."""
    if isinstance(error, Refusal):
        key = f"refusals.{error.code.replace('.', '_')}"
        if has(key):
            return say(key, language, **_parameters(error, language))
        return say("refusals.other", language, reference=error.code)
    if isinstance(error, Unavailable):
        return say("refusals.unavailable", language)
    return say("refusals.crashed", language, reference=reference)


def _parameters(error: Refusal, language: Language) -> dict[str, str | int]:
    """What sentences may name: *minutes*, *limit* and *latest*, whichever the refusal carries."""
    given = error.parameters
    found: dict[str, str | int] = {"minutes": 15, "count": 15, "limit": 1000, "latest": "-"}
    for name in ("minutes", "limit"):
        if isinstance(value := given.get(name), int):
            found[name] = value
    found["count"] = found["minutes"]
    latest = given.get("latest")
    if isinstance(latest, str):
        try:
            found["latest"] = day(date.fromisoformat(latest), language)
        except ValueError:
            found["latest"] = bare(latest, 30)
    return found
