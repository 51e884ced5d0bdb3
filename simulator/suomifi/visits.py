"""Visits: what was opened for whom, what they chose, and the codes and tokens that came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from simulator.suomifi.census import Census, Client, Organisation, Person

VISIT_LASTS = timedelta(minutes=30)
CODE_LASTS = timedelta(minutes=1)
TOKEN_SECONDS = 599


@dataclass(slots=True)
class Visit:
    """Somebody's visit for *client*. *id* is the client's word for it, *user* the browser's."""

    client: Client
    person: Person = field(repr=False)
    for_people: bool
    until: datetime
    id: str = field(default_factory=lambda: str(uuid4()))
    user: str = field(default_factory=lambda: str(uuid4()))
    chosen: tuple[str, ...] | None = field(default=None, repr=False)


@dataclass(slots=True)
class _Code:
    visit: Visit
    redirect_uri: str
    until: datetime
    token: str = ""


@dataclass(slots=True)
class _Token:
    visit: Visit
    until: datetime


@dataclass(slots=True)
class Visits:
    """All visits that are open, by *now*."""

    census: Census
    now: Callable[[], datetime]
    _visits: dict[str, Visit] = field(default_factory=dict)
    _codes: dict[str, _Code] = field(default_factory=dict)
    _tokens: dict[str, _Token] = field(default_factory=dict)
    _handed: dict[str, Visit] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._visits)

    def open(self, client: Client, person: Person, *, for_people: bool) -> Visit:
        visit = Visit(client, person, for_people, self.now() + VISIT_LASTS)
        self._visits[visit.id] = visit
        return visit

    def find(self, visit_id: str, client: Client) -> Visit | None:
        """The client's own visit, unless it is over."""
        visit = self._visits.get(visit_id)
        return visit if visit and visit.client == client and self.now() < visit.until else None

    def hand_over(self, visit: Visit) -> str:
        """A word with which another service goes on with *visit*."""
        word = str(uuid4())
        self._handed[word] = visit
        return word

    def take_over(self, word: str, client: Client, code: str) -> Visit | None:
        """A visit of the same person for *client*, with what they chose; a word is good once."""
        handed = self._handed.get(word)
        if handed is None or handed.person.code != code or self.now() >= handed.until:
            return None
        del self._handed[word]
        visit = self.open(client, handed.person, for_people=handed.for_people)
        visit.chosen = handed.chosen
        return visit

    def of_browser(self, user: str) -> Visit | None:
        """The visit that a browser came for, unless it is over."""
        found = (one for one in self._visits.values() if one.user == user and self.now() < one.until)
        return next(found, None)

    def choices(self, visit: Visit) -> list[tuple[str, str]]:
        """What there is to choose from: keys, and the names that people read."""
        if visit.for_people:
            return [(code, self.census.people[code].name) for code in visit.person.acts_for]
        return [
            (one.business_id, one.name)
            for one in map(self._organisation, visit.person.holds)
            if self.codes(visit, one)
        ]

    def codes(self, visit: Visit, organisation: Organisation) -> list[str]:
        """What the client is told that the person holds in *organisation*."""
        held = visit.person.holds.get(organisation.business_id, ())
        return [code for code in held if code in visit.client.codes]

    def choose(self, visit: Visit, keys: list[str], redirect_uri: str) -> str:
        """Note for whom they act; give the code that the browser takes back, for once and this address."""
        visit.chosen = tuple(keys)
        code = str(uuid4())
        self._codes[code] = _Code(visit, redirect_uri, self.now() + CODE_LASTS)
        return code

    def exchange(self, code: str, client: Client, redirect_uri: str) -> str | None:
        """The token for *code*; nothing, if it is not this client's, not for this address, old or used."""
        found = self._codes.get(code)
        if found is None or found.visit.client != client or found.redirect_uri != redirect_uri:
            return None
        if found.token:
            # Used twice it may have been stolen: what it gave is taken back (RFC 6749, 4.1.2).
            self._tokens.pop(found.token, None)
            return None
        if self.now() >= found.until or found.visit.id not in self._visits:
            return None
        found.token = str(uuid4())
        self._tokens[found.token] = _Token(found.visit, self.now() + timedelta(seconds=TOKEN_SECONDS))
        return found.token

    def bears(self, token: str, visit: Visit) -> bool:
        """Whether *token* is for *visit*, and still good."""
        found = self._tokens.get(token)
        return found is not None and found.visit is visit and self.now() < found.until

    def close(self, visit: Visit) -> None:
        del self._visits[visit.id]

    def _organisation(self, business_id: str) -> Organisation:
        return self.census.organisations[business_id]

    def new_word(self) -> str:
        """A word for something that is never asked for again."""
        return str(uuid4())
