"""Ask the services as the operator, and say plainly what they refuse."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import typer

import shared.contracts.roles_refusals  # noqa: F401  # so that what roles refuses is known by its name
from cli.words import say
from shared.contracts import roles_refusals  # noqa: F401  # what roles refuses arrives under its own name
from shared.contracts.base import Refusal, Unavailable
from shared.contracts.identity import (
    FindOrganisations,
    FindPeople,
    OrganisationUnknown,
    OrganisationView,
    PersonUnknown,
    PersonView,
)
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import Unreachable, connected
from shared.runtime.settings import Settings

T = TypeVar("T")

ANSWERED, REFUSED, UNREACHABLE = 0, 1, 3


def ask(question: Callable[[Bus], Awaitable[T]]) -> T:
    """
    Put *question* to the services.

    Raises:
        typer.Exit: they refused (1) or did not answer (3); the operator has been told.
    """
    try:
        return asyncio.run(_ask(Settings(), question))
    except Refusal as refusal:
        complain(refusal.code, "refused", details=refusal.parameters or "")
        raise typer.Exit(REFUSED) from None
    except (Unavailable, Unreachable, OSError):
        complain("unreachable", "unreachable")
        raise typer.Exit(UNREACHABLE) from None


def complain(code: str, key: str, **parameters: object) -> None:
    """Say on standard error what is wrong, in words and by its stable code."""
    sys.stderr.write(f"{say(key, **parameters)} [{code}]\n")


async def the_person(bus: Bus, text: str) -> PersonView:
    """
    The one person that *text* (an id, a chat user id or a name) means.

    Raises:
        PersonUnknown: it means nobody, or several.
    """
    found = (await bus.call(FindPeople(text=text))).people
    if len(found) != 1:
        raise PersonUnknown(found=len(found))
    return found[0]


async def the_organisation(bus: Bus, text: str) -> OrganisationView:
    """
    The one organisation that *text* (an id, business ID, OID or name) means.

    Raises:
        OrganisationUnknown: it means none, or several.
    """
    found = (await bus.call(FindOrganisations(text=text))).organisations
    if len(found) != 1:
        raise OrganisationUnknown(found=len(found))
    return found[0]


async def _ask(settings: Settings, question: Callable[[Bus], Awaitable[T]]) -> T:
    url = settings.bus_url()
    async with connected(Account.OPERATOR, url=url, key_folder=settings.key_folder, budget=3) as connection:
        return await question(Bus(connection))
