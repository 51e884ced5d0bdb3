"""How long a person who presses a button waits: for the acknowledgement, and for the card to change."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, Side, pace
from bench.workers import working
from simulator.running import Simulator, running
from simulator.seed import User, Workspace
from simulator.wire import Json
from simulator.workspace.messages import Message

MANIFEST = Path(__file__).resolve().parents[1] / "bot" / "manifest.yaml"
TEAM = "T0TOWN"
PRESSES = 150
WARM_UP = 15
ACK_P50, ACK_P99, CARD_P99 = 3.0, 30.0, 150.0
WITHIN = 30.0


async def measure(folder: Path, *, presses: int = PRESSES) -> Sequence[Figure]:
    """
    Measure one press after another, each the acceptance of an offer.

    The bot is a process of its own; the services behind it answer at once. The acknowledgement is timed by
    the simulator, from handing over the payload to its ack; the card, from the press to the changed message.
    """
    users = [f"U0P{number:04}" for number in range(presses + WARM_UP)]
    people = tuple(User(user, user.lower(), user, f"{user.lower()}@example.fi") for user in users)
    maija = User("U0MAIJA", "maija", "Maija", "maija@example.fi")
    workspace = Workspace(team_id=TEAM, domain="town", name="Town", users=(maija, *people), channels=())
    async with (
        running(workspace, MANIFEST) as slack,
        working(
            "bench.pressing",
            slack.url,
            slack.bot_token,
            slack.app_token,
            folder,
            TEAM,
            log=folder / "bot.log",
        ) as bot,
    ):
        await bot.ready()
        await slack.wait_for_connections(2, timeout=WITHIN)
        await bot.order(users=users)
        cards = [await _press(slack, user) for user in users][WARM_UP:]
        acks = [each.ms for each in slack.deliveries.of("block_actions grant.accept") if each.ms is not None]
    ack, card = pace([ms / 1000 for ms in acks[WARM_UP:]], 1), pace(cards, 1)
    note = f"{presses} presses, one after another, on disk before each acknowledgement"
    return [
        Figure(
            name="press to acknowledgement, p50", value=ack.p50, unit="ms", limit=ACK_P50, side=Side.AT_MOST
        ),
        Figure(
            name="press to acknowledgement, p99",
            value=ack.p99,
            unit="ms",
            limit=ACK_P99,
            side=Side.AT_MOST,
            note=note,
        ),
        Figure(
            name="press to changed card, p99",
            value=card.p99,
            unit="ms",
            limit=CARD_P99,
            side=Side.AT_MOST,
            note=f"p50 {card.p50:.1f} ms; the services answer at once",
        ),
    ]


async def _press(slack: Simulator, user: str) -> float:
    """Press *Accept* on the card of *user*; how long until it has no buttons any more."""
    card = await slack.wait_for_message(user, lambda message: _button(message) is not None, timeout=WITHIN)
    block = _button(card)
    container: Json = {"type": "message", "channel": card.channel, "ts": card.ts}
    before = slack.stage.views.homes.get(user)
    home = before.hash if before else ""
    began = perf_counter()
    await slack.act(user, "press", container=container, block_id=block, action_id="grant.accept")
    await slack.wait_for_message(
        user, lambda message: message.ts == card.ts and _button(message) is None, timeout=WITHIN
    )
    spent = perf_counter() - began
    # The Home tab comes last: the next press finds a bot that has nothing else to do.
    await slack.wait_for_home(user, lambda view: view["hash"] != home, timeout=WITHIN)
    return spent


def _button(message: Message) -> str | None:
    """The block that *Accept* stands in."""
    for block in message.blocks or []:
        if "grant.accept" in {element.get("action_id") for element in block.get("elements", [])}:
            return str(block["block_id"])
    return None
