"""What browsers bring to the SAML addresses: forms, and the ids of our own requests."""

from urllib.parse import parse_qsl
from uuid import UUID

from aiohttp import web

from services.identity.saml import shape
from shared.contracts.identity import IdentificationFailed

LARGEST_FORM = shape.LARGEST * 2


async def fields(request: web.Request) -> dict[str, str]:
    """
    The fields of a form; there may be more in it than in any other of ours.

    Raises:
        IdentificationFailed: it is none that we sent out; *why* is form.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise IdentificationFailed(why="form")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise IdentificationFailed(why="form")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except ValueError:
        raise IdentificationFailed(why="form") from None


def attempt_in(request_id: str) -> UUID:
    """
    The attempt that the id of a request names, whether or not it is genuine.

    Raises:
        IdentificationFailed: it names none; *why* is nonce.
    """
    try:
        return UUID(hex=request_id[1:].partition(".")[0])
    except ValueError:
        raise IdentificationFailed(why="nonce") from None
