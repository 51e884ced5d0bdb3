"""Hear each fact at least once, and show what follows from it once."""

from collections.abc import Iterable

import structlog

from bot.kit import Kit
from bot.sayings import occasion
from shared.contracts.base import Event, Refusal
from shared.messaging.handling import MarkedMethod, marked

log = structlog.get_logger()


class Hearing:
    """
    Hands facts to the features that hear them, marked with `hears`.

    A fact is remembered after all is said. If we die in between it is heard again, and features look up
    what they have said before they say it: see `Cards`.
    """

    def __init__(self, kit: Kit, features: Iterable[object]) -> None:
        self._kit = kit
        self._hears: dict[type[Event], list[MarkedMethod]] = {}
        for feature in features:
            for event_type, method in marked(feature, "_hears"):
                self._hears.setdefault(event_type, []).append(method)

    async def hear(self, event: Event) -> None:
        """
        Let features hear *event*, unless they have.

        Raises:
            Unavailable, SlackAway: not now; the fact has to be told again.
        """
        methods = self._hears.get(type(event), ())
        if not methods or await self._kit.memory.has_heard(event.event_id):
            return
        for method in methods:
            try:
                with occasion(str(event.event_id)):
                    await method(event)
            except Refusal as refusal:
                # An answer, not a failure: the fact has been overtaken, or concerns nobody we can reach.
                log.info("event.nothing_to_say", subject=event.subject, code=refusal.code)
        await self._kit.memory.hear(event.event_id)
