"""The consent page: what the app asks for, and the people of each workspace who may say yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulator.oauth.consent import Asked, Consent
from simulator.seed import User
from simulator.slack import Slack
from simulator.stage import Stage
from simulator.tokens import Token
from simulator.wire import SlackError

HERE = Path(__file__).parent
STYLE = HERE / "style.css"
LANGUAGES = ("fi", "sv", "en")
WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
PAGES = Environment(
    loader=FileSystemLoader(HERE),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Choice:
    """One person who may let the app in; *whole* means into all workspaces of their organisation."""

    value: str
    user: User
    where: str
    whole: bool


@dataclass(frozen=True)
class ConsentPage:
    """Asks a person whether the app may come in."""

    slack: Slack
    consent: Consent

    async def show(self, request: web.Request) -> web.Response:
        try:
            asked = self.consent.ask(request.query)
        except SlackError as refusal:
            return self._refused(request, refusal)
        return _page(
            "page.html",
            request,
            allowed=_origin(asked),
            app=self.slack.app.manifest.name,
            asked=asked,
            choices=self._choices(),
            chosen=request.query.get("user", ""),
        )

    async def answer(self, request: web.Request) -> web.Response:
        """Send the browser back to the app, with a code or with a no."""
        try:
            asked = self.consent.ask(request.query)
        except SlackError as refusal:
            return self._refused(request, refusal)
        form = await request.post()
        if form.get("answer") != "allow":
            raise web.HTTPFound(asked.back(error="access_denied"))
        choice = next((each for each in self._choices() if each.value == form.get("who")), None)
        if choice is None:
            return await self.show(request)
        stage = self.slack.chosen(user=choice.user.id)
        place = Token(
            "",
            "bot",
            team=None if choice.whole else stage.team_id,
            enterprise=stage.workspace.enterprise_id if choice.whole else None,
            scopes=frozenset(asked.scopes),
        )
        raise web.HTTPFound(self.consent.allow(asked, place, choice.user.id))

    def _choices(self) -> list[Choice]:
        whole = self.slack.app.manifest.settings.org_deploy_enabled
        return [choice for stage in self.slack.stages.values() for choice in _of(stage, whole=whole)]

    def _refused(self, request: web.Request, refusal: SlackError) -> web.Response:
        given = str(refusal.more.get("given", ""))
        return _page("refused.html", request, status=400, code=refusal.code, given=given)


def _of(stage: Stage, *, whole: bool) -> list[Choice]:
    """Those of one workspace who may install: members, not guests; admins for the whole organisation."""
    workspace = stage.workspace
    found = []
    for user in workspace.users:
        if user.deleted or user.is_restricted or user.is_stranger or user.is_bot:
            continue
        found.append(Choice(f"{workspace.team_id}:{user.id}", user, workspace.name, whole=False))
        if whole and user.is_admin and workspace.enterprise_id:
            name = workspace.enterprise_name or workspace.enterprise_id
            found.append(Choice(f"{workspace.enterprise_id}:{user.id}", user, name, whole=True))
    return found


def _origin(asked: Asked) -> str:
    address = urlsplit(asked.redirect_uri)
    return f"{address.scheme}://{address.netloc}"


def _page(
    template: str, request: web.Request, *, status: int = 200, allowed: str = "", **content: object
) -> web.Response:
    language = _language(request)
    text = PAGES.get_template(template).render(language=language, words=WORDS[language], **content)
    response = web.Response(text=text, content_type="text/html", status=status)
    # A browser holds the answer to a form to the same rule as the form: it may lead back to the app.
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; form-action 'self' {allowed}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def _language(request: web.Request) -> str:
    wanted = request.query.get("lang", "")
    if wanted in LANGUAGES:
        return wanted
    for part in request.headers.get("Accept-Language", "").split(","):
        if (word := part.strip()[:2].lower()) in LANGUAGES:
            return word
    return "en"
