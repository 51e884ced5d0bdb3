"""How answers, refusals and crashes look on the wire."""

import json
from collections.abc import Mapping

from pydantic import ValidationError

from shared.contracts.base import Malformed, Message, MessageTooLarge, Refusal, ReplyT, Request, Unavailable

REFUSAL = "Kanta-Refusal"
CRASH = "Kanta-Crash"
LARGEST = 65_536
NUL = rb"\u0000"


def refused(refusal: Refusal) -> tuple[bytes, dict[str, str]]:
    """A refusal's body and headers."""
    return json.dumps(refusal.parameters).encode(), {REFUSAL: refusal.code}


def crashed(reference: str) -> tuple[bytes, dict[str, str]]:
    """What a caller learns of a bug of ours: a reference to tell us."""
    return b"{}", {CRASH: reference}


def read_request(request_type: type[Request[ReplyT]], body: bytes) -> Request[ReplyT]:
    """
    Make a request of *body*.

    Raises:
        MessageTooLarge, Malformed: it is none. What was wrong is named by field; no value is repeated.
    """
    if len(body) > LARGEST:
        raise MessageTooLarge(limit=LARGEST)
    if NUL in body:
        # PostgreSQL keeps no such character in a text, and nobody types one.
        raise Malformed(fields=["NUL"])
    try:
        return request_type.model_validate_json(body)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in one["loc"])[:80] for one in error.errors()})
        raise Malformed(fields=[*fields[:10]]) from None


def write_request(request: Request[ReplyT]) -> bytes:
    """
    The bytes to send.

    Raises:
        MessageTooLarge: nobody would read so much.
    """
    body = write_message(request)
    if len(body) > LARGEST:
        raise MessageTooLarge(limit=LARGEST)
    return body


def write_message(message: Message) -> bytes:
    """The bytes of *message*; model_dump_json() would make a string of them first."""
    return message.__pydantic_serializer__.to_json(message)


def read_answer(request: Request[ReplyT], body: bytes, headers: Mapping[str, str] | None) -> Message:
    """
    Make a reply of *body*.

    Raises:
        Refusal: the service said no, as the very class that its domain raised.
        Unavailable: it was a crash, or no answer of this request.
    """
    if headers:
        if code := headers.get(REFUSAL):
            raise _known(code, body, request.subject)
        if CRASH in headers:
            raise Unavailable(request.subject, headers[CRASH])
    try:
        return request.reply_type.model_validate_json(body)
    except ValidationError as error:
        raise Unavailable(request.subject) from error


def _known(code: str, body: bytes, subject: str) -> Exception:
    refusal = Refusal.known.get(code)
    return refusal(**json.loads(body)) if refusal else Unavailable(subject)
