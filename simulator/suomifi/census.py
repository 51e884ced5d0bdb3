"""Who is known here: clients, organisations, and what their people hold in them. Read from a YAML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

CENSUS = Path(__file__).parent / "town.yaml"


class CensusInvalid(ValueError):
    """The file cannot be used; the message says what is wrong, and repeats no personal code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An e-service. It is told of *codes* only; *several* says that people may choose more than one."""

    id: str
    api_key: str = field(repr=False)
    oauth_password: str = field(repr=False)
    rest_key: str = field(default="", repr=False)
    redirect_uris: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    several: bool = True

    @property
    def service(self) -> str:
        """The UUID of its service, which signed answers are made out to."""
        return str(uuid5(NAMESPACE_URL, f"https://suomi.fi/{self.id}"))


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by the name and business ID of the registers."""

    business_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, what they hold where, and for whom they act. Who is *refused* may act for nobody."""

    code: str = field(repr=False)
    name: str = field(repr=False)
    holds: Mapping[str, tuple[str, ...]]
    acts_for: Mapping[str, tuple[str, ...]]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Census:
    """Everybody and everything."""

    clients: Mapping[str, Client]
    organisations: Mapping[str, Organisation]
    people: Mapping[str, Person] = field(repr=False)

    def somebody(self, code: str) -> Person:
        """The person with this code; whoever is not in the file holds nothing."""
        return self.people.get(code) or Person(code=code, name="", holds={}, acts_for={})

    def returning_to(self, *addresses: str) -> "Census":
        """The same, where every client may have browsers sent back to *addresses* as well."""
        clients = {
            one.id: replace(one, redirect_uris=(*one.redirect_uris, *addresses))
            for one in self.clients.values()
        }
        return replace(self, clients=clients)


def read_census(path: Path) -> Census:
    """
    The census in the file at *path*.

    Raises:
        CensusInvalid: it cannot be used.
    """
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    organisations = {
        one["business_id"]: Organisation(one["business_id"], one["name"]) for one in content["organisations"]
    }
    clients = {one["id"]: _client(one) for one in content["clients"]}
    people = {one["personal_code"]: _person(one) for one in content["people"]}
    for number, one in enumerate(people.values(), start=1):
        if unknown := set(one.holds) - set(organisations):
            raise CensusInvalid(
                f"person {number} holds something in {', '.join(sorted(unknown))}, not listed"
            )
        if set(one.acts_for) - set(people):
            raise CensusInvalid(f"person {number} acts for somebody who is not listed")
    return Census(clients, organisations, people)


def _client(one: Mapping[str, Any]) -> Client:
    if len(one["id"]) != 8 or not one["id"].isalnum():
        raise CensusInvalid("a client's id is eight letters and digits")
    return Client(
        id=one["id"],
        api_key=one["api_key"],
        oauth_password=one["oauth_password"],
        rest_key=one.get("rest_key", ""),
        redirect_uris=tuple(one.get("redirect_uris", ())),
        codes=frozenset(one.get("codes", ())),
        several=one.get("several", True),
    )


def _person(one: Mapping[str, Any]) -> Person:
    holds = {place["business_id"]: tuple(place["codes"]) for place in one.get("organisations", ())}
    acts_for = {place["personal_code"]: tuple(place["themes"]) for place in one.get("people", ())}
    return Person(
        code=one["personal_code"],
        name=one["name"],
        holds=holds,
        acts_for=acts_for,
        refused=one.get("refused", False),
    )
