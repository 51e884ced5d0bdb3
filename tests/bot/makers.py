"""People, organisations and grants for the bot's tests."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from shared.contracts.base import (
    Language,
    OrganisationId,
    PersonId,
)
from shared.contracts.identity import (
    ChatAccount,
    OrganisationKind,
    OrganisationView,
    PersonView,
    RegisterState,
)
from shared.contracts.roles import (
    GrantId,
    GrantStatus,
    GrantView,
    Phase,
    Role,
    RoleText,
)

TEAM = "T0TOWN"
NOW = datetime.now(UTC)


def role_text(role: Role, language: Language, words: str = "What the role means.") -> RoleText:
    title = f"{role.value.replace('_', ' ')} ({language})"
    digest = hashlib.sha256(f"{title}\n{words}".encode()).hexdigest()
    return RoleText(role=role, language=language, version=1, title=title, text=words, sha256=digest)


def an_organisation(name: str = "Terveystalo Testi Oy") -> OrganisationView:
    return OrganisationView(
        id=OrganisationId(uuid4()),
        business_id="1234567-1",
        oid=None,
        name=name,
        kind=OrganisationKind.COMPANY,
        state=RegisterState.ACTIVE,
        valid_from=None,
        valid_until=None,
        fetched_at=NOW,
    )


def a_person(name: str, user: str | None, language: Language = "en", *, linked: bool = True) -> PersonView:
    return PersonView(
        id=PersonId(uuid4()),
        name=name,
        language=language,
        chat=ChatAccount(team=TEAM, user=user) if user else None,
        linked_at=NOW if user and linked else None,
        identified_at=NOW if user and linked else None,
    )


def a_grant(organisation: OrganisationView, holder: PersonView, by: PersonView, **more: Any) -> GrantView:
    given: dict[str, Any] = {
        "id": GrantId(uuid4()),
        "organisation": organisation.id,
        "holder": holder.id,
        "role": Role.ARCHIVE_KEEPER,
        "granted_by": by.id,
        "offered_at": NOW,
        "offer_ends_at": NOW + timedelta(days=14),
        "valid_until": (NOW + timedelta(days=365)).date(),
        "inducted_by": by.id,
        "status": GrantStatus.OFFERED,
        "phase": Phase.WAITING,
        "version": 1,
    }
    return GrantView(**(given | more))
