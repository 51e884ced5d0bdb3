"""What identity answers and announces: people, organisations, chat accounts, proof of who acts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.base import (
    Command,
    Done,
    Event,
    Language,
    Message,
    OrganisationId,
    PersonId,
    Proof,
    Refusal,
    Request,
)


class OrganisationKind(StrEnum):
    """How an organisation proves its right to act differs by these."""

    COMPANY = "company"
    SELF_EMPLOYED = "self_employed"
    PHARMACY = "pharmacy"
    PUBLIC = "public"
    FOUNDATION = "foundation"
    ASSOCIATION = "association"
    VENDOR = "vendor"


class RegisterState(StrEnum):
    """What the national register says of an organisation; *absent* means that it says nothing."""

    ACTIVE = "active"
    PROPOSAL = "proposal"
    DELETED = "deleted"
    ABSENT = "absent"


class ChatAccount(Message):
    """An account of a chat workspace. Proves nothing until it is linked to a person."""

    team: str = Field(max_length=40)
    user: str = Field(max_length=40)


class OrganisationView(Message):
    """
    An organisation, as the register knew it at *fetched_at*.

    *oid* is that of the whole provider; *valid_from* and *valid_until* are Finnish dates, both included.
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


class ChatIdentity(Message):
    """
    Who is behind a chat account: nobody we know, somebody it was announced for, or somebody linked to it.

    *language* is the account's own setting, if one was made.
    """

    person: PersonView | None
    linked: bool
    language: Language | None


class People(Message):
    people: tuple[PersonView, ...]


class Organisations(Message):
    organisations: tuple[OrganisationView, ...]


class Affiliation(Message):
    """A person's place in an organisation."""

    organisation: OrganisationView
    main_user: bool


class Affiliations(Message):
    affiliations: tuple[Affiliation, ...]


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


class ImportReport(Message):
    """What came of a page of the register: counts, and the entries refused with a stable code each."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[tuple[str, str], ...]


# --- asked by programs -----------------------------------------------------------------------------


class GetSigningKeys(Request[SigningKeys]):
    """Which keys sign actor tokens just now?"""

    subject: ClassVar[str] = "rpc.identity.v1.signing_keys.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class GetChatIdentity(Request[ChatIdentity]):
    """Who is behind this chat account?"""

    subject: ClassVar[str] = "rpc.identity.v1.chat_identity.get"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount


class MintReadToken(Request[ActorToken]):
    """Let the person linked to *chat* read. Refuses ChatAccountNotLinked."""

    subject: ClassVar[str] = "rpc.identity.v1.actor_token.mint_for_reading"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount


class MintCommandToken(Request[ActorToken]):
    """
    Let the person linked to *chat* send one command, whose subject and body are bound into the token.

    *body_hash* is the URL-safe base64 of SHA-256(subject, a zero byte, body). Refuses ChatAccountNotLinked.
    """

    subject: ClassVar[str] = "rpc.identity.v1.actor_token.mint_for_command"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount
    command: str = Field(max_length=200)
    body_hash: str = Field(max_length=64)


class BeginIdentification(Command[IdentificationLink]):
    """Open the way to a strong identification of whoever uses *chat*, and remember what for."""

    subject: ClassVar[str] = "rpc.identity.v1.identification.begin"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount
    chat_name: str = Field(max_length=200)
    language: Language
    intent: Intent


class SetLanguage(Command[Done]):
    """Speak *language* to this chat account from now on, and to its person."""

    subject: ClassVar[str] = "rpc.identity.v1.language.set"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount
    language: Language


class DescribePeople(Request[People]):
    """Names, languages and addresses, to show and to reach. At most 100 ids; unknown ones are left out."""

    subject: ClassVar[str] = "rpc.identity.v1.people.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    ids: tuple[PersonId, ...] = Field(max_length=100)


class DescribeOrganisations(Request[Organisations]):
    """Names and register states. At most 100 ids; unknown ones are left out."""

    subject: ClassVar[str] = "rpc.identity.v1.organisations.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    ids: tuple[OrganisationId, ...] = Field(max_length=100)


class FindPeople(Request[People]):
    """People whose id, chat user id or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.people.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class FindOrganisations(Request[Organisations]):
    """Organisations whose id, business ID, OID or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.organisations.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class ImportRegisterPage(Command[ImportReport]):
    """
    Take in a page of the code server's organisation register (csapi JSON: a list of concept codes).

    *fetched_at* is when the page was read from the code server.
    """

    subject: ClassVar[str] = "rpc.identity.v1.register_page.import"
    proof: ClassVar[Proof] = Proof.PROGRAM

    concept_codes: tuple[dict[str, Any], ...] = Field(max_length=500)
    fetched_at: datetime


# --- asked on behalf of a person ---------------------------------------------------------------------


class GetAffiliations(Request[Affiliations]):
    """The asker's organisations, and where the asker is a main user."""

    subject: ClassVar[str] = "rpc.identity.v1.affiliations.get"


class SearchPeople(Request[People]):
    """People of *organisation* whose name holds *text*, for a main user of it. At most 100, by name."""

    subject: ClassVar[str] = "rpc.identity.v1.people.search"

    organisation: OrganisationId
    text: str = Field(default="", max_length=200)


# --- announced ---------------------------------------------------------------------------------------


class OrganisationChanged(Event):
    """An organisation came to be known, or the register says something new of it."""

    subject: ClassVar[str] = "event.identity.v1.organisation.changed"

    organisation: OrganisationView


class MemberAdded(Event):
    """A person came to belong to an organisation, or became (or ceased to be) its main user."""

    subject: ClassVar[str] = "event.identity.v1.member.added"

    organisation: OrganisationId
    person: PersonId
    main_user: bool


class PersonIdentified(Event):
    """
    A person identified strongly by *method* (the provider's acr), and may go on with *intent*.

    The chat account is the one from which the identification was begun; it is linked to the person.
    """

    subject: ClassVar[str] = "event.identity.v1.person.identified"

    person: PersonId
    identified_at: datetime
    method: str
    chat: ChatAccount
    linked_at: datetime
    intent: Intent


class LanguageSet(Event):
    """A person chose a language."""

    subject: ClassVar[str] = "event.identity.v1.language.was_set"

    person: PersonId
    language: Language


# --- refusals ----------------------------------------------------------------------------------------


class PersonUnknown(Refusal):
    """We know nobody by that."""

    code = "identity.person_unknown"


class OrganisationUnknown(Refusal):
    """We know no organisation by that."""

    code = "identity.organisation_unknown"


class ChatAccountNotLinked(Refusal):
    """The chat account is not linked to a person; a strong identification links it."""

    code = "identity.chat_account_not_linked"


class IdentificationLinkSpent(Refusal):
    """The login link was used already, or its time is over."""

    code = "identity.link_spent"


class IdentifiedAsSomebodyElse(Refusal):
    """The chat account belongs to another person than the one who identified."""

    code = "identity.somebody_else"


class IdentificationFailed(Refusal):
    """The identity provider did not confirm who the person is. *why* is a stable word."""

    code = "identity.identification_failed"


class BusinessIdInvalid(Refusal):
    """This is no Finnish business ID."""

    code = "identity.business_id_invalid"


class PersonalCodeInvalid(Refusal):
    """This is no Finnish personal identity code. The code itself is not repeated."""

    code = "identity.personal_code_invalid"


class RegisterEntryInvalid(Refusal):
    """An entry of the register cannot be read. *field* says where."""

    code = "identity.register_entry_invalid"
