"""What Slack's reference says of each method, read from the data file beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("documented.yaml")
_PREFIXES = {"channel": "channels:", "group": "groups:", "im": "im:", "mpim": "mpim:"}


class UndocumentedCodeError(RuntimeError):
    """The simulator was about to refuse in words that Slack does not have."""


@dataclass(frozen=True, slots=True)
class Documented:
    """One method's row: *tokens* is empty where none is asked for, and of *scopes* one is enough."""

    name: str
    tier: int | str
    tokens: frozenset[str]
    scopes: tuple[str, ...]
    codes: frozenset[str]

    def scopes_for(self, kind: str) -> tuple[str, ...]:
        """List those of the scopes that speak of rooms of one *kind*; a row may have none such."""
        return tuple(scope for scope in self.scopes if scope.startswith(_PREFIXES[kind]))


@dataclass(frozen=True, slots=True)
class Reference:
    """Every row, and the codes with which any method may refuse."""

    common: frozenset[str]
    methods: Mapping[str, Documented]

    def knows(self, method: str, code: str) -> bool:
        """Tell whether Slack documents *code* for *method*."""
        row = self.methods.get(method)
        return code in self.common or (row is not None and code in row.codes)


@cache
def reference() -> Reference:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    rows = {
        name: Documented(
            name, row["tier"], frozenset(row["tokens"]), tuple(row["scopes"]), frozenset(row["codes"])
        )
        for name, row in read["methods"].items()
    }
    return Reference(frozenset(read["common"]), rows)


def must_be_documented(method: str, code: str) -> None:
    """Raise UndocumentedCodeError unless Slack documents *code* for *method*."""
    if not reference().knows(method, code):
        raise UndocumentedCodeError(f"Slack documents no {code} for {method}")
