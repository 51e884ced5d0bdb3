"""What identity is asked, and told to do."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.base import (
    Command,
    Done,
    Language,
    OrganisationId,
    PersonId,
    Proof,
    Request,
)
from shared.contracts.identity.views import (
    ActorToken,
    Affiliations,
    ChatAccount,
    ChatIdentity,
    IdentificationLink,
    Intent,
    Links,
    Mandates,
    Organisations,
    People,
    RefusedLogins,
    SigningKeys,
    Workspaces,
    WorkspaceView,
)


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


class UnlinkChatAccount(Command[Done]):
    """Let *chat*, which is linked to me, act for me no more. Refuses ChatAccountNotLinked."""

    subject: ClassVar[str] = "rpc.identity.v1.chat_account.unlink"

    chat: ChatAccount


class UnlinkColleague(Command[Done]):
    """
    Let *chat* act no more for a colleague of mine in *organisation*, of which I am a main user.

    Refuses NotAllowed, ChatAccountNotLinked, IdentificationTooOld.
    """

    subject: ClassVar[str] = "rpc.identity.v1.colleague.unlink"
    fresh_identification: ClassVar[bool] = True

    organisation: OrganisationId
    chat: ChatAccount


class SuspendChatAccount(Command[Done]):
    """Let *chat*, which was closed, act for nobody until its person identifies anew. Twice is once."""

    subject: ClassVar[str] = "rpc.identity.v1.chat_account.suspend"
    proof: ClassVar[Proof] = Proof.PROGRAM

    chat: ChatAccount


class ListLinks(Request[Links]):
    """Every chat account that is linked to *person*, for an operator."""

    subject: ClassVar[str] = "rpc.identity.v1.links.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    person: PersonId


class EndLink(Command[Links]):
    """Let *chat* act for *person* no more, as an operator; the links left. Refuses ChatAccountNotLinked."""

    subject: ClassVar[str] = "rpc.identity.v1.link.end"
    proof: ClassVar[Proof] = Proof.PROGRAM

    person: PersonId
    chat: ChatAccount


class EndSessions(Command[Links]):
    """Let no account act for *person* until they identify anew in each, as an operator; their links."""

    subject: ClassVar[str] = "rpc.identity.v1.sessions.end"
    proof: ClassVar[Proof] = Proof.PROGRAM

    person: PersonId


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
    """People whose id, chat user id, Katso ID or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.people.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class FindOrganisations(Request[Organisations]):
    """Organisations whose id, business ID, OID or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.organisations.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class ListMandates(Request[Mandates]):
    """What Suomi.fi vouches for about *person*, organisation by organisation, what is over included."""

    subject: ClassVar[str] = "rpc.identity.v1.mandates.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    person: PersonId


class ListRefusedLogins(Request[RefusedLogins]):
    """Which logins were refused after *since*, for an operator? At most 200, the latest first."""

    subject: ClassVar[str] = "rpc.identity.v1.refused_logins.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    since: datetime


class DescribeWorkspace(Request[WorkspaceView]):
    """For which organisations may this chat workspace be used? For none, if nobody knows it."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(max_length=40)


class ListWorkspaces(Request[Workspaces]):
    """Every chat workspace that is used for an organisation, for an operator. At most 500."""

    subject: ClassVar[str] = "rpc.identity.v1.workspaces.list"
    proof: ClassVar[Proof] = Proof.PROGRAM


class BindWorkspace(Command[WorkspaceView]):
    """Let a chat workspace be used for *organisation*, as an operator. Refuses OrganisationUnknown."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.bind"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId


class UnbindWorkspace(Command[WorkspaceView]):
    """Let a chat workspace be used for *organisation* no more, as an operator."""

    subject: ClassVar[str] = "rpc.identity.v1.workspace.unbind"
    proof: ClassVar[Proof] = Proof.PROGRAM

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId


class ClaimWorkspace(Command[WorkspaceView]):
    """
    Let the chat workspace that I write from be used for my organisation.

    For a main user of it whose account in that workspace is linked to them. Refuses NotAllowed,
    IdentificationTooOld, IdentificationTooWeak.
    """

    subject: ClassVar[str] = "rpc.identity.v1.workspace.claim"
    fresh_identification: ClassVar[bool] = True

    team: str = Field(min_length=1, max_length=40)
    organisation: OrganisationId


class GetAffiliations(Request[Affiliations]):
    """The asker's organisations, and where the asker is a main user."""

    subject: ClassVar[str] = "rpc.identity.v1.affiliations.get"


class SearchPeople(Request[People]):
    """People of *organisation* whose name holds *text*, for a main user of it. At most 100, by name."""

    subject: ClassVar[str] = "rpc.identity.v1.people.search"

    organisation: OrganisationId
    text: str = Field(default="", max_length=200)
