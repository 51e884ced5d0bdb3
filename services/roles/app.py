"""Build the roles service out of its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from services.roles.domain.ladder import Matrix, read_matrix
from services.roles.domain.mapping import KatsoTable, read_mapping
from services.roles.domain.policy import Policy, read_policy
from services.roles.handlers import RolesHandlers
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from services.roles.storage import METADATA
from shared.messaging.actors import Actor
from shared.messaging.connection import Connection
from shared.messaging.server import FindVerifier
from shared.runtime.service import Service, at_work
from shared.runtime.tables import document
from shared.storage.database import Database
from shared.storage.turn import one_at_work


@asynccontextmanager
async def run(
    connection: Connection,
    settings: RolesSettings,
    *,
    verifier: FindVerifier | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """
    Answer for roles until the block ends. Its database must have been migrated.

    What may be done is answered from memory, so there is one process of this service at a time.
    """
    database = Database(settings.database("roles"), METADATA)
    model = ReadModel(
        matrix=matrix(settings),
        register_oldest=timedelta(hours=settings.register_oldest_hours),
        policy=policy(settings),
        imported=ImportedKatso(katso_table(settings)),
    )
    async with database.working(), one_at_work(database.url):
        handlers = RolesHandlers(model, model.policy, now, model.imported.table, settings.migration_wave_size)
        await database.decide(handlers.name_the_ungranted)
        await database.read(model.load)
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
    """
    The access matrix that applies.

    Raises:
        TableInvalid: it cannot be used.
    """
    return read_matrix(
        document(settings.access_matrix, package="services.roles", default="access_matrix.yaml")
    )


def policy(settings: RolesSettings) -> Policy:
    """
    The policy that applies.

    Raises:
        TableInvalid: it cannot be used.
    """
    moved = settings.katso_roles_until if "katso_roles_until" in settings.model_fields_set else None
    return read_policy(document(settings.policy, package="services.roles", default="policy.yaml"), moved)


def katso_table(settings: RolesSettings) -> KatsoTable:
    """
    What Katso's roles come to.

    Raises:
        MappingInvalid: the table cannot be used.
    """
    return read_mapping(document(settings.katso_roles, package="services.roles", default="katso_roles.yaml"))
