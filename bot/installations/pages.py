"""The pages on which the bot is installed: what it is, the way to Slack, the way back."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.installations.door import Door, NotInstalled
from bot.manifest import scopes
from bot.settings import BotSettings
from bot.words import LANGUAGES, say
from shared.contracts.base import Language

FOLDER = Path(__file__).parent / "templates"
TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
COOKIE = "kanta_install"
COOKIE_SECONDS = 600
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
STATUS = {"spent": 410, "other_browser": 403, "cancelled": 200, "refused": 400, "unreachable": 503}


@dataclass(frozen=True, slots=True)
class Pages:
    """What each address of the install pages does."""

    settings: BotSettings
    door: Door

    def mount(self, site: web.Application) -> None:
        site.router.add_get("/slack/install", self.present)
        site.router.add_get("/slack/install/go", self.go)
        site.router.add_get("/slack/install/style.css", self.style)
        site.router.add_get("/slack/oauth_redirect", self.come_back)

    async def present(self, request: web.Request) -> web.Response:
        """Say what the app does, what it may see and why, and whom to ask."""
        language = language_of(request)
        reasons = [(scope, say(f"install.scope_{scope.translate(_SIGNS)}", language)) for scope in scopes()]
        return _page("install.html", language, reasons=reasons, contact=self.settings.bot_contact)

    async def go(self, request: web.Request) -> web.StreamResponse:
        """Send the browser to Slack, with a mark by which it is known when it comes back."""
        departure = await self.door.leave()
        answer = web.HTTPFound(departure.address, headers=HEADERS)
        answer.set_cookie(
            COOKIE,
            f"{language_of(request)}.{departure.secret}",
            max_age=COOKIE_SECONDS,
            path="/slack",
            httponly=True,
            secure=urlsplit(self.settings.public_url).scheme == "https",
            samesite="Lax",
        )
        raise answer

    async def come_back(self, request: web.Request) -> web.Response:
        """Take the browser back from Slack, and say what came of it."""
        spoken, _, secret = request.cookies.get(COOKIE, "").partition(".")
        language = next((each for each in LANGUAGES if each == spoken), language_of(request))
        try:
            installed = await self.door.come_back(request.query, secret)
        except NotInstalled as no:
            answer = _message(no.why, language, status=STATUS[no.why])
        else:
            answer = _message("done", language, name=installed.name)
        answer.del_cookie(COOKIE, path="/slack")
        return answer

    async def style(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / "style.css", headers={"X-Content-Type-Options": "nosniff"})


_SIGNS = str.maketrans(":.", "__")


def language_of(request: web.Request) -> Language:
    """The language that was asked for, or else the browser's."""
    told = request.headers.get("Accept-Language", "").split(",")
    for wanted in (request.query.get("lang", ""), *told):
        for language in LANGUAGES:
            if wanted.strip()[:2].lower() == language:
                return language
    return "fi"


def _message(key: str, language: Language, *, status: int = 200, name: str = "") -> web.Response:
    return _page(
        "message.html",
        language,
        status=status,
        title=say(f"install.{key}_heading", language),
        text=say(f"install.{key}", language, name=name),
        again=key != "done",
    )


def _page(template: str, language: Language, *, status: int = 200, **parts: object) -> web.Response:
    text = TEMPLATES.get_template(template).render(
        parts, language=language, languages=LANGUAGES, say=lambda key: say(f"install.{key}", language)
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)
