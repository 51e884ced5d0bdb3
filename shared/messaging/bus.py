"""The caller's side of the wire."""

import asyncio
import random
from dataclasses import dataclass
from time import time
from typing import Protocol, cast

from shared.contracts.base import Command, MessageTooLarge, Proof, ReplyT, Request, Unavailable
from shared.messaging.actors import HEADER, body_hash
from shared.messaging.connection import Connection, TooLarge, Unreachable
from shared.messaging.trace import trace_headers
from shared.messaging.wire import LARGEST, read_answer, write_request

ONE_TRY = 2.0
# A question that changes nothing is asked for so long; a command until its deadline.
READS_WITHIN = 2.0
FIRST_PAUSE = 0.05


class OnBehalf(Protocol):
    """A person, as far as a program can prove that it acts for them."""

    async def for_reading(self) -> str:
        """A token that lets this person read."""
        ...

    async def for_command(self, subject: str, body_hash: str) -> str:
        """A token for this one command."""
        ...


class Caller(Protocol):
    """Anything that can carry a request to its answer."""

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT: ...


@dataclass(frozen=True, slots=True)
class Bus:
    connection: Connection

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        """
        Send *request* and wait for its answer; ask again, under the same id, while that makes sense.

        Raises:
            Refusal: the service said no, as the very class its domain raised.
            Unavailable: nobody answered in time, or the answer was a crash.
        """
        body = write_request(request)
        headers = trace_headers()
        if on_behalf is not None and request.proof is not Proof.PROGRAM:
            headers[HEADER] = await (
                on_behalf.for_reading()
                if request.proof is Proof.PERSON
                else on_behalf.for_command(request.subject, body_hash(request.subject, body))
            )
        give_up = _patience(request)
        pause = FIRST_PAUSE
        while True:
            try:
                answer = await self.connection.request(
                    request.subject, body, headers=headers or None, patience=ONE_TRY
                )
            except TooLarge as error:
                raise MessageTooLarge(limit=LARGEST) from error
            except Unreachable as error:
                if time() + pause > give_up:
                    raise Unavailable(request.subject) from error
                await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311  # jitter, not a secret
                pause = min(pause * 2, 1)
            else:
                return cast("ReplyT", read_answer(request, answer.data, answer.headers))


def _patience(request: Request[ReplyT]) -> float:
    """Until when, in seconds since 1970, to go on asking."""
    if isinstance(request, Command):
        return request.deadline.timestamp()
    return time() + READS_WITHIN
