"""Whom a login leads to while Katso counts: a sub-ID leads to nobody until its person identifies strongly."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from services.identity.domain.identification import Attempt, Browser, digest, known
from services.identity.domain.katso import KatsoKind, check_free
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.storage import katso, people, refused_logins
from shared.contracts.assurance import Level
from shared.contracts.base import PersonId
from shared.contracts.identity import IdentificationFailed
from shared.storage.transaction import Transaction

log = structlog.get_logger()

SUB = "katso_sub"


def whose(
    tx: Transaction,
    attempt: Attempt,
    browser: Browser,
    vouched: VouchedFor,
    known_by: str,
    others: Sequence[str] = (),
    *,
    least: Level,
    now: datetime,
) -> PersonId | None:
    """
    Whom *vouched* leads to, in this *browser*; nobody, if it is a sub-ID that is to be strengthened first.

    *known_by* and *others* are the digests of what they are known by.

    Raises:
        PersonUnknown: to nobody whom we know.
        IdentificationFailed: too_weak, katso_known, or code_ambiguous if it leads to several.
    """
    if vouched.kind is IdentifierKind.KATSO:
        return _holder(tx, vouched, least)
    if vouched.kind is IdentifierKind.PERSONAL_CODE:
        bound = _strengthened(tx, attempt, browser, known_by, now)
        if bound is not None:
            return bound
    led = {found for one in (known_by, *others) if (found := people.of_code(tx, one)) is not None}
    if len(led) > 1:
        raise IdentificationFailed(why="code_ambiguous")
    return known(led.pop() if led else None)


def show(tx: Transaction, browser: Browser, katso_id: str, now: datetime) -> None:
    """Let a sub-ID wait in *browser* for its person; that it was good for nothing else is written down."""
    katso.show(tx, browser.attempt, katso_id, digest(browser.secret))
    code = IdentificationFailed.code
    refused_logins.note(tx, attempt=browser.attempt, provider="katso", code=code, why=SUB, now=now)
    log.info("login.refused", attempt=str(browser.attempt), provider="katso", code=code, why=SUB)


def _holder(tx: Transaction, vouched: VouchedFor, least: Level) -> PersonId | None:
    found = katso.find(tx, vouched.identifier)
    owner = known(found.person if found else None)
    if found is not None and found.kind is KatsoKind.SUB:
        return None
    if not vouched.level.reaches(least):
        raise IdentificationFailed(why="too_weak")
    return owner


def _strengthened(
    tx: Transaction, attempt: Attempt, browser: Browser, known_by: str, now: datetime
) -> PersonId | None:
    """
    Bind the sub-ID that waits in *browser* to whoever has just identified strongly in it.

    What was offered to it stays theirs, since it goes on being the same person.
    """
    if attempt.katso_id is None or attempt.katso_browser != digest(browser.secret):
        return None
    held = katso.find(tx, attempt.katso_id)
    if held is None or held.kind is not KatsoKind.SUB:
        return None
    check_free(people.of_code(tx, known_by), held)
    katso.strengthen(tx, held.katso_id, held.person, known_by, now)
    log.info("katso_id.strengthened", attempt=str(attempt.id))
    return held.person
