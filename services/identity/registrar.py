"""Takes in what the operator says of organisations and people."""

from dataclasses import dataclass
from datetime import datetime

from services.identity.domain.identification import check_may_link
from services.identity.register import customers
from services.identity.storage import chats, organisations, people, workspaces
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import (
    ChatAccount,
    MemberAdded,
    OrganisationKind,
    OrganisationUnknown,
    OrganisationView,
    WorkspaceBound,
)
from shared.contracts.roles import PlaceChanged
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Somebody whom an operator announces, known by the digest of a personal identity code."""

    code_digest: str
    name: str
    language: Language
    chat: ChatAccount | None


def settle_kind(
    tx: Transaction, business_id: str, kind: OrganisationKind, name: str | None, now: datetime
) -> OrganisationView:
    """
    Note what an operator knows of an organisation: its kind, and its name if the register lacks it.

    Raises:
        OrganisationUnknown: the register has said nothing of it, and it was not named.
    """
    if customers.adopt(tx, business_id, now) is None:
        if name is None:
            raise OrganisationUnknown
        named = customers.unregistered(business_id, kind, name)
        return customers.write(tx, named, kind_by_operator=True, new=True)
    found = organisations.of_business_id(tx, business_id)
    if found is None:
        raise OrganisationUnknown
    before, by_operator = found
    if by_operator and before.kind is kind:
        return before
    after = before.model_copy(update={"kind": kind})
    after = after.model_copy(update={"keeper": customers.kept_by(tx, after, now)})
    return customers.write(tx, after, kind_by_operator=True, new=False)


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
    let_workspace(tx, team, customers.adopted(tx, business_id, now).id, None, now)


def let_workspace(
    tx: Transaction, team: str, organisation: OrganisationId, by: PersonId | None, now: datetime
) -> None:
    """Let a chat workspace be used for *organisation*, and announce it if it was not before."""
    if workspaces.bind(tx, team, organisation, by, now):
        linked = workspaces.linked(tx, team, organisation)
        tx.publish(WorkspaceBound(team=team, organisation=organisation, by=by, linked=linked))


def settle_member(
    tx: Transaction, business_id: str, person: PersonId, *, main_user: bool, now: datetime
) -> bool:
    """
    Let *person* belong to an organisation; whether that is new.

    A file makes main users and unmakes none: that is decided in roles, where one is always left. What was
    decided there is left alone: a file that is read again brings nobody back.

    Raises:
        OrganisationUnknown: nobody knows it.
    """
    organisation = customers.adopted(tx, business_id, now).id
    if organisations.is_decided_by_roles(tx, organisation, person):
        return False
    before = organisations.membership(tx, organisation, person, now)
    if before or before is main_user:
        return False
    organisations.put_member(tx, organisation, person, main_user=main_user)
    tx.publish(MemberAdded(organisation=organisation, person=person, main_user=main_user))
    return True


def take_in_place(tx: Transaction, decided: PlaceChanged) -> None:
    """
    Take over from roles who somebody is in an organisation, and announce it.

    Of organisations and people that we do not know nothing was asked: then there is nothing to keep.
    """
    known = organisations.describe(tx, (decided.organisation,)) and people.describe(tx, (decided.person,))
    if not known:
        return
    organisations.put_member(
        tx,
        decided.organisation,
        decided.person,
        main_user=decided.main_user,
        by_role=True,
        until=decided.until,
    )
    tx.publish(
        MemberAdded(
            organisation=decided.organisation,
            person=decided.person,
            main_user=decided.main_user,
            by_role=True,
            until=decided.until,
        )
    )
