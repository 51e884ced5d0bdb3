"""The grammar: a Request awaits a Reply, a Command acts once, an Event states a fact, a Refusal says no."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Generic, Literal, NewType, TypeVar, cast
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, JsonValue

PersonId = NewType("PersonId", UUID)
OrganisationId = NewType("OrganisationId", UUID)
Language = Literal["fi", "sv", "en"]

PATIENCE = timedelta(seconds=10)


class Proof(StrEnum):
    """What a caller must show besides the account that it connects with."""

    PROGRAM = "program"
    PERSON = "person"
    ACT = "act"


class Message(BaseModel):
    """Immutable, and tolerant of fields a newer sender may add."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


ReplyT = TypeVar("ReplyT", bound=Message)


class Request(Message, Generic[ReplyT]):
    """A question with one subject and one type of answer."""

    subject: ClassVar[str]
    reply_type: ClassVar[type[Message]]
    proof: ClassVar[Proof] = Proof.PERSON

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        for base in cls.__mro__[1:]:
            if args := getattr(base, "__pydantic_generic_metadata__", {}).get("args"):
                cls.reply_type = cast("type[Message]", args[0])
                return

    @classmethod
    def service(cls) -> str:
        """The service that answers: the second word of the subject."""
        return cls.subject.split(".")[1]


class Command(Request[ReplyT], Generic[ReplyT]):
    """
    A request that changes something, and does so once however often it is sent.

    *request_id* names the wish: sent again, the first answer comes back and nothing more happens.
    After *deadline* (a moment with a time zone) the wish is void, so that a request which waited in
    some buffer cannot act when its sender has long gone on.
    """

    proof: ClassVar[Proof] = Proof.ACT
    fresh_identification: ClassVar[bool] = False

    request_id: UUID = Field(default_factory=uuid4)
    deadline: datetime = Field(default_factory=lambda: datetime.now(UTC) + PATIENCE)


class Event(Message):
    """
    A fact, named in the past tense and never taken back.

    *revision* counts the facts of one service without gaps, in the order in which they were committed;
    it is 0 until the fact is written down.
    """

    subject: ClassVar[str]
    known: ClassVar[dict[str, type["Event"]]] = {}

    event_id: UUID = Field(default_factory=uuid4)
    occurred_at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    revision: int = 0

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        if subject := getattr(cls, "subject", None):
            Event.known[subject] = cls


class Done(Message):
    """Nothing more to say than that it was done."""


class Refusal(Exception):
    """
    An expected *no*: raised in a domain, caught under the same name by the caller.

    It carries parameters and no sentence: sentences are said by the face that the person looks at,
    in the person's language.
    """

    code: ClassVar[str]
    known: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init__(self, **parameters: JsonValue) -> None:
        super().__init__(self.code)
        self.parameters = parameters

    def __init_subclass__(cls) -> None:
        if Refusal.known.setdefault(cls.code, cls) is not cls:
            raise TypeError(f"two refusals share the code {cls.code!r}")


class NotAllowed(Refusal):
    """The person asking may not do this."""

    code = "base.not_allowed"


class Malformed(Refusal):
    """The message does not match its contract. *fields* names those that don't."""

    code = "base.malformed"


class MessageTooLarge(Refusal):
    """The message is over *limit* bytes."""

    code = "base.message_too_large"


class DeadlinePassed(Refusal):
    """The command came after its deadline; nothing was done."""

    code = "base.deadline_passed"


class RequestIdReused(Refusal):
    """Another command has been sent under this request id."""

    code = "base.request_id_reused"


class ActorNotProved(Refusal):
    """The actor token is missing, wrong, stale or meant for something else. *why* is a stable word."""

    code = "base.actor_not_proved"


class IdentificationTooOld(Refusal):
    """This act wants a strong identification of at most *minutes* minutes ago."""

    code = "base.identification_too_old"


class IdentificationTooWeak(Refusal):
    """This act wants an identification that is surer: at the level *least*, or above."""

    code = "base.identification_too_weak"


class TextTooLong(Refusal):
    """A text of *field* is over *limit* characters."""

    code = "base.text_too_long"


class Unavailable(Exception):
    """
    Nobody answered: the service is down, slow, or broken.

    Whether the request took effect is unknown; sent again under the same id it acts once.
    """

    def __init__(self, subject: str, reference: str | None = None) -> None:
        super().__init__(subject, reference)
        self.subject = subject
        self.reference = reference
