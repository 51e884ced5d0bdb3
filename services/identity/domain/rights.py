"""From Suomi.fi's codes to our rights: a table of rules, from a file that is believed whole or not at all."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Language
from shared.contracts.identity import MandateRight
from shared.contracts.tables import Sentence, Strict, TableInvalid, believed

# A position in a register, or the address of a theme.
CODE = re.compile(r"[A-ZÄÖ]{1,6}|https?://[a-z0-9.-]+/[A-Za-z0-9_./-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Whoever holds all that it *needs* has what it *gives*."""

    needs: frozenset[str]
    gives: frozenset[MandateRight]

    @property
    def by_mandate(self) -> bool:
        """Whether it takes a mandate; else positions in a register are enough."""
        return any("/" in code for code in self.needs)


@dataclass(frozen=True, slots=True)
class RightsTable:
    """
    All rules, and the codes that are known, with their names; some of those give nothing.

    There is no rule that takes a right away, so more mandates never mean fewer rights.
    """

    label: str
    names: Mapping[str, Mapping[Language, str]]
    rules: tuple[Rule, ...]

    def rights(self, codes: Iterable[str], *, by_mandate: bool | None = None) -> frozenset[MandateRight]:
        """What *codes* give, by every rule; or only by those that take a mandate, or take none."""
        held = frozenset(codes)
        given = (
            rule.gives for rule in self.rules if rule.needs <= held and by_mandate in (None, rule.by_mandate)
        )
        return frozenset().union(*given)

    def unknown(self, codes: Iterable[str]) -> frozenset[str]:
        """Those of *codes* that the table says nothing of: for an operator to look at, not to pass over."""
        return frozenset(codes) - frozenset(self.names)


class _Source(Strict):
    source: Sentence
    date: Sentence
    sure: Literal["read", "code", "default"]


class _Code(_Source):
    fi: Sentence
    sv: Sentence
    en: Sentence


class _Rule(_Source):
    needs: Annotated[tuple[str, ...], Field(min_length=1, max_length=10)]
    gives: Annotated[tuple[MandateRight, ...], Field(min_length=1)]


class _Table(Strict):
    label: Sentence
    codes: Annotated[dict[str, _Code], Field(min_length=1)]
    rules: Annotated[tuple[_Rule, ...], Field(min_length=1)]


def read_table(document: object) -> RightsTable:
    """
    The table in *document*, the content of a YAML file.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    read = believed(_Table, document)
    for code in read.codes:
        if not CODE.fullmatch(code):
            raise TableInvalid(f"codes.{code}: neither a position nor the address of a theme")
    for number, rule in enumerate(read.rules, start=1):
        if missing := sorted(set(rule.needs) - set(read.codes)):
            raise TableInvalid(f"rule {number} needs {', '.join(missing)}, which stands in no code")
    return RightsTable(
        label=read.label,
        names={code: {"fi": one.fi, "sv": one.sv, "en": one.en} for code, one in read.codes.items()},
        rules=tuple(Rule(frozenset(rule.needs), frozenset(rule.gives)) for rule in read.rules),
    )
