"""Whether a call is signed by the client that it names, over what arrived, and just now."""

import hmac
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from simulator.suomifi.census import Client

HEADER = "X-AsiointivaltuudetAuthorization"
CLOCKS_DIFFER_BY = timedelta(minutes=5)


def signed_by(
    value: str, raw_target: str, now: datetime, find: Callable[[str], Client | None], *, rest: bool = False
) -> Client | None:
    """The client whose signature over *raw_target*, as it arrived, is in the header's *value*; or nobody."""
    parts = value.split(" ")
    if len(parts) != 3:
        return None
    client_id, timestamp, given = parts
    client, sent = find(client_id), moment(timestamp)
    if client is None or sent is None or abs(now - sent) > CLOCKS_DIFFER_BY:
        return None
    key = client.rest_key if rest else client.api_key
    signature = hmac.digest(key.encode(), f"{raw_target} {timestamp}".encode(), "sha256")
    if not key or not hmac.compare_digest(b64encode(signature), given.encode()):
        return None
    return client


def moment(timestamp: str) -> datetime | None:
    """The moment in *timestamp*, as any client writes it: Z, an offset, fractions, Java's zone name."""
    bare = timestamp.partition("[")[0]
    try:
        found = datetime.fromisoformat(bare)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
