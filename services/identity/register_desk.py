"""What identity answers about the national register, one method for each request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.identity.domain import codes
from services.identity.register import customers, taking
from services.identity.register.reading import read_page
from services.identity.register.refresher import Refresher, Told, due
from services.identity.register.showing import branch
from services.identity.register.taking import Page, Wish
from services.identity.storage import organisations
from services.identity.storage import register_entries as entries
from services.identity.storage import register_runs as runs
from services.identity.storage.register_runs import COMPLETE
from shared.contracts.identity import (
    AdoptOrganisation,
    BeginRegisterImport,
    BusinessIdInvalid,
    FinishRegisterImport,
    GetRegisterStatus,
    ImportRegisterPage,
    ImportReport,
    OrganisationUnknown,
    OrganisationView,
    RefreshRegister,
    RegisterBranch,
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
    """Answers about the register. *refresher* reads it, if anybody does; *oldest* is too old for a copy."""

    refresher: Refresher | None = None
    oldest: timedelta = timedelta(hours=24)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @decides(ImportRegisterPage)
    def import_register_page(
        self, tx: Transaction, command: ImportRegisterPage, actor: Actor
    ) -> ImportReport:
        if command.run is None:
            return taking.take_by_hand(tx, command.concept_codes, command.fetched_at, self.now())
        readings = read_page(command.concept_codes, f"page {command.number}")
        before = runs.going(tx)
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
        if refresher is None:
            raise RegisterNotConfigured
        going, now = runs.going(tx), self.now()
        if going is not None and going.leased_until is not None and going.leased_until > now:
            raise RegisterRunGoing
        told = Told(command.whole, command.allow_losses)
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
        try:
            business_id = codes.business_id(command.business_id)
        except BusinessIdInvalid:
            raise OrganisationUnknown from None
        return customers.adopted(tx, business_id)

    def _status(self, rows: Transaction) -> RegisterStatus:
        going = runs.look(rows)
        latest, read = runs.latest(rows), runs.latest(rows, outcome=COMPLETE)
        whole = runs.latest(rows, outcome=COMPLETE, whole=True)
        failed = latest if latest is not None and latest.outcome != COMPLETE else None
        refresher = self.refresher
        return RegisterStatus(
            address=refresher.server.address if refresher else "",
            read_at=read.as_of if read else None,
            whole_at=whole.as_of if whole else None,
            stale_at=read.as_of + self.oldest if read else None,
            next_at=due(rows, refresher.timetable, self.now())[0] if refresher else None,
            entries=entries.count(rows),
            customers=organisations.count(rows),
            going=runs.view(going) if going else None,
            latest=runs.view(latest) if latest else None,
            failed=runs.view(failed) if failed else None,
            findings=runs.count_findings(rows),
            first_findings=runs.first_findings(rows),
        )
