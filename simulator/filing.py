"""What happens to files: they are shown in messages, fetched, and taken away."""

from dataclasses import dataclass, replace

from aiohttp import web

from simulator.slack import Slack
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.files import File
from simulator.workspace.messages import Message

BYTES_MOST = 20_000_000
TOMBSTONE = "tombstone"


def share(
    stage: Stage,
    room: Conversation,
    files: list[File],
    *,
    text: str = "",
    blocks: list[Json] | None = None,
    thread_ts: str | None = None,
) -> list[File]:
    """Show *files* in one message of the app's."""
    ts = stage.messages.timestamps.next()
    shown = [stage.files.put(replace(file, shares=(*file.shares, (room.id, ts)))) for file in files]
    about: Json = {"files": [file.as_slack(stage.url) for file in shown], "upload": True}
    stage.post_as_app(room, text, blocks, ts=ts, thread_ts=thread_ts, subtype="file_share", about=about)
    for file in shown:
        _tell(stage, "file_shared", file, {"channel_id": room.id})
    return shown


def created(stage: Stage, file: File) -> None:
    _tell(stage, "file_created", file, {})


def remove(stage: Stage, file: File) -> None:
    """Take *file* away; the messages that show it keep its tombstone."""
    stage.files.remove(file)
    for channel, ts in file.shares:
        if stage.messages.has(channel, ts):
            stage.mark(_without(stage.messages.find(channel, ts), file))
    _tell(stage, "file_deleted", file, {})


def _without(message: Message, file: File) -> Message:
    about = message.about or {}
    files = [{"id": file.id, "mode": TOMBSTONE} if each["id"] == file.id else each for each in about["files"]]
    return replace(message, about={**about, "files": files})


def _tell(stage: Stage, kind: str, file: File, more: Json) -> None:
    about: Json = {"type": kind, "file_id": file.id, "user_id": file.user}
    if kind != "file_deleted":
        about["file"] = {"id": file.id}
    stage.hear(about | more | {"event_ts": stage.messages.timestamps.next()})


def sees(stage: Stage, user: str, file: File) -> bool:
    """Tell whether *file* is *user*'s own, handed over to them, or shown in a room of theirs."""
    if file.handed_over and user == stage.bot:
        return True
    rooms = [stage.rooms.rooms.get(channel) for channel, _ in file.shares]
    return file.user == user or any(room is not None and user in room.members for room in rooms)


@dataclass(frozen=True)
class Filing:
    """Takes the bytes of files and gives them out."""

    slack: Slack

    async def upload(self, request: web.Request) -> web.Response:
        """Take what is sent to an upload address, bare or as a form."""
        content = await _content(request)
        for stage in self.slack.stages.values():
            file = stage.files.receive(request.match_info["secret"], content)
            if file is not None:
                return web.Response(text=f"OK - {len(content)}")
        raise web.HTTPNotFound(text="There is no such upload.\n")

    async def download(self, request: web.Request) -> web.Response:
        """Give a file to whoever shows a token that opens it, as Slack does; else the page to log in at."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        try:
            token = self.slack.app.tokens.find(given.strip() if scheme.lower() == "bearer" else "")
            stage = self.slack.opened_by(token, {})
            file = stage.files.known(request.match_info["file"])
        except SlackError as refusal:
            raise web.HTTPForbidden(text=f"{refusal.code}\n") from refusal
        held = stage.manifest.scopes if token.scopes is None else token.scopes
        if "files:read" not in held or not sees(stage, stage.bot, file):
            raise web.HTTPForbidden(text="file_not_found\n")
        return _given(file)

    async def take(self, request: web.Request) -> web.Response:
        """Take a file that somebody puts into a form of the app's."""
        user, name = request.query.get("user", ""), request.query.get("name", "")
        stage = self.slack.chosen(user=user)
        if user not in stage.people.everybody or not name:
            raise web.HTTPNotFound(text="There is no such person, or the file has no name.\n")
        now = int(stage.app.clock.now())
        file = stage.files.hand_over(stage.team_id, name, user, now, await _content(request))
        created(stage, file)
        return web.json_response({"ok": True, "file": file.as_slack(stage.url)})

    async def show(self, request: web.Request) -> web.Response:
        """Give a file to the page of somebody who sees it."""
        user = request.query.get("user", "")
        stage = self.slack.chosen(user=user)
        file = stage.files.held.get(request.match_info["file"])
        if file is None or file.content is None or not sees(stage, user, file):
            raise web.HTTPNotFound(text="There is no such file.\n")
        return _given(file)


def _given(file: File) -> web.Response:
    kind = file.mimetype if file.mimetype.startswith("image/") else "application/octet-stream"
    # A picture is shown, anything else is kept: nothing that was uploaded ever runs as a page of ours.
    disposition = "inline" if kind.startswith("image/") and kind != "image/svg+xml" else "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return web.Response(body=file.content, content_type=kind, headers=headers)


async def _content(request: web.Request) -> bytes:
    """Read what was sent: the first file of a form, or the whole body."""
    gathered = bytearray()
    if request.content_type.startswith("multipart/"):
        parts = await request.multipart()
        part = await parts.next()
        while part is not None and getattr(part, "filename", None) is None:
            part = await parts.next()
        while part is not None and (piece := await part.read_chunk()):  # type: ignore[union-attr] # a form within a form has no bytes, and nobody sends one
            gathered += piece
            _within(gathered)
        return bytes(gathered)
    async for piece in request.content.iter_chunked(65_536):
        gathered += piece
        _within(gathered)
    return bytes(gathered)


def _within(gathered: bytearray) -> None:
    if len(gathered) > BYTES_MOST:
        raise web.HTTPRequestEntityTooLarge(BYTES_MOST, len(gathered))
