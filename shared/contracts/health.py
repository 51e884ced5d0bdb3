"""How a service says that it is well. One request type per service, made from one pattern."""

from datetime import datetime
from typing import ClassVar, Final, Literal

from pydantic import Field

from shared.contracts.base import Message, Proof, Request

# As in pyproject.toml; a test compares. Reading it from the installed package costs a start 40 ms.
VERSION: Final = "0.1.0"


class Health(Message):
    """
    *waiting* counts events written down and not yet handed on; *revision* is the latest fact. *heard* tells
    of each service whose facts are heard here, up to which of them.
    """

    service: str
    version: str
    revision: int
    waiting: int
    heard: dict[str, int] = Field(default_factory=dict)


class GetIdentityHealth(Request[Health]):
    """Is identity well?"""

    subject: ClassVar[str] = "rpc.identity.v1.health.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class GetRolesHealth(Request[Health]):
    """Is roles well?"""

    subject: ClassVar[str] = "rpc.roles.v1.health.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class GetContactsHealth(Request[Health]):
    """Is contacts well?"""

    subject: ClassVar[str] = "rpc.contacts.v1.health.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class BotHealth(Message):
    """
    *connected* tells whether Slack is listening to us, and we to Slack.

    *transport* is ``sockets`` or ``requests``, *connections* how many websockets are open. *since* is when
    the line last had a gap, *last_heard* when anything at all came over it, *reconnects* how many websockets
    were dialled in the place of others.
    """

    connected: bool
    transport: Literal["sockets", "requests"] = "sockets"
    connections: int = 0
    since: datetime | None = None
    last_heard: datetime | None = None
    reconnects: int = 0


class GetBotHealth(Request[BotHealth]):
    """Is the bot well?"""

    subject: ClassVar[str] = "rpc.bot.v1.health.get"
    proof: ClassVar[Proof] = Proof.PROGRAM
