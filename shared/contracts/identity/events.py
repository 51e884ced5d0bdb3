"""What identity announces."""

from datetime import datetime
from typing import ClassVar

from shared.contracts.assurance import Level
from shared.contracts.base import (
    Event,
    Language,
    OrganisationId,
    PersonId,
)
from shared.contracts.identity.views import ChatAccount, Intent, LinkEnd, MandateView, OrganisationView


class OrganisationChanged(Event):
    """An organisation came to be known, or the register says something new of it."""

    subject: ClassVar[str] = "event.identity.v1.organisation.changed"

    organisation: OrganisationView


class MemberAdded(Event):
    """
    A person came to belong to an organisation, or became (or ceased to be) its main user.

    Roles decides who is a main user once people answer there: what it decided is told *by_role*, and is no
    news to it. *until* says when that ends by itself.
    """

    subject: ClassVar[str] = "event.identity.v1.member.added"

    organisation: OrganisationId
    person: PersonId
    main_user: bool
    by_role: bool = False
    until: datetime | None = None


class PersonIdentified(Event):
    """
    A person identified by *method* (the provider's acr), and may go on with *intent*.

    *level* is how sure the method is; facts of long ago do not tell.

    The chat account is the one from which the identification was begun; it is linked to the person.
    """

    subject: ClassVar[str] = "event.identity.v1.person.identified"

    person: PersonId
    identified_at: datetime
    method: str
    chat: ChatAccount
    linked_at: datetime
    intent: Intent
    level: Level | None = None


class ChatAccountUnlinked(Event):
    """
    A chat account may act for *person* no more; *why* says whether that is for good.

    Whatever was signed for the person before this fact counts no more. *linked_at* is since when another
    account of theirs may act; it is empty if none may. *by* is the person who did it, if a person did.
    """

    subject: ClassVar[str] = "event.identity.v1.chat_account.unlinked"

    person: PersonId
    chat: ChatAccount
    why: LinkEnd
    linked_at: datetime | None
    by: PersonId | None = None


class WorkspaceBound(Event):
    """
    A chat workspace may be used for *organisation* from now on: what concerns it may be shown there.

    *by* is the main user who said so, nobody if an operator did. *linked* are accounts of its people that
    were linked there before, at most 100: to them it is news that they would not look for.
    """

    subject: ClassVar[str] = "event.identity.v1.workspace.bound"

    team: str
    organisation: OrganisationId
    by: PersonId | None = None
    linked: tuple[ChatAccount, ...] = ()


class LanguageSet(Event):
    """A person chose a language."""

    subject: ClassVar[str] = "event.identity.v1.language.was_set"

    person: PersonId
    language: Language


class MandateChanged(Event):
    """Suomi.fi said something new of a person and an organisation, or said it again and it holds longer."""

    subject: ClassVar[str] = "event.identity.v1.mandate.changed"

    person: PersonId
    mandate: MandateView
