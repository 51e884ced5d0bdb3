"""Lets no login be refused without a row that says so: which, at whose word, why and when."""

from datetime import datetime
from uuid import UUID

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from services.identity.storage import refused_logins
from shared.storage.database import Database

log = structlog.get_logger()

# What the pages know of whoever asks, as soon as they do. The provider is the one that vouches for people;
# pages of another protocol say whose they are.
ATTEMPT = web.RequestKey("attempt", UUID)
PROVIDER = web.RequestKey("provider", str)


async def note_refusal(
    database: Database, request: web.Request, *, provider: str, code: str, why: str, now: datetime
) -> None:
    """Write the refusal down, and log it. The person is answered even if the database is away."""
    attempt, told_by = request.get(ATTEMPT), request.get(PROVIDER, provider)
    log.info("login.refused", attempt=str(attempt or ""), provider=told_by, code=code, why=why)
    try:
        await database.decide(
            lambda tx: refused_logins.note(tx, attempt=attempt, provider=told_by, code=code, why=why, now=now)
        )
    except DBAPIError as error:
        log.error("login.refusal_not_noted", error=type(error).__name__)
