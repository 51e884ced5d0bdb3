"""Draws the selection page, in three languages, for keyboards and screen readers as for everybody."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.suomifi.visits import Visit

HERE = Path(__file__).parent
FOLDER = HERE / "templates"
STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")
WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
PAGES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def selection(
    request: web.Request,
    choices: Sequence[tuple[str, str]],
    visit: Visit,
    *,
    back_to: str,
    missing: bool = False,
) -> web.Response:
    """Lets somebody choose for whom to act; *missing* says that they have to."""
    # People are chosen by their place in the list, so that no personal code stands in the page.
    shown = [(number, name, "" if visit.for_people else key) for number, (key, name) in enumerate(choices)]
    return _page(
        "selection.html",
        request,
        allowed=back_to,
        status=422 if missing else 200,
        who=visit.person.name,
        choices=shown,
        several=visit.client.several,
        for_people=visit.for_people,
        missing=missing,
    )


def lost(request: web.Request, key: str) -> web.Response:
    """Tells somebody who cannot be sent back what to do."""
    return _page("lost.html", request, status=400, key=key)


def style(_: web.Request) -> web.Response:
    """The style sheet."""
    return web.Response(text=STYLE, content_type="text/css")


def language_of(request: web.Request) -> str:
    """What the client asked for, else what the browser prefers, else Finnish."""
    told = request.headers.get("Accept-Language", "").split(",")
    for wanted in (request.query.get("lang", ""), *told):
        if (word := wanted.strip()[:2].lower()) in WORDS:
            return word
    return "fi"


def _page(
    template: str, request: web.Request, *, status: int, allowed: str = "", **parts: object
) -> web.Response:
    language = language_of(request)
    others = {one: str(request.rel_url.update_query(lang=one)) for one in WORDS if one != language}
    text = PAGES.get_template(template).render(
        language=language, words=WORDS[language], names=WORDS, others=others, **parts
    )
    response = web.Response(text=text, content_type="text/html", status=status)
    # A browser holds the answer to a form to the same rule as the form: it may lead back to the client.
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; form-action 'self' {allowed}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return response
