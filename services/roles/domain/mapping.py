"""What roles of Katso come to: roles of ours, and themes of Suomi.fi's mandates. Many to many, by rules."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from shared.contracts.roles import Role
from shared.contracts.tables import Sentence, Strict, TableInvalid, believed


@dataclass(frozen=True, slots=True)
class Rule:
    """Whoever holds all of *needs* in Katso comes to hold *roles*, by mandates of *themes*."""

    needs: frozenset[str]
    roles: frozenset[Role]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What one role of Katso comes to for its holder."""

    roles: frozenset[Role] = frozenset()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KatsoTable:
    """
    The table that applies: *codes* by folded name, and the rules.

    *label* says whose word it is.
    """

    label: str
    codes: Mapping[str, str]
    rules: tuple[Rule, ...]

    def code(self, name: str) -> str | None:
        """The code of the Katso role called *name* in any language; nothing if the table does not know it."""
        return self.codes.get(fold(name))

    def target(self, name: str, held: Collection[str]) -> Target:
        """
        What the role *name* comes to for somebody who holds all of *held* in the same organisation.

        A role that the table does not know comes to nothing: it is kept and shown, and somebody decides.
        """
        code = self.code(name)
        if code is None:
            return Target()
        codes = {known for one in held if (known := self.code(one))} | {code}
        fitting = [rule for rule in self.rules if code in rule.needs and rule.needs <= codes]
        return Target(
            roles=frozenset(role for rule in fitting for role in rule.roles),
            themes=tuple(dict.fromkeys(theme for rule in fitting for theme in rule.themes)),
        )


class _Rule(Strict):
    needs: Annotated[frozenset[Sentence], Field(min_length=1)]
    roles: frozenset[Role] = frozenset()
    themes: tuple[Sentence, ...] = ()


class _Table(Strict):
    label: Sentence
    prefixes: tuple[Sentence, ...] = ()
    katso_roles: dict[Sentence, tuple[Sentence, ...]]
    rules: tuple[_Rule, ...]


def read_mapping(document: object) -> KatsoTable:
    """
    The table in *document*, the content of a YAML file.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    read = believed(_Table, document)
    prefixes = [fold(one) for one in read.prefixes]
    codes: dict[str, str] = {}
    for code, names in read.katso_roles.items():
        for name in names:
            for spelt in (fold(name), *(f"{prefix} {fold(name)}" for prefix in prefixes)):
                if codes.setdefault(spelt, code) != code:
                    raise TableInvalid(f"katso_roles.{code}: two roles are called {name!r}")
    if unknown := sorted({code for rule in read.rules for code in rule.needs} - set(codes.values())):
        raise TableInvalid(f"rules: they need roles that have no names: {', '.join(unknown)}")
    rules = tuple(Rule(needs=rule.needs, roles=rule.roles, themes=rule.themes) for rule in read.rules)
    return KatsoTable(read.label, codes, rules)


def fold(name: str) -> str:
    """*name* as names are compared: capitals, spaces and dashes set aside."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return " ".join(plain.replace("\N{EN DASH}", " ").replace("-", " ").replace(":", " ").split())
