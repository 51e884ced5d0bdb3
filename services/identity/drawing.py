"""Draws the login pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.identity.words import LANGUAGES, problem, say
from shared.contracts.base import Language, Refusal
from shared.contracts.identity import (
    IdentificationFailed,
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    MandatesMisconfigured,
    MandatesNotAnswered,
    MandatesRefused,
    MandatesSessionOver,
    MandateView,
    PersonUnknown,
    PersonView,
)

FOLDER = Path(__file__).parent / "templates"
TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")

STATUS: dict[type[Refusal], int] = {
    IdentificationLinkSpent: 410,
    IdentifiedAsSomebodyElse: 403,
    PersonUnknown: 403,
    IdentificationFailed: 400,
    MandatesNotAnswered: 502,
    MandatesMisconfigured: 502,
    MandatesRefused: 403,
    MandatesSessionOver: 410,
}

LANGUAGE = web.RequestKey("language", str)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def question(language: Language, *, chat_name: str, name: str, attempt: str, form_token: str) -> web.Response:
    """Asks whether a chat account belongs to the person who logged in."""
    return _page(
        "confirm.html",
        language,
        title=say("confirm.title", language),
        mood="asking",
        chat_name=chat_name,
        name=name,
        attempt=attempt,
        form_token=form_token,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """That somebody may ask Suomi.fi for whom they act; a browser that does is sent to *origin*."""

    attempt: str
    form_token: str
    origin: str


@dataclass(frozen=True, slots=True)
class Leave:
    """That somebody may log out of Suomi.fi; a browser that does is sent to *origins*."""

    attempt: str
    form_token: str
    origins: tuple[str, ...]


def ending(
    language: Language, person: PersonView | None, offer: Offer | None = None, leave: Leave | None = None
) -> web.Response:
    """Tells *person* that they are done, or may ask one more thing; nobody, that nothing was linked."""
    origins = leave.origins if leave is not None else ()
    if person is not None and offer is not None:
        return _page(
            "offer.html",
            language,
            allowed=(offer.origin, *origins),
            leave=leave,
            title=say("done.title", language),
            text=say("done.text", language, name=person.name),
            mood="good",
            attempt=offer.attempt,
            form_token=offer.form_token,
        )
    key, parts = ("done", {"name": person.name}) if person else ("not_mine", {})
    mood = "good" if person else "asking"
    return _message(key, language, mood, "", 200, parts, leave=leave, allowed=origins)


def left(language: Language, *, everywhere: bool = True) -> web.Response:
    """Tells somebody that they are logged out, here or *everywhere*."""
    return _message("left" if everywhere else "left.partly", language, "good", "", 200, {})


def nothing_to_leave(language: Language) -> web.Response:
    """Tells somebody who came to be logged out that nobody said of what."""
    return _message("left.nothing", language, "asking", "", 400, {})


def mandates(language: Language, found: Sequence[MandateView]) -> web.Response:
    """Tells for whom somebody may act."""
    key = "mandates.found" if any(one.rights for one in found) else "mandates.none"
    # What is worth something comes first.
    ordered = sorted(found, key=lambda one: (not one.rights, not one.complete))
    return _page(
        "mandates.html",
        language,
        title=say(f"{key}.title", language),
        text=say(f"{key}.text", language),
        next=say(f"{key}.next", language),
        mood="good" if key == "mandates.found" else "asking",
        found=[(one.name or one.business_id, one.business_id, _worth(one, language)) for one in ordered],
    )


def on_to(address: str) -> web.Response:
    """Sends a browser on to *address*."""
    return web.Response(status=303, headers={"Location": address})


def status_of(refusal: Refusal, why: str) -> int:
    """The status of the page that tells of *refusal*."""
    return 502 if why == "provider" else STATUS.get(type(refusal), 400)


def trouble(
    language: Language,
    code: str,
    why: str = "",
    *,
    status: int,
    reference: str = "",
    leave: Leave | None = None,
) -> web.Response:
    """Tells what did not work, and what to do about it. *reference* finds it in the logs."""
    origins = leave.origins if leave is not None else ()
    shown = " · ".join(part for part in (code, why, reference) if part)
    return _message(problem(code, why), language, "worry", shown, status, {}, leave=leave, allowed=origins)


def language_of(request: web.Request) -> Language:
    """The language of whoever asks: as they had it in chat, else as their browser says."""
    told = request.headers.get("Accept-Language", "").split(",")
    for wanted in (request.get(LANGUAGE, ""), *told):
        for language in LANGUAGES:
            if wanted.strip()[:2].lower() == language:
                return language
    return "fi"


def _message(
    key: str,
    language: Language,
    mood: str,
    code: str,
    status: int,
    parts: dict[str, str],
    *,
    leave: Leave | None = None,
    allowed: tuple[str, ...] = (),
) -> web.Response:
    return _page(
        "message.html",
        language,
        status=status,
        allowed=allowed,
        leave=leave,
        title=say(f"{key}.title", language),
        text=say(f"{key}.text", language, **parts),
        next=say(f"{key}.next", language),
        mood=mood,
        code=code,
    )


def _worth(one: MandateView, language: Language) -> list[str]:
    if not one.complete:
        return [say("mandates.not_proved", language)]
    worth = [say(f"right.{right}", language) for right in one.rights]
    if not worth:
        worth = [say("mandates.gives_nothing", language)]
    if one.organisation is None:
        worth.append(say("mandates.not_known_here", language))
    return worth


def _page(
    template: str, language: Language, *, status: int = 200, allowed: tuple[str, ...] = (), **parts: object
) -> web.Response:
    text = TEMPLATES.get_template(template).render(
        parts, language=language, say=lambda key: say(key, language)
    )
    response = web.Response(text=text, content_type="text/html", status=status)
    if allowed:
        # A browser holds the answer to a form to the same rule as the form: it may lead on to there.
        policy = HEADERS["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace(
            "form-action 'self'", f"form-action 'self' {' '.join(allowed)}"
        )
    return response
