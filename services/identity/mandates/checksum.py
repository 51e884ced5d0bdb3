"""The header that proves to Suomi.fi who calls, what is called, and that it is called now."""

import hmac
from base64 import b64encode
from datetime import UTC, datetime

HEADER = "X-AsiointivaltuudetAuthorization"


def checksum(key: str, target: str, timestamp: str) -> str:
    """The base64 of HMAC-SHA256 over *target*, a space and *timestamp*."""
    return b64encode(hmac.digest(key.encode(), f"{target} {timestamp}".encode(), "sha256")).decode()


def header(client_id: str, key: str, target: str, now: datetime) -> str:
    """
    The header's value for a call at *now*.

    *target* is everything after the host, byte for byte as it is sent: Suomi.fi signs what it received.
    """
    timestamp = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"{client_id} {timestamp} {checksum(key, target, timestamp)}"
