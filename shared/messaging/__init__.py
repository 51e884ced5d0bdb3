"""Requests and events over NATS. The only place that imports nats."""

import sys

# nats-py imports aiohttp if it finds it, for websockets, which we don't use: more than half of its import
# time, and a tenth of a second of every start. So it is not to be found just now.
_hidden = "aiohttp" not in sys.modules
if _hidden:
    sys.modules["aiohttp"] = None  # type: ignore[assignment]  # the import system's own word for "not there"
try:
    import nats.aio.client
finally:
    if _hidden:
        del sys.modules["aiohttp"]

__all__ = ["nats"]
