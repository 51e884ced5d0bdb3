"""Takes an answer of Suomi.fi into the rows, and announces what it changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.identity.domain.mandates import Vouched, shown, take_in
from services.identity.domain.rights import RightsTable
from services.identity.register import customers
from services.identity.storage import mandates
from shared.contracts.base import PersonId
from shared.contracts.identity import MandateChanged
from shared.storage.transaction import Transaction


def take_in_answer(
    tx: Transaction,
    person: PersonId,
    answer: Iterable[Vouched],
    *,
    how: str,
    table: RightsTable,
    lifetime: timedelta,
    now: datetime,
) -> None:
    """
    Write down every organisation of *answer*.

    Organisations that are not in it stay as they were: the person may have chosen only some.
    """
    # Always in the same order, so that two answers about one person wait for each other and do not lock up.
    for vouched in sorted(answer, key=lambda one: one.business_id):
        before = mandates.lock(tx, person, vouched.business_id)
        proof = take_in(before, vouched, person=person, how=how, now=now, lifetime=lifetime)
        if proof is before:
            continue
        mandates.put(tx, proof)
        # Whom somebody acts for is a customer from now on, if a register has it.
        where = customers.adopt(tx, proof.business_id, now)
        mandate = shown(proof, where.id if where else None, table, now)
        tx.publish(MandateChanged(person=person, mandate=mandate))
