"""Uploaded files: their bytes stay in memory; who may see them follows from where they are shown."""

import mimetypes
import secrets
from dataclasses import dataclass, field, replace

from simulator.wire import Json, SlackError
from simulator.workspace.ids import random_id


@dataclass(frozen=True)
class File:
    """
    One file of *user*; *shares* are the messages that show it, by channel and timestamp.

    *handed_over* is what a person has put into a form of the app's, which may read it from then on.
    """

    id: str
    team: str
    name: str
    user: str
    created: int
    title: str = ""
    alt_txt: str | None = None
    content: bytes | None = None
    shares: tuple[tuple[str, str], ...] = ()
    handed_over: bool = False

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def filetype(self) -> str:
        """Slack's own word for the kind of file: the end of its name."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"

    def as_slack(self, origin: str) -> Json:
        """Write the file object, whose addresses lie below *origin*."""
        place = f"{origin}/files-pri/{self.team}-{self.id}"
        shown: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.filetype.upper(),
            "user": self.user,
            "user_team": self.team,
            "editable": False,
            "size": len(self.content or b""),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(channel.startswith("C") for channel, _ in self.shares),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{place}/{self.name}",
            "url_private_download": f"{place}/download/{self.name}",
            "permalink": f"{place}/{self.name}",
            "channels": [channel for channel, _ in self.shares if channel.startswith("C")],
            "groups": [channel for channel, _ in self.shares if channel.startswith("G")],
            "ims": [channel for channel, _ in self.shares if channel.startswith("D")],
            "comments_count": 0,
        }
        return shown | ({"alt_txt": self.alt_txt} if self.alt_txt else {})


@dataclass
class Files:
    """All files of one workspace, and the addresses at which some are still awaited."""

    held: dict[str, File] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    _awaited: dict[str, str] = field(default_factory=dict)

    def expect(
        self, team: str, name: str, user: str, created: int, alt_txt: str | None = None
    ) -> tuple[File, str]:
        """Make room for a file; return it, and the secret in the address that its bytes go to."""
        file = File(random_id("F"), team, name, user, created, alt_txt=alt_txt)
        secret = secrets.token_urlsafe(24)
        self.held[file.id] = file
        self._awaited[secret] = file.id
        return file, secret

    def receive(self, secret: str, content: bytes) -> File | None:
        """Take the bytes that were sent to an address; once only."""
        name = self._awaited.pop(secret, None)
        if name is None:
            return None
        return self.put(replace(self.held[name], content=content))

    def hand_over(self, team: str, name: str, user: str, created: int, content: bytes) -> File:
        """Take a file that a person puts into a form."""
        return self.put(File(random_id("F"), team, name, user, created, content=content, handed_over=True))

    def put(self, file: File) -> File:
        self.held[file.id] = file
        return file

    def known(self, name: object) -> File:
        """Find a file whose bytes are here.

        Raises: file_not_found.
        """
        file = self.held.get(name) if isinstance(name, str) else None
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file

    def remove(self, file: File) -> None:
        self.held.pop(file.id, None)
        self.gone.add(file.id)
