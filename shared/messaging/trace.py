"""One number that follows a wish through every program it touches (W3C trace context)."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

HEADER = "traceparent"

_current: ContextVar[str | None] = ContextVar("trace", default=None)


def trace_headers() -> dict[str, str]:
    """Headers that carry the current trace on; none if there is no trace."""
    trace = _current.get()
    return {HEADER: f"00-{trace}-{secrets.token_hex(8)}-01"} if trace else {}


@contextmanager
def tracing(headers: Mapping[str, str] | None = None) -> Iterator[None]:
    """Go on with the trace in *headers*, or begin one; every log line in the block tells it."""
    parts = (headers or {}).get(HEADER, "").split("-")
    trace = parts[1] if len(parts) == 4 and len(parts[1]) == 32 else secrets.token_hex(16)
    token = _current.set(trace)
    with structlog.contextvars.bound_contextvars(trace=trace):
        try:
            yield
        finally:
            _current.reset(token)
