"""Build the roles service out of its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files

import yaml

from services.roles.domain.ladder import Matrix
from services.roles.domain.mapping import KatsoTable, read_mapping
from services.roles.domain.policy import Policy, PolicyInvalid, read_policy
from services.roles.handlers import RolesHandlers
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from services.roles.storage import METADATA
from shared.messaging.actors import Actor
from shared.messaging.connection import Connection
from shared.messaging.server import FindVerifier
from shared.runtime.service import Service, at_work
from shared.storage.database import Database


@asynccontextmanager
async def run(
    connection: Connection,
    settings: RolesSettings,
    *,
    verifier: FindVerifier | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """Answer for roles until the block ends. Its database must have been migrated."""
    database = Database(settings.database("roles"), METADATA)
    model = ReadModel(
        matrix=matrix(settings),
        register_oldest=timedelta(hours=settings.register_oldest_hours),
        policy=policy(settings),
    )
    async with database.working():
        await database.read(model.load)
        handlers = RolesHandlers(
            model, model.policy, now, katso_table(settings), settings.migration_wave_size
        )
        freshness = timedelta(minutes=settings.freshness_minutes)

        async def still_counts(actor: Actor) -> None:
            model.check_counts(actor.somebody(), actor.known)

        async with at_work(
            connection,
            database,
            handlers,
            verifier=verifier,
            still_counts=still_counts,
            freshness=freshness,
            least_level=settings.least_level,
            now=now,
        ) as service:
            yield service


def matrix(settings: RolesSettings) -> Matrix:
    """The access matrix that applies."""
    source = settings.access_matrix or files("services.roles").joinpath("access_matrix.yaml")
    table = yaml.safe_load(source.read_text(encoding="utf-8"))
    return Matrix(table["label"], table["views"])


def policy(settings: RolesSettings) -> Policy:
    """
    The policy that applies.

    Raises:
        PolicyInvalid: it cannot be used.
    """
    source = settings.policy or files("services.roles").joinpath("policy.yaml")
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        raise PolicyInvalid("the file is no YAML") from None
    return read_policy(document)


def katso_table(settings: RolesSettings) -> KatsoTable:
    """
    What Katso's roles come to.

    Raises:
        MappingInvalid: the table cannot be used.
    """
    source = settings.katso_roles or files("services.roles").joinpath("katso_roles.yaml")
    return read_mapping(yaml.safe_load(source.read_text(encoding="utf-8")))
