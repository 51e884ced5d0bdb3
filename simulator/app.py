"""The one app behind all workspaces: its manifest, its tokens, and the ways between Slack and it."""

from dataclasses import dataclass

from simulator.clock import Clock
from simulator.delivery.engine import Delivery
from simulator.delivery.record import Deliveries
from simulator.delivery.sockets import Sockets
from simulator.faults import Faults
from simulator.feed import Feed
from simulator.manifest import Manifest
from simulator.timing import Timing
from simulator.tokens import Tokens
from simulator.workspace.ids import Timestamps
from simulator.workspace.journal import Journal
from simulator.workspace.messages import Messages
from simulator.workspace.tickets import SocketTickets
from simulator.workspace.views import Views


@dataclass
class App:
    """What is shared by all workspaces; ids are unique among them, so what they name lies together."""

    manifest: Manifest
    timing: Timing
    clock: Clock
    journal: Journal
    tokens: Tokens
    feed: Feed
    sockets: Sockets
    delivery: Delivery
    messages: Messages
    views: Views
    socket_tickets: SocketTickets
    url: str = ""

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        timing: Timing,
        clock: Clock,
        journal: Journal,
        record: Deliveries,
        tokens: Tokens,
    ) -> "App":
        feed = Feed()
        sockets = Sockets(
            lambda count: feed.publish(
                {"type": "wire", "direction": "from_app", "kind": "websockets", "body": {"open": count}}
            ),
            clock,
            timing,
        )
        return cls(
            manifest,
            timing,
            clock,
            journal,
            tokens,
            feed,
            sockets,
            Delivery(sockets, timing, feed, clock, Faults(), record),
            Messages(journal, Timestamps(clock.now)),
            Views(journal),
            SocketTickets(timing, clock),
        )

    async def close(self) -> None:
        self.clock.close()
        await self.delivery.close()
        await self.sockets.close()
        self.feed.close()
        self.journal.close()
