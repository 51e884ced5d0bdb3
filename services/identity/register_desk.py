"""What identity answers about the national registers, one method for each request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from services.identity.domain import codes
from services.identity.domain.registers import FORMS, Form
from services.identity.register import customers, taking
from services.identity.register.reading import read_page
from services.identity.register.refresher import Refresher, Told
from services.identity.register.showing import branch
from services.identity.register.standing import status
from services.identity.register.taking import Page, Wish
from services.identity.storage import register_runs as runs
from shared.contracts.identity import (
    AdoptOrganisation,
    BeginRegisterImport,
    FinishRegisterImport,
    GetRegisterStatus,
    ImportRegisterPage,
    ImportReport,
    OrganisationView,
    RefreshRegister,
    RegisterBranch,
    RegisterName,
    RegisterNotConfigured,
    RegisterRun,
    RegisterRunGoing,
    RegisterShrunk,
    RegisterStatus,
    RegisterTotalChanged,
    ShowRegisterEntry,
)
from shared.messaging.actors import Actor
from shared.messaging.handling import decides, reads
from shared.storage.transaction import Transaction


# Without slots: of the classes that answer for all of identity together only one may have them.
@dataclass(frozen=True, kw_only=True)
class RegisterDesk:
    """
    Answers about the registers, which are written in *forms*.

    *refresher* reads them, if anybody does; *oldest* is too old for a copy.
    """

    refresher: Refresher | None = None
    forms: Mapping[RegisterName, Form] = field(default_factory=lambda: FORMS)
    oldest: timedelta = timedelta(hours=24)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @decides(ImportRegisterPage)
    def import_register_page(
        self, tx: Transaction, command: ImportRegisterPage, actor: Actor
    ) -> ImportReport:
        if command.run is None:
            form = self.forms[command.register_name]
            return taking.take_by_hand(tx, command.concept_codes, command.fetched_at, self.now(), form)
        before = runs.going(tx)
        form = self.forms[before.register_name if before is not None else command.register_name]
        readings = read_page(command.concept_codes, f"page {command.number}", form)
        page = Page(
            listing=0,
            number=command.number,
            total=None,
            readings=readings,
            items=len(command.concept_codes),
        )
        after = taking.take_page(tx, command.run, page, self.now())
        if before is None or before.page == after.page:
            return ImportReport(added=0, changed=0, unchanged=len(readings), refused=())
        refused = runs.refused(tx)
        return ImportReport(
            added=after.added - before.added,
            changed=after.changed - before.changed,
            unchanged=after.unchanged - before.unchanged,
            refused=tuple((one.key, refused[one.key][0]) for one in readings if one.key in refused),
        )

    @decides(BeginRegisterImport)
    def begin_register_import(
        self, tx: Transaction, command: BeginRegisterImport, actor: Actor
    ) -> RegisterRun:
        # Whoever brings the same files again goes on with them.
        wish = Wish(
            register=command.register_name,
            source=command.source,
            whole=True,
            as_of=command.fetched_at,
            runner=f"import {command.source}"[:40],
        )
        return runs.view(taking.begin(tx, wish, self.now()))

    @decides(FinishRegisterImport)
    def finish_register_import(
        self, tx: Transaction, command: FinishRegisterImport, actor: Actor
    ) -> RegisterRun:
        run = runs.going(tx)
        now = self.now()
        if run is not None and run.id == command.run and run.read != command.total:
            refusal = RegisterTotalChanged(read=run.read, total=command.total)
            taking.stop(tx, command.run, refusal, now)
            return runs.view(runs.get(tx, command.run))
        try:
            return runs.view(taking.conclude(tx, command.run, now, allow_losses=command.allow_losses))
        except RegisterShrunk as refusal:
            # That it was refused is to be kept: so this is an answer, and the run says what stopped it.
            taking.stop(tx, command.run, refusal, now)
            return runs.view(runs.get(tx, command.run))

    @decides(RefreshRegister)
    def refresh_register(self, tx: Transaction, command: RefreshRegister, actor: Actor) -> RegisterStatus:
        refresher = self.refresher
        wanted = (command.register_name,) if command.register_name else tuple(RegisterName)
        told = [
            Told(one, command.whole, command.allow_losses)
            for one in wanted
            if refresher is not None and one in refresher.registers
        ]
        if refresher is None or not told:
            raise RegisterNotConfigured
        going, now = runs.going(tx), self.now()
        if going is not None and going.leased_until is not None and going.leased_until > now:
            raise RegisterRunGoing
        tx.on_commit(lambda: refresher.wake(told))
        return self._status(tx)

    @reads(GetRegisterStatus)
    def register_status(self, rows: Transaction, request: GetRegisterStatus, actor: Actor) -> RegisterStatus:
        return self._status(rows)

    @reads(ShowRegisterEntry)
    def show_register_entry(
        self, rows: Transaction, request: ShowRegisterEntry, actor: Actor
    ) -> RegisterBranch:
        # PostgreSQL takes no zero byte in a text.
        return branch(rows, request.text.strip().replace("\0", ""))

    @decides(AdoptOrganisation)
    def adopt_organisation(
        self, tx: Transaction, command: AdoptOrganisation, actor: Actor
    ) -> OrganisationView:
        return customers.adopted(tx, codes.business_id(command.business_id), self.now())

    def _status(self, rows: Transaction) -> RegisterStatus:
        return status(rows, self.refresher, oldest=self.oldest)
