"""Shows a branch of the registers as a tree: operating units, and the service units beneath them."""

from collections.abc import Iterable, Iterator, Mapping

from services.identity.domain import codes
from services.identity.domain.registers import keeper, kind_of
from services.identity.storage import organisations
from services.identity.storage import register_entries as entries
from services.identity.storage.register_entries import LARGEST_BRANCH, EntryRow
from shared.contracts.identity import (
    BusinessIdInvalid,
    OrganisationUnknown,
    RegisterBranch,
    RegisterEntryView,
    RegisterName,
)
from shared.storage.transaction import Transaction

Key = tuple[RegisterName, str]


def branch(rows: Transaction, text: str) -> RegisterBranch:
    """
    The branch that *text*, an OID or a business ID, names.

    Raises:
        OrganisationUnknown: no register has anything of that.
    """
    try:
        business_id: str | None = codes.business_id(text)
    except BusinessIdInvalid:
        business_id = None
    found = entries.of_text(rows, text, business_id)
    if not found:
        raise OrganisationUnknown
    cut = len(found) > LARGEST_BRANCH
    shown = {(row.register_name, row.oid): row for row in found[:LARGEST_BRANCH]}
    own = business_id or next((row.business_id for row in found if row.oid == text), found[0].business_id)
    customer = organisations.known_as(rows, own)
    entry = next(row for row in found if row.business_id == own)
    kind = customer.kind if customer else kind_of(entry.register_name, entry.sector)
    return RegisterBranch(
        entries=tuple(_view(row, depth) for row, depth in drawn(shown)),
        cut=cut,
        keeper=keeper(kind, entry.sector, entry.register_name),
        customer=customer is not None,
    )


def drawn(shown: Mapping[Key, EntryRow]) -> Iterator[tuple[EntryRow, int]]:
    """Every entry once, each beneath what it hangs from; what hangs in a circle comes last."""
    beneath: dict[Key | None, list[EntryRow]] = {}
    for row in shown.values():
        above = (row.register_name, row.parent)
        beneath.setdefault(above if above in shown else None, []).append(row)
    drawn_already: set[Key] = set()

    def draw(rows: Iterable[EntryRow], depth: int) -> Iterator[tuple[EntryRow, int]]:
        waiting = [(row, depth) for row in reversed([*rows])]
        while waiting:
            row, at = waiting.pop()
            key = (row.register_name, row.oid)
            if key in drawn_already:
                continue
            drawn_already.add(key)
            yield row, at
            waiting += [(one, at + 1) for one in reversed(beneath.get(key, []))]

    yield from draw(beneath.get(None, []), 0)
    for row in shown.values():
        yield from draw([row], 0)


def _view(row: EntryRow, depth: int) -> RegisterEntryView:
    place = " ".join(part for part in (row.post_number, row.post_office) if part)
    contact = ", ".join(part for part in (row.street_address, place, row.telephone) if part)
    return RegisterEntryView(
        oid=row.oid,
        register_name=row.register_name,
        parent=row.parent,
        depth=depth,
        business_id=row.business_id,
        name=row.name,
        state=row.state,
        state_since=row.state_since,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        health_operating=row.health_operating,
        social_operating=row.social_operating,
        health_service=row.health_service,
        social_service=row.social_service,
        municipality=row.municipality,
        contact=contact,
        trouble=row.trouble,
    )
