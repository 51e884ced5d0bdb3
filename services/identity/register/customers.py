"""What the register says of our customers: told to everybody when it changes, and to nobody else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from services.identity.domain import codes
from services.identity.domain.register import Sector, keeper, kind_of
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
    RegisterState,
)
from shared.storage.transaction import Transaction


def compare(
    tx: Transaction, as_of: datetime, business_ids: Sequence[str] | None = None, *, renew: bool = False
) -> int:
    """
    Let customers be as the register has them; of *business_ids*, or all. Returns how many changed.

    What is the same is not written. With *renew* the moment at which each was read is news by itself.
    """
    several = organisations.customers(tx, business_ids)
    known = entries.standings(tx, {codes.provider_oid(one.business_id) for one, _ in several})
    changed = 0
    for before, by_operator in several:
        standing = known.get(codes.provider_oid(before.business_id))
        read_at = max(before.fetched_at or as_of, as_of)
        after = as_registered(before, standing, read_at, by_operator=by_operator)
        if after == before or (not renew and _same(before, after)):
            continue
        write(tx, after, kind_by_operator=by_operator, new=False)
        changed += 1
    return changed


def adopt(tx: Transaction, business_id: str) -> OrganisationView | None:
    """The customer of this business ID, taken from the register if it is none yet, and is there."""
    if (found := organisations.of_business_id(tx, business_id)) is not None:
        return found[0]
    oid = codes.provider_oid(business_id)
    standing = entries.standings(tx, {oid}).get(oid)
    if standing is None:
        return None
    fresh = unregistered(business_id, kind_of(standing.entry.sector), standing.entry.name)
    organisation = as_registered(fresh, standing, standing.entry.read_at, by_operator=False)
    return write(tx, organisation, kind_by_operator=False, new=True)


def adopted(tx: Transaction, business_id: str) -> OrganisationView:
    """
    The customer of this business ID, taken from the register if it is none yet.

    Raises:
        OrganisationUnknown: it is nowhere.
    """
    if (found := adopt(tx, business_id)) is None:
        raise OrganisationUnknown
    return found


def as_registered(
    before: OrganisationView, standing: Standing | None, as_of: datetime, *, by_operator: bool
) -> OrganisationView:
    """*before*, with what the register says of it now; whom the register never had stays as it is."""
    if standing is None:
        if before.state is RegisterState.ABSENT:
            return before
        return before.model_copy(
            update={"state": RegisterState.ABSENT, "state_since": as_of, "trouble": "", "fetched_at": as_of}
        )
    entry, above = standing.entry, standing.above
    kind = before.kind if by_operator else kind_of(entry.sector)
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
        keeper=keeper(kind, entry.sector),
        parent=entry.parent,
        parent_state=above.state if above else None,
        parent_valid_from=above.valid_from if above else None,
        parent_valid_until=above.valid_until if above else None,
    )


def unregistered(business_id: str, kind: OrganisationKind, name: str) -> OrganisationView:
    """An organisation of which the register says nothing."""
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


def kept_by(tx: Transaction, organisation: OrganisationView) -> RegisterKeeper:
    """Where *organisation* mends its entry."""
    oid = codes.provider_oid(organisation.business_id)
    standing = entries.standings(tx, {oid}).get(oid)
    sector: Sector | None = standing.entry.sector if standing else None
    return keeper(organisation.kind, sector)


def write(
    tx: Transaction, organisation: OrganisationView, *, kind_by_operator: bool, new: bool
) -> OrganisationView:
    """Write *organisation* down and tell everybody."""
    organisations.put(tx, organisation, kind_by_operator=kind_by_operator, new=new)
    tx.publish(OrganisationChanged(organisation=organisation))
    return organisation


def _same(before: OrganisationView, after: OrganisationView) -> bool:
    return before.model_copy(update={"fetched_at": after.fetched_at}) == after
