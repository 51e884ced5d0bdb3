"""Takes in what the register and the operator say of organisations and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from services.identity.domain.identification import check_may_link
from services.identity.domain.register import RegisterEntry, check_fetched_at, read_entry
from services.identity.storage import chats, organisations, people, workspaces
from shared.contracts.base import Language, OrganisationId, PersonId, Refusal
from shared.contracts.identity import (
    ChatAccount,
    ImportReport,
    MemberAdded,
    OrganisationChanged,
    OrganisationKind,
    OrganisationUnknown,
    OrganisationView,
    RegisterState,
)
from shared.storage.transaction import Transaction

NEW, CHANGED, SAME = "added", "changed", "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Somebody whom an operator announces, known by the digest of a personal identity code."""

    code_digest: str
    name: str
    language: Language
    chat: ChatAccount | None


def take_in_page(
    tx: Transaction, concepts: Sequence[Mapping[str, Any]], fetched_at: datetime, now: datetime
) -> ImportReport:
    """
    Take in a page of the register; what cannot be read is refused by itself and changes nothing.

    Units are a part of their provider: they are read, and not kept.

    Raises:
        RegisterEntryInvalid: the page is of a moment that has not been.
    """
    check_fetched_at(fetched_at, now)
    counts = {NEW: 0, CHANGED: 0, SAME: 0}
    refused: list[tuple[str, str]] = []
    for number, concept in enumerate(concepts, start=1):
        try:
            entry = read_entry(concept)
        except Refusal as refusal:
            name = concept.get("conceptCodeId")
            refused.append((name[:100] if isinstance(name, str) else f"#{number}", refusal.code))
            continue
        counts[_take_in(tx, entry, fetched_at) if entry.is_provider else SAME] += 1
    return ImportReport(
        added=counts[NEW], changed=counts[CHANGED], unchanged=counts[SAME], refused=tuple(refused)
    )


def settle_kind(
    tx: Transaction, business_id: str, kind: OrganisationKind, name: str | None
) -> OrganisationView:
    """
    Note what an operator knows of an organisation: its kind, and its name if the register lacks it.

    Raises:
        OrganisationUnknown: the register has said nothing of it, and it was not named.
    """
    found = organisations.of_business_id(tx, business_id)
    if found is None:
        if name is None:
            raise OrganisationUnknown
        return _write(tx, _unregistered(business_id, kind, name), kind_by_operator=True, new=True)
    before, by_operator = found
    if by_operator and before.kind is kind:
        return before
    after = before.model_copy(update={"kind": kind})
    return _write(tx, after, kind_by_operator=True, new=False)


def settle_person(tx: Transaction, announced: Announced) -> PersonId:
    """
    Make somebody known, or note a new name or a new chat account of theirs.

    What they decided themselves stays: their language, and the account that they have linked.

    Raises:
        IdentifiedAsSomebodyElse: the chat account is another person's.
    """
    person = people.of_code(tx, announced.code_digest)
    if person is None:
        person = people.add(
            tx,
            name=announced.name,
            language=announced.language,
            code_digest=announced.code_digest,
        )
    before = people.get(tx, person)
    if before.name != announced.name:
        people.rename(tx, person, announced.name)
    if announced.chat is not None and before.linked_at is None and before.chat != announced.chat:
        check_may_link(chats.claimed(tx, announced.chat), person)
        people.reach(tx, person, announced.chat)
    return person


def settle_workspace(tx: Transaction, business_id: str, team: str, now: datetime) -> None:
    """
    Let a chat workspace be used for an organisation, by the word of an operator.

    Raises:
        OrganisationUnknown: nobody knows it.
    """
    found = organisations.of_business_id(tx, business_id)
    if found is None:
        raise OrganisationUnknown
    workspaces.bind(tx, team, found[0].id, None, now)


def settle_member(tx: Transaction, business_id: str, person: PersonId, *, main_user: bool) -> bool:
    """
    Let *person* belong to an organisation; whether that is new.

    Raises:
        OrganisationUnknown: nobody knows it.
    """
    found = organisations.of_business_id(tx, business_id)
    if found is None:
        raise OrganisationUnknown
    organisation = found[0].id
    before = organisations.membership(tx, organisation, person)
    if before is main_user:
        return False
    organisations.put_member(tx, organisation, person, main_user=main_user, new=before is None)
    tx.publish(MemberAdded(organisation=organisation, person=person, main_user=main_user))
    return True


def _take_in(tx: Transaction, entry: RegisterEntry, fetched_at: datetime) -> str:
    found = organisations.of_business_id(tx, entry.business_id)
    if found is None:
        an_id, kind, by_operator = OrganisationId(uuid4()), entry.kind, False
    else:
        before, by_operator = found
        if before.fetched_at is not None and before.fetched_at > fetched_at:
            return SAME
        an_id, kind = before.id, before.kind if by_operator else entry.kind
    after = OrganisationView(
        id=an_id,
        business_id=entry.business_id,
        oid=entry.oid,
        name=entry.name,
        kind=kind,
        state=entry.state,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        fetched_at=fetched_at,
    )
    if found is not None and found[0] == after:
        return SAME
    _write(tx, after, kind_by_operator=by_operator, new=found is None)
    return NEW if found is None else CHANGED


def _write(
    tx: Transaction, organisation: OrganisationView, *, kind_by_operator: bool, new: bool
) -> OrganisationView:
    organisations.put(tx, organisation, kind_by_operator=kind_by_operator, new=new)
    tx.publish(OrganisationChanged(organisation=organisation))
    return organisation


def _unregistered(business_id: str, kind: OrganisationKind, name: str) -> OrganisationView:
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
    )
