"""What Suomi.fi answers, read once and strictly; whatever is missing counts against the person."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, TypeAdapter, ValidationError

from services.identity.domain.codes import business_id
from services.identity.domain.mandates import Vouched
from shared.contracts.identity import BusinessIdInvalid, MandatesNotAnswered

T = TypeVar("T")

Word = Annotated[str, Field(min_length=1, max_length=500)]
Secret = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$")]


class _Answer(BaseModel):
    # What cannot be read is not repeated: it may hold a personal code.
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class _Session(_Answer):
    sessionId: Secret  # noqa: N815  # as it is on the wire
    userId: Secret  # noqa: N815  # as it is on the wire


class _Token(_Answer):
    access_token: Secret
    token_type: str


class _Organisation(_Answer):
    name: Annotated[str, Field(max_length=300)] = ""
    identifier: Word
    # Left out it is no promise, so it does not count as one.
    complete: StrictBool = False
    roles: tuple[Word, ...] = ()


class _Principal(_Answer):
    personId: Word  # noqa: N815  # as it is on the wire
    name: str = ""


class _Verdict(_Answer):
    result: Literal["ALLOWED", "DISALLOWED"]


class _Themes(_Answer):
    roles: tuple[Word, ...]


_SESSION = TypeAdapter(_Session)
_TOKEN = TypeAdapter(_Token)
_ORGANISATIONS = TypeAdapter(list[_Organisation])
_PRINCIPALS = TypeAdapter(list[_Principal])
_VERDICT = TypeAdapter(_Verdict)
_THEMES = TypeAdapter(_Themes)


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's visit at Suomi.fi: *id* is for us, *user* for the browser."""

    id: str = field(repr=False)
    user: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Principal:
    """A person for whom another acts."""

    code: str = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Organisations:
    """All organisations of an answer; *odd* counts those whose business ID is none of Finland's."""

    vouched: tuple[Vouched, ...]
    odd: int = 0


def session(answer: object) -> Session:
    """The visit that was opened."""
    read = _read(_SESSION, answer)
    if read.sessionId == read.userId:
        # The browser carries the second one, and must not learn the first.
        raise MandatesNotAnswered(why="unreadable")
    return Session(id=read.sessionId, user=read.userId)


def token(answer: object) -> str:
    """The access token."""
    read = _read(_TOKEN, answer)
    if read.token_type.lower() != "bearer":
        raise MandatesNotAnswered(why="unreadable")
    return read.access_token


def organisations(answer: object) -> Organisations:
    """Every organisation and every role of it; one that is named twice is complete if both say so."""
    found: dict[str, Vouched] = {}
    odd = 0
    for one in _read(_ORGANISATIONS, answer):
        try:
            theirs = business_id(one.identifier)
        except BusinessIdInvalid:
            odd += 1
            continue
        codes, complete = frozenset(one.roles), one.complete
        if (before := found.get(theirs)) is not None:
            codes, complete = codes | before.codes, complete and before.complete
        found[theirs] = Vouched(business_id=theirs, name=one.name, complete=complete, codes=codes)
    return Organisations(tuple(found.values()), odd)


def principals(answer: object) -> tuple[Principal, ...]:
    """The people for whom somebody may act."""
    return tuple(Principal(one.personId, one.name) for one in _read(_PRINCIPALS, answer))


def allowed(answer: object) -> bool:
    """Whether somebody may act for a person in the matters that were asked about."""
    return _read(_VERDICT, answer).result == "ALLOWED"


def themes(answer: object) -> tuple[str, ...]:
    """The matters in which somebody may act for a person."""
    return _read(_THEMES, answer).roles


def _read(kind: TypeAdapter[T], answer: object) -> T:
    try:
        return kind.validate_python(answer)
    except ValidationError:
        pass
    # Raised out here, so that nothing of what was answered hangs on to the refusal.
    raise MandatesNotAnswered(why="unreadable")
