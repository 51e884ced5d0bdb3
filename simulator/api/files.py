"""Files: an address to send bytes to, showing them in a room, and looking after them: files.*."""

from dataclasses import replace

from simulator import filing
from simulator.api.arguments import Arguments, invalid
from simulator.api.blocks import checked_rich
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import with_ids
from simulator.workspace.files import File

ALT_MOST = 1_000
ROOMS_MOST = 100
TYPES = {"all": "", "images": "image/", "pdfs": "application/pdf", "zips": "application/zip"}


def get_upload_url(stage: Stage, args: Arguments) -> Json:
    name, length = args.needed("filename"), args.whole("length", 0)
    if length == 0:
        raise SlackError("missing_argument")
    if length > filing.BYTES_MOST:
        raise SlackError("file_upload_size_restricted")
    alt = args.text("alt_txt")
    if alt is not None and len(alt) > ALT_MOST:
        raise SlackError("alt_txt_too_large")
    now = int(stage.app.clock.now())
    file, secret = stage.files.expect(stage.team_id, name, stage.bot, now, alt)
    return {"file_id": file.id, "upload_url": f"{stage.url}/upload/v1/{secret}"}


def complete_upload(stage: Stage, args: Arguments) -> Json:
    files = [_titled(stage, each) for each in _listed(args)]
    rooms = [_room(stage, name) for name in _rooms(args)]
    text, blocks = args.text("initial_comment"), None
    if text is None and args.get("blocks") not in (None, ""):
        blocks = with_ids(checked_rich(args.get("blocks")))
    for file in files:
        filing.created(stage, stage.files.put(file))
    for room in rooms:
        files = filing.share(
            stage, room, files, text=text or "", blocks=blocks, thread_ts=args.text("thread_ts")
        )
    return {"files": [file.as_slack(stage.url) for file in files]}


def _listed(args: Arguments) -> list[Json]:
    given = args.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise invalid("must be a list of files", "/files")
    return given


def _titled(stage: Stage, given: Json) -> File:
    file = stage.files.known(given.get("id"))
    if file.user != stage.bot:
        raise SlackError("access_denied")
    return replace(file, title=str(given.get("title") or file.name))


def _rooms(args: Arguments) -> list[str]:
    names = [args.text("channel_id") or "", *args.listed("channels")]
    wanted = list(dict.fromkeys(name for name in names if name))
    if len(wanted) > ROOMS_MOST:
        raise SlackError("channels_limit_exceeded")
    return wanted


def _room(stage: Stage, name: str) -> Conversation:
    """Find where to show files: a room, or a person's direct message."""
    person = stage.people.get(name)
    if person is not None and not person.deleted and not person.is_bot:
        return stage.rooms.dm_with_app(person.id)
    room = stage.rooms.rooms.get(name)
    if room is None or (room.kind != "channel" and stage.bot not in room.members):
        raise SlackError("channel_not_found")
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    if room.is_archived or room.is_read_only:
        raise SlackError("posting_to_channel_denied")
    return room


def info(stage: Stage, args: Arguments) -> Json:
    name = args.needed("file")
    if name in stage.files.gone:
        raise SlackError("file_deleted")
    file = stage.files.known(name)
    if not filing.sees(stage, stage.bot, file):
        raise SlackError("file_not_found")
    shares: Json = {}
    for channel, ts in file.shares:
        kind = "public" if channel.startswith("C") else "private"
        shares.setdefault(kind, {}).setdefault(channel, []).append({"ts": ts, "team_id": stage.team_id})
    return {
        "file": file.as_slack(stage.url) | {"shares": shares},
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


def listed(stage: Stage, args: Arguments) -> Json:
    kinds = args.listed("types") or ["all"]
    if set(kinds) - set(TYPES):
        raise SlackError("unknown_type")
    user = args.text("user")
    if user is not None and stage.people.get(user) is None:
        raise SlackError("user_not_found")
    channel = args.text("channel")
    found = [
        file
        for file in stage.files.held.values()
        if file.content is not None
        and filing.sees(stage, stage.bot, file)
        and user in (None, file.user)
        and (channel is None or any(room == channel for room, _ in file.shares))
        and any(file.mimetype.startswith(TYPES[kind]) for kind in kinds)
    ]
    count, number = max(1, args.whole("count", 100)), max(1, args.whole("page", 1))
    shown = found[(number - 1) * count : number * count]
    pages = max(1, -(-len(found) // count))
    paging = {"count": count, "total": len(found), "page": number, "pages": pages}
    return {"files": [file.as_slack(stage.url) for file in shown], "paging": paging}


def delete(stage: Stage, args: Arguments) -> Json:
    name = args.needed("file")
    if name in stage.files.gone:
        raise SlackError("file_deleted")
    file = stage.files.known(name)
    if file.user != stage.bot:
        raise SlackError("cant_delete_file")
    filing.remove(stage, file)
    return {}


METHODS: Methods = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.list": listed,
    "files.delete": delete,
}
