"""Grants, actors and moments for tests of the roles service."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from services.roles.domain.catalogue import role_text
from services.roles.domain.grants import Grant
from services.roles.domain.main_users import named_at_first
from services.roles.domain.offering import offer
from shared.contracts.assurance import Level
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationKind, OrganisationView, RegisterState
from shared.contracts.roles import Acceptance, Role
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COUNTY = OrganisationId(uuid4())
PHARMACY = OrganisationId(uuid4())
MAIN, OTHER_MAIN, HOLDER, STRANGER = (PersonId(uuid4()) for _ in range(4))


def an_offer(**changes: Any) -> Grant:
    """An offer that breaks no rule, but for *changes*."""
    wish: dict[str, Any] = {
        "grant_id": uuid4(),
        "organisation": COUNTY,
        "holder": HOLDER,
        "role": Role.TECHNICAL_CONTACT.value,
        "valid_until": date(2027, 11, 24),
        "inducted": True,
        "by": MAIN,
        "by_is_main_user": True,
        "holder_is_member": True,
        "now": NOW,
    }
    return offer(**wish | changes)


def named(person: PersonId) -> Grant:
    """What an operator's first file makes of *person*."""
    return named_at_first(grant_id=uuid4(), organisation=COUNTY, person=person, now=NOW)


def an_acceptance(grant: Grant, *, at: datetime = NOW, text_hash: str | None = None) -> Acceptance:
    """What the holder of *grant* would show on accepting it at *at*."""
    text = role_text(grant.role, "fi")
    return Acceptance(
        accepted_at=at,
        text_version=text.version,
        text_hash=text_hash or text.sha256,
        language="fi",
        identified_at=at - timedelta(minutes=1),
        method="loa2",
        level=Level.SUBSTANTIAL,
    )


def accepted(grant: Grant, *, at: datetime = NOW) -> Grant:
    """*grant*, taken up by its holder."""
    text = role_text(grant.role, "fi")
    return grant.accept(an_acceptance(grant, at=at), by=grant.holder, current_text_hash=text.sha256)


def an_actor(person: PersonId, *, identified_at: datetime | None = NOW) -> Actor:
    """*person*, acting through the bot."""
    return Actor(
        caller=Account.BOT,
        person=person,
        identified_at=identified_at,
        method="loa2",
        level=Level.SUBSTANTIAL,
        token_id=uuid4().hex,
    )


def an_organisation(organisation: OrganisationId = COUNTY, **changes: Any) -> OrganisationView:
    """An organisation that is current in the register, but for *changes*."""
    view = OrganisationView(
        id=organisation,
        business_id="0828618-9",
        oid="1.2.246.10.8286189.10.0",
        name="Kaislan hyvinvointialue",
        kind=OrganisationKind.PUBLIC,
        state=RegisterState.ACTIVE,
        valid_from=date(2023, 1, 1),
        valid_until=None,
        fetched_at=NOW - timedelta(hours=1),
    )
    return view.model_copy(update=changes)
