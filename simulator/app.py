"""The one app behind all workspaces: its manifest, its tokens, and the ways between Slack and it."""

from dataclasses import dataclass, field

from simulator.delivery.engine import Delivery
from simulator.delivery.sockets import Sockets
from simulator.feed import Feed
from simulator.manifest import Manifest
from simulator.timing import Timing
from simulator.tokens import Tokens
from simulator.workspace.journal import Journal
from simulator.workspace.messages import Messages
from simulator.workspace.tickets import SocketTickets
from simulator.workspace.views import Views


@dataclass
class App:
    """What is shared by all workspaces; ids are unique among them, so what they name lies together."""

    manifest: Manifest
    timing: Timing
    journal: Journal
    tokens: Tokens
    feed: Feed
    sockets: Sockets
    delivery: Delivery
    messages: Messages
    views: Views
    socket_tickets: SocketTickets = field(default_factory=SocketTickets)
    url: str = ""

    @classmethod
    def of(cls, manifest: Manifest, timing: Timing, journal: Journal, tokens: Tokens) -> "App":
        feed = Feed()
        sockets = Sockets(
            lambda count: feed.publish(
                {"type": "wire", "direction": "from_app", "kind": "websockets", "body": {"open": count}}
            )
        )
        delivery = Delivery(sockets, timing, feed)
        return cls(
            manifest, timing, journal, tokens, feed, sockets, delivery, Messages(journal), Views(journal)
        )

    async def close(self) -> None:
        await self.delivery.close()
        await self.sockets.close()
        self.feed.close()
        self.journal.close()
