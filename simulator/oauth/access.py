"""Exchanging a code or a refresh token, and taking the app out: oauth.v2.access, apps.uninstall."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from simulator.api.arguments import Arguments
from simulator.api.documented import must_be_documented, reference
from simulator.oauth.consent import Consent, Granted
from simulator.oauth.leaving import leave
from simulator.slack import Slack
from simulator.wire import APP_ID, Json, SlackError

_Method = Callable[[Arguments, str | None], Json]

# These two ask for no token: the app proves itself by its id and secret.
ACCESS, UNINSTALL = "oauth.v2.access", "apps.uninstall"


@dataclass(frozen=True)
class Access:
    """Serves the methods that the app calls with its own id and secret."""

    slack: Slack
    consent: Consent

    async def access(self, request: web.Request) -> web.Response:
        return await self._answer(request, ACCESS, self._granted)

    async def uninstall(self, request: web.Request) -> web.Response:
        return await self._answer(request, UNINSTALL, self._uninstalled)

    async def _answer(self, request: web.Request, name: str, method: _Method) -> web.Response:
        try:
            args = await Arguments.of(request, reference().methods[name])
            basic = _basic(request)
            client_id, secret = basic or (args.text("client_id"), args.text("client_secret"))
            self.consent.credentials.check(client_id, secret)
            answer: Json = {"ok": True, **method(args, _bearer(request))}
        except SlackError as refusal:
            must_be_documented(name, refusal.code)
            answer = refusal.as_json()
        # Neither secrets nor tokens: what is shown on the wire panel is copied into bug reports.
        shown = {"ok": answer["ok"], "error": answer.get("error"), "team": answer.get("team")}
        news = {"type": "wire", "direction": "api", "kind": name, "body": {"answer": shown}}
        self.slack.app.feed.publish(news)
        return web.json_response(answer)

    def _granted(self, args: Arguments, _: str | None) -> Json:
        match args.text("grant_type") or "authorization_code":
            case "authorization_code":
                granted = self.consent.exchange(args.text("code"), args.text("redirect_uri"))
            case "refresh_token":
                token, refresh = self.slack.app.tokens.refresh(args.text("refresh_token") or "")
                granted = Granted(token, refresh, "")
            case _:
                raise SlackError("invalid_grant_type")
        return self._as_slack(granted)

    def _as_slack(self, granted: Granted) -> Json:
        token = granted.token
        stage = next(each for each in self.slack.stages.values() if token.opens(each.workspace))
        here = stage.workspace
        enterprise = {"id": here.enterprise_id, "name": here.enterprise_name} if here.enterprise_id else None
        shown: Json = {
            "access_token": token.value,
            "token_type": "bot",
            "scope": ",".join(sorted(token.scopes or ())),
            "bot_user_id": stage.bot,
            "app_id": APP_ID,
            "team": None if token.enterprise else {"id": here.team_id, "name": here.name},
            "enterprise": enterprise,
            "is_enterprise_install": token.enterprise is not None,
        }
        if granted.user:
            shown["authed_user"] = {"id": granted.user}
        if granted.refresh is not None and token.expires_at is not None:
            left = round(token.expires_at - self.slack.app.tokens.now())
            shown |= {"expires_in": left, "refresh_token": granted.refresh}
        return shown

    def _uninstalled(self, args: Arguments, bearer: str | None) -> Json:
        given = bearer or args.text("token")
        if not given:
            raise SlackError("not_authed")
        token = self.slack.app.tokens.find(given)
        leave(self.slack.opened_by(token, {}), token, "account_inactive")
        return {}


def _basic(request: web.Request) -> tuple[str, str] | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_client_id") from None
    return name, secret


def _bearer(request: web.Request) -> str | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else None
