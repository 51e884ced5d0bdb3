"""How Suomi.fi is called: signed, in time, no more read than is sane, and every *no* given its name."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from services.identity.mandates.checksum import HEADER, header
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    MandatesMisconfigured,
    MandatesNotAnswered,
    MandatesNothingChosen,
    MandatesRefused,
    MandatesSessionOver,
)

log = structlog.get_logger()

LARGEST = 1024 * 1024
CLOCKS_DIFFER_BY = timedelta(minutes=5)
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Step(StrEnum):
    """Which call of the sequence it is: the same status says different things at each."""

    REGISTER = "register"
    TOKEN = "token"  # noqa: S105  # the name of a step
    ASK = "ask"
    CHECK = "check"
    UNREGISTER = "unregister"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who we are to Suomi.fi, and where it sends browsers back to. *rest_key* asks without a visit."""

    address: str
    client_id: str
    api_key: str = field(repr=False)
    oauth_password: str = field(repr=False)
    callback: str
    rest_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("mandates: secrets are sent with TLS, or on this machine only")

    @property
    def origin(self) -> str:
        """Where browsers are sent."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def basic(self) -> str:
        """What the token is asked for with. Nothing in it is quoted (RFC 2617), as Suomi.fi wants it."""
        return "Basic " + b64encode(f"{self.client_id}:{self.oauth_password}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Wire:
    """One service's way to Suomi.fi; *patience* is for each call, from connecting to the last byte."""

    us: Credentials
    session: ClientSession
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    patience: float = 10.0

    async def signed(
        self,
        step: Step,
        target: str,
        *,
        bearer: str = "",
        key: str = "",
        user: str = "",
        read: Callable[[bytes], object] = json.loads,
    ) -> object:
        """
        What is at *target*, everything after the host as it will be sent; *user* is whom an operator asks as.

        Raises:
            Refusal: nothing that can be used.
        """
        # A gateway may put Suomi.fi under a path of its own; what it receives is what is signed.
        whole = urlsplit(self.us.address).path.rstrip("/") + target
        headers = {HEADER: header(self.us.client_id, key or self.us.api_key, whole, self.now())}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        if user:
            headers["X-userId"] = user
        return await self._call(step, "GET", target, headers, None, read)

    async def exchange(self, code: str) -> object:
        """
        What is given for *code*. It goes in the body, so that it stands in nobody's access log.

        Raises:
            Refusal: nothing that can be used.
        """
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.us.callback}
        headers = {"Authorization": self.us.basic}
        return await self._call(Step.TOKEN, "POST", "/oauth/token", headers, form)

    async def _call(
        self,
        step: Step,
        method: str,
        target: str,
        headers: dict[str, str],
        form: dict[str, str] | None,
        read: Callable[[bytes], object] = json.loads,
    ) -> object:
        # Signed as it is written here: an address that is quoted anew on its way would be refused.
        address = URL(self.us.address.rstrip("/") + target, encoded=True)
        refusal: Refusal
        try:
            async with self.session.request(
                method,
                address,
                headers=headers,
                data=form,
                allow_redirects=False,
                timeout=ClientTimeout(total=self.patience),
            ) as response:
                body = await _body(response)
                if response.status in (200, 201):
                    return read(body)
                clock = response.status == 401 and self._clocks_differ(response)
                refusal = refusal_of(step, response.status, clocks_differ=clock)
        except TimeoutError:
            refusal = MandatesNotAnswered(why="timeout")
        except ClientError:
            refusal = MandatesNotAnswered(why="unreachable")
        except (ValueError, RecursionError):
            refusal = MandatesNotAnswered(why="unreadable")
        # Raised out here: what went wrong in there may hold the address, and with it a personal code.
        log.info("suomifi.refused", step=step.value, code=refusal.code, why=refusal.parameters.get("why", ""))
        raise refusal

    def _clocks_differ(self, response: ClientResponse) -> bool:
        try:
            theirs = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return False
        if theirs.tzinfo is None:
            return False
        return abs(self.now() - theirs) > CLOCKS_DIFFER_BY


def refusal_of(step: Step, status: int, *, clocks_differ: bool = False) -> Refusal:
    """What *status* means at *step*, to the person who waits."""
    match step, status:
        case (Step.REGISTER | Step.UNREGISTER | Step.TOKEN | Step.CHECK, 401):
            return MandatesMisconfigured(why="clock" if clocks_differ else "client")
        case (Step.ASK, 401):
            return MandatesMisconfigured(why="clock") if clocks_differ else MandatesSessionOver(why="expired")
        case (Step.REGISTER | Step.UNREGISTER | Step.CHECK, 400):
            return MandatesMisconfigured(why="request")
        case (Step.TOKEN, 400):
            return MandatesSessionOver(why="code_spent")
        case (Step.ASK, 400):
            return MandatesNothingChosen()
        case (_, 403):
            return MandatesRefused()
        case (_, 404):
            return MandatesMisconfigured(why="address")
        case (_, 409):
            return MandatesSessionOver(why="conflict")
        case (_, 429):
            return MandatesNotAnswered(why="busy")
        case _:
            return MandatesNotAnswered(why="server")


async def _body(response: ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("too large")
    return bytes(body)
