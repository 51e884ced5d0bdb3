"""How often each method may be called: Slack's tiers, for each workspace by itself."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.api.arguments import Arguments
from simulator.clock import Clock

PER_MINUTE: Mapping[int, int] = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many calls in a minute, of which *burst* may come at once; by itself for each value of *by*."""

    per_minute: int
    burst: int
    by: str = ""


# Slack says "special" of these, and in words what that means: a message a second to a channel, several
# hundred a minute in all, and hundreds of a few others. How many may come at once it does not say.
SPECIAL: Mapping[str, tuple[Allowance, ...]] = {
    "auth.test": (Allowance(600, 600),),
    "blocks.validate": (Allowance(100, 100),),
    "chat.getPermalink": (Allowance(300, 300),),
    "chat.postMessage": (Allowance(60, 4, "channel"), Allowance(300, 300)),
    "assistant.threads.setStatus": (Allowance(60, 60, "channel_id"),),
}


def allowances(args: Arguments) -> tuple[Allowance, ...]:
    """List what a call must not exceed."""
    tier = args.facts.tier
    if isinstance(tier, int):
        return (Allowance(PER_MINUTE[tier], PER_MINUTE[tier]),)
    return SPECIAL[args.facts.name]


@dataclass
class _Bucket:
    """What is left of one allowance; it fills again as time passes."""

    left: float
    since: float


@dataclass
class Limits:
    """Counts calls by method, by workspace, and by room where a method is counted so."""

    clock: Clock
    _buckets: dict[tuple[str, ...], _Bucket] = field(default_factory=dict)

    def wait(self, team: str, args: Arguments) -> int:
        """Count one call; answer after how many seconds it may come again, 0 if it may now."""
        now, waits = self.clock.monotonic(), [0.0]
        buckets = [self._filled(team, args, each, now) for each in allowances(args)]
        for bucket, allowed in zip(buckets, allowances(args), strict=True):
            if bucket.left < 1:
                waits.append((1 - bucket.left) * 60 / allowed.per_minute)
        if len(waits) == 1:
            for bucket in buckets:
                bucket.left -= 1
        return math.ceil(max(waits))

    def _filled(self, team: str, args: Arguments, allowed: Allowance, now: float) -> _Bucket:
        name = (team, args.facts.name, allowed.by, (args.text(allowed.by) or "") if allowed.by else "")
        bucket = self._buckets.setdefault(name, _Bucket(allowed.burst, now))
        gained = (now - bucket.since) * allowed.per_minute / 60
        bucket.left, bucket.since = min(allowed.burst, bucket.left + gained), now
        return bucket
