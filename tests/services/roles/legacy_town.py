"""Lines of a Katso listing, and what is done with them, in the words of tests."""

from datetime import date
from typing import Any

from services.roles.app import katso_table
from services.roles.handlers import RolesHandlers
from services.roles.settings import RolesSettings
from shared.contracts.base import PersonId
from shared.contracts.legacy import (
    DescribeMigration,
    DismissLegacyGrant,
    ImportLegacyGrants,
    Invitation,
    InviteHolders,
    LegacyGrantView,
    LegacyId,
    LegacyImported,
    LegacyRow,
    ListLegacyGrants,
    MigrationView,
    ReopenLegacyGrant,
)
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, an_actor

TABLE = katso_table(RolesSettings())


def a_row(**changes: Any) -> LegacyRow:
    """A line of the listing, but for *changes*."""
    row: dict[str, Any] = {
        "line": 2,
        "katso_id": "K100200",
        "holder": "Daniel Sampleton",
        "katso_role": "Tekninen yhteyshenkilö",
        "valid_from": date(2019, 3, 1),
        "person": HOLDER,
    }
    return LegacyRow(**row | changes)


class Archive:
    """The part of the roles service that knows what Katso had."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.handlers = RolesHandlers(
            office.handlers.model, office.handlers.policy, office.handlers.now, TABLE, 10
        )

    async def import_rows(self, *rows: LegacyRow) -> LegacyImported:
        command = ImportLegacyGrants(organisation=COUNTY, rows=rows)
        answer = await self._decide(self.handlers.import_legacy_grants, command, MAIN)
        return LegacyImported.model_validate_json(answer)

    async def all(self) -> dict[str, LegacyGrantView]:
        """Every legacy grant, by the role's name in Katso."""
        request = ListLegacyGrants(organisation=COUNTY)
        found = await self.office.database.read(
            lambda rows: self.handlers.list_legacy_grants(rows, request, an_actor(MAIN))
        )
        return {one.katso_role: one for one in found.grants}

    async def only(self) -> LegacyGrantView:
        (found,) = (await self.all()).values()
        return found

    async def view(self, *, history: bool = False) -> MigrationView:
        request = DescribeMigration(organisation=COUNTY, history=history)
        return await self.office.database.read(
            lambda rows: self.handlers.describe_migration(rows, request, an_actor(MAIN))
        )

    async def invite(
        self,
        *legacy: LegacyId,
        by: PersonId = MAIN,
        inducted: bool = True,
        wish: InviteHolders | None = None,
    ) -> Invitation:
        command = wish or InviteHolders(
            organisation=COUNTY, legacy=legacy, valid_until=UNTIL, inducted=inducted
        )
        return Invitation.model_validate_json(await self._decide(self.handlers.invite_holders, command, by))

    async def dismiss(self, legacy: LegacyId, reason: str, *, by: PersonId = MAIN) -> LegacyGrantView:
        command = DismissLegacyGrant(organisation=COUNTY, legacy=legacy, reason=reason)
        answer = await self._decide(self.handlers.dismiss_legacy_grant, command, by)
        return LegacyGrantView.model_validate_json(answer)

    async def reopen(self, legacy: LegacyId, *, by: PersonId = MAIN) -> LegacyGrantView:
        command = ReopenLegacyGrant(organisation=COUNTY, legacy=legacy)
        answer = await self._decide(self.handlers.reopen_legacy_grant, command, by)
        return LegacyGrantView.model_validate_json(answer)

    async def _decide(self, decide: Any, command: Any, person: PersonId) -> bytes:
        actor = an_actor(person, identified_at=self.office.clock[0])
        return await self.office.database.decide_once(
            command,
            person=str(person),
            token_id=actor.token_id,
            decision=lambda tx: decide(tx, command, actor),
        )
