"""Requests and events over NATS. The only place that imports nats."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """Let nobody find the packages *names* meanwhile, unless they have been imported already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is imports' word for "not there"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# Each imports another package if it finds it, which we don't use and which takes more of a start's time than
# itself: nats-py aiohttp, for websockets; structlog rich, for coloured tracebacks.
with _without("aiohttp", "rich"):
    import nats.aio.client
    import structlog

__all__ = ["nats", "structlog"]
