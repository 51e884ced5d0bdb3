"""Who hears about what, how soon, and in which sentence: one table, and the rule that reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.base import PersonId


class Fact(StrEnum):
    """What can be told of a grant: what people decided, and what time does."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    RELINQUISHED = "relinquished"
    UNANSWERED = "unanswered"
    LAPSING = "lapsing"
    LAPSED = "lapsed"
    ENDING = "ending"
    ENDING_SOON = "ending_soon"
    EXPIRED = "expired"
    HANGS_ON_ONE = "hangs_on_one"
    HELD_BY_NOBODY = "held_by_nobody"
    HOLDER_LEFT = "holder_left"


class Part(StrEnum):
    """The place of somebody who hears: it is about them, they granted it, or another main user did."""

    HOLDER = "holder"
    GRANTER = "granter"
    COLLEAGUE = "colleague"


class Urgency(StrEnum):
    """*Now* is a message at once outside quiet hours; *home* means that nothing is sent."""

    NOW = "now"
    DIGEST = "digest"
    HOME = "home"


class Kind(StrEnum):
    """What a person may set their own urgency for. Offers made to them always come as a card."""

    OFFERS = "offers"
    ROLES = "roles"
    ANSWERS = "answers"
    COLLEAGUES = "colleagues"
    ENDINGS = "endings"


CHOOSABLE = (Kind.ROLES, Kind.ANSWERS, Kind.COLLEAGUES, Kind.ENDINGS)


@dataclass(frozen=True, slots=True)
class Hears:
    """What one part hears of a fact, unless they chose otherwise for its kind."""

    kind: Kind
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Circle:
    """The people around a grant; *actor* is who brought the fact about, and need not be told of it."""

    holder: PersonId
    granter: PersonId
    main_users: tuple[PersonId, ...]
    actor: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who hears of a fact, and the word of the sentence that they read."""

    person: PersonId
    part: Part
    kind: Kind
    urgency: Urgency
    word: str


Choices = Mapping[PersonId, Mapping[Kind, Urgency]]

_NOW, _DIGEST, _HOME = Urgency.NOW, Urgency.DIGEST, Urgency.HOME
_OFFER = Hears(Kind.OFFERS, _NOW)
_MINE = Hears(Kind.ROLES, _NOW)
_MINE_LATER = Hears(Kind.ROLES, _DIGEST)
_ANSWER = Hears(Kind.ANSWERS, _NOW)
_TELL = Hears(Kind.COLLEAGUES, _DIGEST)
_SHOW = Hears(Kind.COLLEAGUES, _HOME)
_END = Hears(Kind.ENDINGS, _DIGEST)
_END_NOW = Hears(Kind.ENDINGS, _NOW)
_NO = None

TABLE: Mapping[Fact, tuple[Hears | None, Hears | None, Hears | None]] = {
    #                     the holder    who granted  other main users
    Fact.OFFERED:        (_OFFER,       _ANSWER,     _TELL),
    Fact.ACCEPTED:       (_NO,          _ANSWER,     _TELL),
    Fact.DECLINED:       (_NO,          _ANSWER,     _TELL),
    Fact.WITHDRAWN:      (_MINE,        _ANSWER,     _SHOW),
    Fact.REVOKED:        (_MINE,        _ANSWER,     _TELL),
    Fact.RELINQUISHED:   (_NO,          _ANSWER,     _TELL),
    Fact.UNANSWERED:     (_OFFER,       _NO,         _NO),
    Fact.LAPSING:        (_OFFER,       _END,        _NO),
    Fact.LAPSED:         (_MINE_LATER,  _ANSWER,     _SHOW),
    Fact.ENDING:         (_MINE_LATER,  _END,        _SHOW),
    Fact.ENDING_SOON:    (_MINE,        _END_NOW,    _END),
    Fact.EXPIRED:        (_MINE_LATER,  _END,        _SHOW),
    Fact.HANGS_ON_ONE:   (_NO,          _END,        _END),
    Fact.HELD_BY_NOBODY: (_NO,          _END,        _END),
    Fact.HOLDER_LEFT:    (_NO,          _END_NOW,    _END),
}  # fmt: skip


def audience(fact: Fact, circle: Circle, choices: Choices | None = None) -> tuple[Hearer, ...]:
    """
    Everybody who hears of *fact*, each once; who acted is left out.

    If who granted is no main user any more, every main user takes their part: somebody has to hear.
    *choices* are people's own urgencies by kind.
    """
    holder, granter, colleague = TABLE[fact]
    granters = [circle.granter] if circle.granter in circle.main_users else [*circle.main_users]
    parts: dict[PersonId, tuple[Part, Hears | None]] = {circle.holder: (Part.HOLDER, holder)}
    for person in granters:
        if person != circle.holder or holder is None:
            parts[person] = (Part.GRANTER, granter)
    for person in circle.main_users:
        parts.setdefault(person, (Part.COLLEAGUE, colleague))
    found = []
    for person, (part, hears) in parts.items():
        if hears is None or person == circle.actor:
            continue
        chosen = (choices or {}).get(person, {}).get(hears.kind, hears.urgency)
        urgency = chosen if hears.kind in CHOOSABLE else hears.urgency
        reader = "holder" if part is Part.HOLDER else "main_user"
        found.append(Hearer(person, part, hears.kind, urgency, f"{fact}_{reader}"))
    return tuple(found)
