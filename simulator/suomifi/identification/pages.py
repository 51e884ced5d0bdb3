"""Draws the stand-in's pages, in three languages, for keyboards and screen readers as for everybody."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
FOLDER = HERE / "templates"
WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
PAGES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def choice(
    request: web.Request, service: Mapping[str, str], people: Sequence[str], back: str
) -> web.Response:
    """Lets somebody choose who they are."""
    language = language_of(request)
    others = {one: str(request.rel_url.update_query(locale=one)) for one in WORDS if one != language}
    name = service.get(language) or next(iter(service.values()), "")
    return _page(
        request, "choose.html", service=name, people=list(enumerate(people)), others=others, forms_to=back
    )


def sending(request: web.Request, action: str, response: str, relay_state: str, origin: str) -> web.Response:
    """Takes the answer back to the service."""
    return _page(
        request,
        "send.html",
        action=action,
        response=response,
        relay_state=relay_state,
        script=True,
        forms_to=origin,
    )


def logout(
    request: web.Request, services: Sequence[str], frames: Sequence[tuple[str, str]] = (), framed: str = ""
) -> web.Response:
    """Shows where somebody is logged in, or asks those services to log them out."""
    return _page(request, "logout.html", services=services, frames=frames, framed=framed)


def told(request: web.Request, key: str, reason: str = "", *, status: int = 200) -> web.Response:
    """Says one thing. It may stand in a frame of our own."""
    return _page(request, "told.html", key=key, reason=reason, status=status, in_frame=True)


def style(_: web.Request) -> web.Response:
    return web.Response(text=(FOLDER / "style.css").read_text(encoding="utf-8"), content_type="text/css")


def script(_: web.Request) -> web.Response:
    return web.Response(text=(FOLDER / "send.js").read_text(encoding="utf-8"), content_type="text/javascript")


def language_of(request: web.Request) -> str:
    """What the service asked for, else what the browser prefers, else Finnish."""
    preferred = request.headers.get("Accept-Language", "").split(",")
    for wanted in (request.query.get("locale", ""), *preferred):
        if (word := wanted.strip()[:2].lower()) in WORDS:
            return word
    return "fi"


def _page(
    request: web.Request,
    template: str,
    *,
    status: int = 200,
    forms_to: str = "",
    framed: str = "",
    in_frame: bool = False,
    **parts: object,
) -> web.Response:
    language = language_of(request)
    given = {"others": {}, "script": False} | parts
    text = PAGES.get_template(template).render(language=language, words=WORDS[language], names=WORDS, **given)
    response = web.Response(text=text, content_type="text/html", status=status)
    ancestors = "'self'" if in_frame else "'none'"
    # A browser holds the answer to a form to the same rule as the form: it may lead back to the service.
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' {forms_to}; "
        f"frame-src 'self' {framed}; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
    return response
