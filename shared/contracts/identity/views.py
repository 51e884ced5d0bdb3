"""What identity shows of what it knows."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field

from shared.contracts.assurance import Level
from shared.contracts.base import (
    Language,
    Message,
    OrganisationId,
    PersonId,
)
from shared.contracts.identity.register_views import RegisterKeeper, RegisterName, RegisterState


class OrganisationKind(StrEnum):
    """How an organisation proves its right to act differs by these."""

    COMPANY = "company"
    SELF_EMPLOYED = "self_employed"
    PHARMACY = "pharmacy"
    PUBLIC = "public"
    FOUNDATION = "foundation"
    ASSOCIATION = "association"
    VENDOR = "vendor"


class MandateRight(StrEnum):
    """What somebody may be, or do, in an organisation, because Suomi.fi vouches for them."""

    MAIN_USER = "main_user"
    ACT_FOR = "act_for"
    ADMINISTRATIVE_CONTACT = "administrative_contact"
    TECHNICAL_CONTACT = "technical_contact"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ARCHIVE_KEEPER = "archive_keeper"
    IMPLEMENTER = "implementer"
    READER = "reader"


class ChatAccount(Message):
    """An account of a chat workspace. Proves nothing until it is linked to a person."""

    team: str = Field(max_length=40)
    user: str = Field(max_length=40)


class OrganisationView(Message):
    """
    An organisation, as its register knew it at *fetched_at*; RegisterRead tells when that was read since.

    *oid* is that of the whole provider, or of a self-employed practitioner; *valid_from* and *valid_until*
    are Finnish dates, both included. *state_since* is when we first saw its state. *trouble* is a stable code
    if its entry is not believed, *keeper* where it is mended. *parent* is the OID that it hangs from, if it
    does; the other three tell of all that it hangs from, together.
    """

    id: OrganisationId
    business_id: str
    oid: str | None
    name: str
    kind: OrganisationKind
    state: RegisterState
    valid_from: date | None
    valid_until: date | None
    fetched_at: datetime | None
    state_since: datetime | None = None
    trouble: str = ""
    keeper: RegisterKeeper | None = None
    parent: str | None = None
    parent_state: RegisterState | None = None
    parent_valid_from: date | None = None
    parent_valid_until: date | None = None
    register_name: RegisterName = RegisterName.ORGANISATIONS


class PersonView(Message):
    """
    A person as colleagues see them. *chat* is where they are reached.

    *linked_at* is empty until they have linked that account while strongly identified.
    """

    id: PersonId
    name: str
    language: Language
    chat: ChatAccount | None
    linked_at: datetime | None
    identified_at: datetime | None


class WorkspaceView(Message):
    """
    A chat workspace, and the organisations that it may be used for.

    Of any other organisation nothing is shown or done in it, whoever asks there. *linked* counts its accounts
    that are linked to somebody, and may act.
    """

    team: str
    organisations: tuple[OrganisationView, ...]
    linked: int = 0


class Workspaces(Message):
    workspaces: tuple[WorkspaceView, ...]


class LinkEnd(StrEnum):
    """
    Why a chat account may act for its person no more.

    *removed* is for good. Of the others the link is kept, and waits for a new strong identification: the
    account was *closed* in chat, or an operator *signed_out* the person.
    """

    REMOVED = "removed"
    CLOSED = "closed"
    SIGNED_OUT = "signed_out"


class LinkView(Message):
    """
    A chat account and the person it is linked to, since *linked_at*.

    *waits* says why it may not act until they identify anew. *identified_at*, *method* (the provider's acr)
    and *level* are of their last strong identification.
    """

    chat: ChatAccount
    person: PersonId
    linked_at: datetime
    waits: LinkEnd | None
    identified_at: datetime | None
    method: str
    level: Level | None = None


class Links(Message):
    links: tuple[LinkView, ...]


class LinkedAccount(Message):
    """A chat account and the person it is linked to. *waits* says why it may not act, if it may not."""

    chat: ChatAccount
    person: PersonId
    waits: LinkEnd | None


class LinkedAccounts(Message):
    accounts: tuple[LinkedAccount, ...]


class ChatIdentity(Message):
    """
    Who is behind a chat account: nobody we know, somebody it was announced for, or somebody linked to it.

    *language* is the account's own setting, if one was made. *link* is there also while it may not act.
    """

    person: PersonView | None
    linked: bool
    language: Language | None
    link: LinkView | None = None


class People(Message):
    people: tuple[PersonView, ...]


class Organisations(Message):
    organisations: tuple[OrganisationView, ...]


class MandateView(Message):
    """
    What was proved at Suomi.fi of a person and an organisation, which we may not know.

    Unless it is *complete* and before *expires_at* it gives no *rights*; then it shows what was told.
    *codes* are Suomi.fi's own, *unknown_codes* those of them that our table says nothing of. Of the rights,
    *by_register* rest on positions in a register alone, *by_mandate* on a mandate.
    """

    organisation: OrganisationId | None
    business_id: str
    name: str
    complete: bool
    codes: tuple[str, ...]
    unknown_codes: tuple[str, ...]
    rights: tuple[MandateRight, ...]
    by_register: tuple[MandateRight, ...] = ()
    by_mandate: tuple[MandateRight, ...] = ()
    how: str
    proved_at: datetime
    expires_at: datetime


class Affiliation(Message):
    """A person's place in an organisation."""

    organisation: OrganisationView
    main_user: bool


class Affiliations(Message):
    """
    Where a person belongs; what Suomi.fi vouches for and still holds; *others* are of the mandates alone.
    """

    affiliations: tuple[Affiliation, ...]
    mandates: tuple[MandateView, ...] = ()
    others: tuple[OrganisationView, ...] = ()


class ActorToken(Message):
    """A signed statement of who acts; good for one command, or for reading, until *expires_at*."""

    token: str
    person: PersonId
    expires_at: datetime


class SigningKeys(Message):
    """Identity's public keys as a JWK set (RFC 7517)."""

    keys: tuple[dict[str, Any], ...]


class Intent(Message):
    """What the person was about to do when a strong identification was asked of them."""

    kind: str = Field(max_length=40)
    subject: UUID | None = None
    request_id: UUID
    details: dict[str, str] = Field(default_factory=dict)


class IdentificationLink(Message):
    """An address to open in a browser; works once, until *expires_at*."""

    url: str
    expires_at: datetime


class RefusedLogin(Message):
    """
    Logins that were refused within one minute for one reason: a *code*, and *why*, both stable words.

    *provider* is who was to vouch for the person; *attempt* is empty if what was shown led to none.
    """

    attempt: UUID | None
    provider: str
    code: str
    why: str
    first_at: datetime
    last_at: datetime
    times: int


class RefusedLogins(Message):
    logins: tuple[RefusedLogin, ...]


class Mandates(Message):
    mandates: tuple[MandateView, ...]
