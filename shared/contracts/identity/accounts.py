"""What identity is asked, and told to do, about chat accounts and whoever acts by them."""

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
    ChatAccount,
    ChatIdentity,
    IdentificationLink,
    Intent,
    LinkedAccounts,
    Links,
    SigningKeys,
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


class ListLinkedAccounts(Request[LinkedAccounts]):
    """
    The chat accounts that are linked to somebody, also those that may not act, in the order of their ids.

    At most 500, beginning after *after*; none if that was the last.
    """

    subject: ClassVar[str] = "rpc.identity.v1.linked_accounts.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    after: ChatAccount | None = None


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
