"""Asks the code server for pages of its registers (csapi v3 and v6)."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import ClientError, ClientPayloadError, ClientSession, ClientTimeout, DummyCookieJar
from pydantic_core import from_json

from shared.contracts.base import Refusal
from shared.contracts.identity import RegisterPageUnreadable, RegisterUnreachable

PAGE_SIZE = 500
LARGEST_PAGE = 16_000_000
# Three tries of a page and the pauses between stay below the lease of whoever reads.
TIMEOUT = ClientTimeout(total=20, sock_connect=5, sock_read=15)
PAUSES = (1.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as the code server gave it: its concept codes, and how many pages and entries there are."""

    concepts: Sequence[Mapping[str, Any]]
    pages: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeServer:
    """The code server at *address*, spoken to in *version* of its interface. It asks nobody who they are."""

    http: ClientSession
    address: str
    version: str
    pauses: Sequence[float] = PAUSES

    async def page(
        self, *, classification: str, status: str, number: int, modified_after: date | None
    ) -> Fetched:
        """
        Page *number*, from 1, of what *classification* has of *status*; all, or what changed after a day.

        Raises:
            RegisterUnreachable: it does not answer, or with an error, however often it is asked.
            RegisterPageUnreadable: what it answers is no page, or was cut short.
        """
        path = f"csapi/{self.version}/classifications/{classification}/conceptcodes"
        asked = {
            "status": status,
            "sortBy": "CONCEPTCODEID",
            "pageSize": str(PAGE_SIZE),
            "page": str(number),
        }
        if modified_after is not None:
            asked["modifiedAfter"] = modified_after.isoformat()
        trouble: Refusal = RegisterUnreachable(why="connection")
        for pause in (*self.pauses, None):
            try:
                return read(await self._get(path, asked), number)
            except (RegisterUnreachable, RegisterPageUnreadable) as refusal:
                trouble = refusal
                if not _passing(refusal) or pause is None:
                    break
            await asyncio.sleep(pause)
        raise trouble

    async def _get(self, path: str, asked: Mapping[str, str]) -> bytes:
        address = f"{self.address.rstrip('/')}/{path}"
        try:
            async with self.http.get(address, params=asked, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise RegisterUnreachable(why="status", status=answer.status)
                body = bytearray()
                async for part in answer.content.iter_chunked(65_536):
                    body += part
                    if len(body) > LARGEST_PAGE:
                        raise RegisterPageUnreadable(why="size")
                return bytes(body)
        except ClientPayloadError:
            raise RegisterPageUnreadable(why="cut_short") from None
        except TimeoutError:
            raise RegisterUnreachable(why="timeout") from None
        except (ClientError, OSError):
            raise RegisterUnreachable(why="connection") from None


def read(body: bytes, number: int) -> Fetched:
    """
    The page in *body*, which should be page *number*.

    Raises:
        RegisterPageUnreadable: it is none, or another.
    """
    try:
        # Three times as fast as the standard library's, and pages are large.
        page = from_json(body)
    except ValueError:
        # JSON that ends in the middle looks like no JSON at all.
        whole = body.rstrip().endswith(b"}")
        raise RegisterPageUnreadable(why="not_json" if whole else "cut_short") from None
    if not isinstance(page, dict):
        raise RegisterPageUnreadable(why="shape")
    concepts, pages, total = page.get("conceptCodes"), page.get("totalPages"), page.get("totalItems")
    if not isinstance(concepts, list) or not all(isinstance(one, dict) for one in concepts):
        raise RegisterPageUnreadable(why="shape")
    if not isinstance(pages, int) or not (total is None or isinstance(total, int)):
        raise RegisterPageUnreadable(why="shape")
    if pages < 0 or (total or 0) < 0 or len(concepts) > PAGE_SIZE:
        raise RegisterPageUnreadable(why="shape")
    if page.get("page") != number:
        raise RegisterPageUnreadable(why="order")
    return Fetched(concepts=concepts, pages=pages, total=total)


@asynccontextmanager
async def reaching(address: str, version: str) -> AsyncIterator[CodeServer]:
    """The code server at *address*, until the block ends."""
    async with ClientSession(timeout=TIMEOUT, cookie_jar=DummyCookieJar()) as http:
        yield CodeServer(http=http, address=address, version=version)


def _passing(refusal: Refusal) -> bool:
    """Whether it may be better in a moment: not if the code server says that the question is wrong."""
    status = refusal.parameters.get("status")
    return not (isinstance(status, int) and status < 500 and status != 429)
