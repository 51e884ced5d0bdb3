"""Where an ID token keeps what it says of a person: each gateway in front of Suomi.fi has its own names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.identity.domain.vouching import IdentifierKind
from shared.contracts.identity import IdentificationFailed

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNames:
    """The claims in which each thing may be, in the order of preference."""

    code: tuple[str, ...]
    satu: tuple[str, ...] = ()
    eidas: tuple[str, ...] = ()
    katso: tuple[str, ...] = ()
    name: tuple[str, ...] = ("name",)
    given: tuple[str, ...] = ("given_name",)
    family: tuple[str, ...] = ("family_name",)


def identifier(claims: Mapping[str, Any], names: ClaimNames, *, katso: bool) -> tuple[str, IdentifierKind]:
    """
    What the person is known by: with *katso* by that and nothing else, else by the best that there is.

    Raises:
        IdentificationFailed: by nothing, or claims contradict each other (code_missing, code_ambiguous).
    """
    ways = (
        ((names.katso, IdentifierKind.KATSO),)
        if katso
        else (
            (names.code, IdentifierKind.PERSONAL_CODE),
            (names.satu, IdentifierKind.SATU),
            (names.eidas, IdentifierKind.EIDAS),
        )
    )
    for wanted, kind in ways:
        told = {value for name in wanted if (value := _text(claims.get(name)))}
        if len(told) > 1:
            raise IdentificationFailed(why="code_ambiguous")
        if told:
            return told.pop(), kind
    raise IdentificationFailed(why="code_missing")


def others(
    claims: Mapping[str, Any], names: ClaimNames, best: IdentifierKind
) -> tuple[tuple[IdentifierKind, str], ...]:
    """What else the person is known by than by what is the *best*; what contradicts itself is left out."""
    ways = ((IdentifierKind.SATU, names.satu), (IdentifierKind.EIDAS, names.eidas))
    found: list[tuple[IdentifierKind, str]] = []
    for kind, wanted in ways:
        told = {value for name in wanted if (value := _text(claims.get(name)))}
        if best not in (kind, IdentifierKind.KATSO) and len(told) == 1:
            found.append((kind, told.pop()))
    return tuple(found)


def full_name(claims: Mapping[str, Any], names: ClaimNames) -> str:
    """How the person is called, if it is told."""
    for name in names.name:
        if whole := _text(claims.get(name)):
            return whole[:LONGEST]
    parts = (_first(claims, names.given), _first(claims, names.family))
    return " ".join(part for part in parts if part)[:LONGEST]


def _first(claims: Mapping[str, Any], wanted: tuple[str, ...]) -> str:
    return next((text for name in wanted if (text := _text(claims.get(name)))), "")


def _text(value: object) -> str:
    """A text, or the only one of a list: a gateway may hand on an attribute of SAML as it came."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST else ""
