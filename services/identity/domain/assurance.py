"""From a login's method to how sure it is: a table from a file that is believed whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.assurance import Level
from shared.contracts.identity import IdentificationFailed
from shared.contracts.tables import Sentence, Strict, TableInvalid, believed

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
Sure = Literal["read", "code", "default"]
Unlisted = Literal["refused", "basic"]

ANY = "*"
SHORTEST_ENDING = 10


@dataclass(frozen=True, slots=True)
class Method:
    """One way to log in: how sure it is, by which means it is done, in a word, and who says so."""

    level: Level
    means: str
    source: str = ""
    date: str = ""
    sure: Sure = "default"


@dataclass(frozen=True, slots=True)
class AssuranceTable:
    """
    Every method that is known; a name that begins with a star stands for all that end so.

    What stands in no row is refused, or *basic* and good for little.
    """

    label: str
    methods: Mapping[str, Method]
    unlisted: Unlisted = "refused"

    def method(self, name: str) -> Method:
        """
        What the method of this *name* is worth.

        Raises:
            IdentificationFailed: nobody knows; *why* is method_unknown.
        """
        if (found := self.methods.get(name)) is not None:
            return found
        for known, method in self.methods.items():
            if known.startswith(ANY) and name.endswith(known[1:]):
                return method
        if self.unlisted == "refused":
            raise IdentificationFailed(why="method_unknown")
        return Method(Level.BASIC, "unknown")

    def reaching(self, least: Level) -> tuple[str, ...]:
        """The methods that are sure enough and wholly named, in the order of the table."""
        sure = (name for name, method in self.methods.items() if method.level.reaches(least))
        return tuple(name for name in sure if not name.startswith(ANY))


class _Method(Strict):
    level: Level
    means: Word
    source: Sentence
    date: Sentence
    sure: Sure


class _Table(Strict):
    label: Sentence
    unlisted: Unlisted
    methods: Annotated[dict[Sentence, _Method], Field(min_length=1)]


def read_assurance(document: object) -> AssuranceTable:
    """
    The table in *document*, the content of a YAML file.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    read = believed(_Table, document)
    if short := [name for name in read.methods if name.startswith(ANY) and len(name) < SHORTEST_ENDING]:
        raise TableInvalid(f"methods.{short[0]}: that is the end of too much")
    methods = {
        name: Method(one.level, one.means, source=one.source, date=one.date, sure=one.sure)
        for name, one in read.methods.items()
    }
    return AssuranceTable(read.label, methods, read.unlisted)
