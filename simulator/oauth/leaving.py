"""How the app is thrown out of a workspace, and what it hears of that."""

from simulator.stage import Stage
from simulator.tokens import Token


def leave(stage: Stage, place: Token, why: str) -> None:
    """
    End every token for the same place as *place*; *why* is what they answer from then on.

    The app is told: these two events are the last that it hears from there.
    """
    for each in (stage, *stage.neighbours):
        if place.opens(each.workspace):
            _tell(each)
    stage.app.tokens.end(place, why)


def _tell(stage: Stage) -> None:
    now = f"{stage.app.clock.now():.6f}"
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [stage.bot]}, "event_ts": now}
    for event in (revoked, {"type": "app_uninstalled", "event_ts": now}):
        if event["type"] in stage.manifest.events:
            stage.announce(event)
