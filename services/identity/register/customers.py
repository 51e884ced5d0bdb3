"""What the registers say of our customers: told to everybody when it changes, and to nobody else."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from services.identity.domain.register import HELSINKI
from services.identity.domain.registers import keeper, kind_of
from services.identity.storage import organisations
from services.identity.storage import register_entries as entries
from services.identity.storage.register_entries import Standing
from shared.contracts.base import OrganisationId
from shared.contracts.identity import (
    OrganisationChanged,
    OrganisationKind,
    OrganisationUnknown,
    OrganisationView,
    RegisterKeeper,
    RegisterName,
    RegisterState,
)
from shared.storage.transaction import Transaction


def compare(
    tx: Transaction,
    register: RegisterName,
    as_of: datetime,
    business_ids: Sequence[str] | None = None,
    *,
    renew: bool = False,
) -> int:
    """
    Let customers be as the registers have them, now that *register* was read; of *business_ids*, or all.

    Returns how many changed. What is the same is not written. With *renew* the moment at which each was read
    is news by itself.
    """
    several = organisations.customers(tx, business_ids)
    known = entries.standings(tx, {one.business_id for one, _ in several}, _day(as_of))
    changed = 0
    for before, by_operator in several:
        standing = known.get(before.business_id)
        read_at = _read_at(before, standing, register, as_of)
        after = as_registered(before, standing, read_at, by_operator=by_operator)
        if after == before or (not renew and _same(before, after)):
            continue
        write(tx, after, kind_by_operator=by_operator, new=False)
        changed += 1
    return changed


def adopt(tx: Transaction, business_id: str, now: datetime) -> OrganisationView | None:
    """The customer of this business ID, taken from a register if it is none yet, and is there."""
    if (found := organisations.of_business_id(tx, business_id)) is not None:
        return found[0]
    standing = _standing(tx, business_id, now)
    if standing is None:
        return None
    entry = standing.entry
    fresh = unregistered(business_id, kind_of(entry.register_name, entry.sector), entry.name)
    organisation = as_registered(fresh, standing, entry.read_at, by_operator=False)
    return write(tx, organisation, kind_by_operator=False, new=True)


def adopted(tx: Transaction, business_id: str, now: datetime) -> OrganisationView:
    """
    The customer of this business ID, taken from a register if it is none yet.

    Raises:
        OrganisationUnknown: it is nowhere.
    """
    if (found := adopt(tx, business_id, now)) is None:
        raise OrganisationUnknown
    return found


def as_registered(
    before: OrganisationView, standing: Standing | None, as_of: datetime, *, by_operator: bool
) -> OrganisationView:
    """*before*, with what its register says of it now; whom no register ever had stays as it is."""
    if standing is None:
        if before.state is RegisterState.ABSENT:
            return before
        return before.model_copy(
            update={"state": RegisterState.ABSENT, "state_since": as_of, "trouble": "", "fetched_at": as_of}
        )
    entry, above = standing.entry, standing.above
    kind = before.kind if by_operator else kind_of(entry.register_name, entry.sector)
    return OrganisationView(
        id=before.id,
        business_id=before.business_id,
        oid=entry.oid,
        name=entry.name,
        kind=kind,
        state=entry.state,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        fetched_at=as_of,
        state_since=entry.state_since,
        trouble=entry.trouble,
        keeper=keeper(kind, entry.sector, entry.register_name),
        parent=entry.parent,
        parent_state=above.state if above else None,
        parent_valid_from=above.valid_from if above else None,
        parent_valid_until=above.valid_until if above else None,
        register_name=entry.register_name,
    )


def unregistered(business_id: str, kind: OrganisationKind, name: str) -> OrganisationView:
    """An organisation of which no register says anything."""
    return OrganisationView(
        id=OrganisationId(uuid4()),
        business_id=business_id,
        oid=None,
        name=name,
        kind=kind,
        state=RegisterState.ABSENT,
        valid_from=None,
        valid_until=None,
        fetched_at=None,
        keeper=keeper(kind, None),
    )


def kept_by(tx: Transaction, organisation: OrganisationView, now: datetime) -> RegisterKeeper:
    """Where *organisation* mends its entry."""
    standing = _standing(tx, organisation.business_id, now)
    if standing is None:
        return keeper(organisation.kind, None)
    return keeper(organisation.kind, standing.entry.sector, standing.entry.register_name)


def write(
    tx: Transaction, organisation: OrganisationView, *, kind_by_operator: bool, new: bool
) -> OrganisationView:
    """Write *organisation* down and tell everybody."""
    organisations.put(tx, organisation, kind_by_operator=kind_by_operator, new=new)
    tx.publish(OrganisationChanged(organisation=organisation))
    return organisation


def _read_at(
    before: OrganisationView, standing: Standing | None, register: RegisterName, as_of: datetime
) -> datetime:
    """When what we know of *before* was last read, now that *register* was, as of *as_of*."""
    if standing is not None and standing.entry.register_name is not register:
        # What was read is not where it stands: how old that is has not changed.
        same = before.register_name is standing.entry.register_name
        return (before.fetched_at if same else None) or standing.entry.read_at
    return max(before.fetched_at or as_of, as_of)


def _standing(tx: Transaction, business_id: str, now: datetime) -> Standing | None:
    return entries.standings(tx, {business_id}, _day(now)).get(business_id)


def _day(moment: datetime) -> date:
    return moment.astimezone(HELSINKI).date()


def _same(before: OrganisationView, after: OrganisationView) -> bool:
    return before.model_copy(update={"fetched_at": after.fetched_at}) == after
