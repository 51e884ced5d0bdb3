"""Draws the login pages."""

from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.identity.words import LANGUAGES, problem, say
from shared.contracts.base import Language
from shared.contracts.identity import PersonView

FOLDER = Path(__file__).parent / "templates"
TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")

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


def ending(language: Language, person: PersonView | None) -> web.Response:
    """Tells *person* that they are done; nobody, that nothing was linked."""
    key, parts = ("done", {"name": person.name}) if person else ("not_mine", {})
    return _message(key, language, "good" if person else "asking", "", 200, parts)


def trouble(
    language: Language, code: str, why: str = "", *, status: int, reference: str = ""
) -> web.Response:
    """Tells what did not work, and what to do about it. *reference* finds it in the logs."""
    shown = " · ".join(part for part in (code, why, reference) if part)
    return _message(problem(code, why), language, "worry", shown, status, {})


def language_of(request: web.Request) -> Language:
    """The language of whoever asks: as they had it in chat, else as their browser says."""
    told = request.headers.get("Accept-Language", "").split(",")
    for wanted in (request.get(LANGUAGE, ""), *told):
        for language in LANGUAGES:
            if wanted.strip()[:2].lower() == language:
                return language
    return "fi"


def _message(
    key: str, language: Language, mood: str, code: str, status: int, parts: dict[str, str]
) -> web.Response:
    return _page(
        "message.html",
        language,
        status=status,
        title=say(f"{key}.title", language),
        text=say(f"{key}.text", language, **parts),
        next=say(f"{key}.next", language),
        mood=mood,
        code=code,
    )


def _page(template: str, language: Language, *, status: int = 200, **parts: str) -> web.Response:
    text = TEMPLATES.get_template(template).render(
        parts, language=language, say=lambda key: say(key, language)
    )
    return web.Response(text=text, content_type="text/html", status=status)
