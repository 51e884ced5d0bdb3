"""The one web application: Slack's API and sockets, and the page on which people act."""

from dataclasses import asdict, dataclass
from pathlib import Path

from aiohttp import web

from simulator.api.endpoint import Endpoint
from simulator.api.faulty import faulted
from simulator.control import Control, json_object
from simulator.filing import Filing
from simulator.guard import guarded, harden
from simulator.oauth.access import Access
from simulator.oauth.consent import Consent
from simulator.oauth.page import STYLE, ConsentPage
from simulator.people.acts import perform
from simulator.people.responding import respond
from simulator.slack import Slack
from simulator.stage import Stage
from simulator.watching import watch
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation

PAGE = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Site:
    """Serves all workspaces; *session* is what the page must show before it may act."""

    slack: Slack
    endpoint: Endpoint
    consent: Consent
    session: str

    def app(self) -> web.Application:
        app = web.Application(middlewares=[guarded(lambda: self.slack.app.url, self.session)])
        access, page = Access(self.slack, self.consent), ConsentPage(self.slack, self.consent)
        app.router.add_post("/api/oauth.v2.access", access.access)
        app.router.add_post("/api/apps.uninstall", access.uninstall)
        app.router.add_get("/oauth/v2/authorize", page.show)
        app.router.add_post("/oauth/v2/authorize", page.answer)
        app.router.add_get("/oauth/style.css", self._style)
        filing = Filing(self.slack)
        app.router.add_route("GET", "/api/{method}", self.endpoint.handle)
        app.router.add_route("POST", "/api/{method}", self.endpoint.handle)
        app.router.add_get("/link/", self._link)
        app.router.add_post("/actions/{secret}", self._respond)
        app.router.add_post("/upload/v1/{secret}", filing.upload)
        app.router.add_get("/files-pri/{team}-{file}/{name}", filing.download)
        app.router.add_get("/files-pri/{team}-{file}/download/{name}", filing.download)
        app.router.add_post("/sim/files", filing.take)
        app.router.add_get("/sim/files/{file}", filing.show)
        app.router.add_get("/", self._index)
        app.router.add_get("/sim/health", self._health)
        app.router.add_get("/sim/state", self._state)
        app.router.add_get("/sim/messages", self._messages)
        app.router.add_get("/sim/events", self._events)
        app.router.add_get("/sim/wire", self._wire)
        app.router.add_post("/sim/act", self._act)
        app.router.add_post("/sim/disconnect", self._disconnect)
        Control(self.slack.app).add_to(app.router)
        if PAGE.is_dir():
            app.router.add_static("/page/", PAGE)
        app.on_response_prepare.append(harden)
        app.on_shutdown.append(self._leave)
        return app

    async def _leave(self, _: web.Application) -> None:
        await self.slack.app.close()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if not self.slack.app.socket_tickets.take(request.query.get("ticket", "")):
            raise web.HTTPForbidden(text="expired ticket")
        return await self.slack.app.sockets.serve(request)

    async def _respond(self, request: web.Request) -> web.Response:
        app, secret = self.slack.app, request.match_info["secret"]
        return await faulted(
            app.delivery.faults,
            app.clock,
            "response_url",
            request,
            lambda: respond(self.slack.answered_at(secret), request),
        )

    async def _index(self, request: web.Request) -> web.Response:
        index = PAGE / "index.html"
        if not index.is_file():
            raise web.HTTPNotFound(text="The page is not installed.\n")
        text = index.read_text(encoding="utf-8").replace("{{session}}", self.session)
        return web.Response(text=text, content_type="text/html")

    async def _style(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(STYLE)

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "connections": self.slack.app.sockets.count})

    async def _state(self, request: web.Request) -> web.Response:
        user = request.query.get("user")
        return web.json_response(self._seen_by(self._stage(request), user))

    def _stage(self, request: web.Request) -> Stage:
        """The workspace that the page asks about."""
        try:
            return self.slack.chosen(request.query.get("team"), request.query.get("user"))
        except SlackError as refusal:
            raise web.HTTPNotFound(text=f"{refusal.code}\n") from refusal

    def _seen_by(self, stage: Stage, user: str | None) -> Json:
        """Write what *user* sees; for nobody known, the people to choose from and an empty workspace."""
        me = stage.people.everybody.get(user or "")
        name = me.id if me else ""
        features = stage.manifest.features
        home = stage.views.homes.get(name)
        users = [*stage.people.everybody.values(), *(stage.people.strangers.values() if me else ())]
        prompts = [prompt.model_dump() for prompt in stage.manifest.prompts]
        return {
            "workspace": _named(stage),
            "workspaces": [_named(each) for each in self.slack.stages.values()],
            "me": asdict(me) if me else None,
            "users": [asdict(each) for each in users],
            "channels": [self._room(stage, room, name) for room in stage.rooms.seen_by(name)],
            "app": {
                "name": stage.manifest.name,
                "installed": stage.token is not None,
                "bot_user_id": stage.bot,
                "commands": [
                    each.model_dump(include={"command", "description", "usage_hint"})
                    for each in features.slash_commands
                ],
                "shortcuts": [
                    each.model_dump(include={"name", "callback_id", "type"}) for each in features.shortcuts
                ],
                "prompts": stage.prompts.get(name, prompts),
            },
            "sessions": self._sessions(stage, name),
            "home": home.as_slack(stage.workspace) if home else None,
            "views": [view.as_slack(stage.of_view(view).workspace) for view in stage.views.stack(name)],
        }

    def _sessions(self, stage: Stage, me: str) -> list[Json]:
        """How the app's work in threads stands, and what those are called, where *me* is."""
        mine = {room.id for room in stage.rooms.seen_by(me)}
        named = {where: {"status": "", "title": title} for where, title in stage.titles.items()}
        for where, session in stage.sessions.items():
            named[where] = {"status": session.status, "title": session.title}
        return [
            {"channel": channel, "thread_ts": thread, **about}
            for (channel, thread), about in named.items()
            if channel in mine
        ]

    def _room(self, stage: Stage, room: Conversation, me: str) -> Json:
        since = stage.rooms.reads.get((me, room.id), "")
        shown: Json = {
            "id": room.id,
            "name": room.name,
            "is_im": room.is_im,
            "is_private": room.is_private,
            "is_mpim": room.is_mpim,
            "is_ext_shared": room.is_ext_shared,
            "members": sorted(room.members),
            "unread": stage.messages.unread(me, room.id, since),
            "last_read": since,
        }
        return shown | ({"user": room.other(me)} if room.is_im else {})

    async def _messages(self, request: web.Request) -> web.Response:
        stage = self._stage(request)
        try:
            me = stage.people.known(request.query.get("user"))
            room = stage.rooms.known(request.query.get("channel"))
        except SlackError as refusal:
            return web.json_response(refusal.as_json(), status=404)
        if me.id not in room.members:
            return web.json_response(SlackError("not_in_channel").as_json(), status=403)
        seen = [message.as_page() for message in stage.messages.seen_by(me.id, room.id)]
        return web.json_response({"messages": seen})

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        return await watch(self.slack.app.feed, request)

    async def _wire(self, request: web.Request) -> web.Response:
        return web.json_response({"wire": list(self.slack.app.feed.wire)})

    async def _act(self, request: web.Request) -> web.Response:
        body = await json_object(request)
        try:
            stage = self.slack.chosen(body.get("team"), body.get("user"))
        except SlackError as refusal:
            return web.json_response(refusal.as_json())
        return web.json_response(await perform(stage, body.get("user"), body.get("act"), body))

    async def _disconnect(self, request: web.Request) -> web.Response:
        body = await json_object(request)
        await self.slack.app.sockets.disconnect(str(body.get("reason", "refresh_requested")))
        return web.json_response({"ok": True})


def _named(stage: Stage) -> Json:
    workspace = stage.workspace
    return {"name": workspace.name, "domain": workspace.domain, "team_id": workspace.team_id}
