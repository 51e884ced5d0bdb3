"""The small language in which the table is written, and the walk that compares a value with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.blockkit.errors import BlockError, failed


@dataclass(frozen=True, slots=True)
class Str:
    """A string of so many characters, perhaps one of a few, or written in a *form* (a regular expression)."""

    most: int | None = None
    least: int = 0
    one_of: tuple[str, ...] = ()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """Any number, whole or not."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text object: plain_text, or mrkdwn where Slack renders it."""

    most: int
    plain_only: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of so many of one kind; with *gaps*, null may stand in the place of any."""

    of: "Rule"
    most: int
    least: int = 1
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with known fields: all that it *needs*, at least one of *any_of*, exactly one of *one_of*."""

    fields: "Mapping[str, Rule]"
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Among:
    """An object whose `type` says which shape it has; where that is left out, *otherwise* does."""

    what: str
    shapes: "Mapping[str, Shape]"
    allowed: frozenset[str]
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that Slack reads and this table does not."""


Rule = Str | Flag | Whole | Number | Text | Many | Shape | Among | Anything

_PLAIN: "Mapping[str, Rule]" = {"type": Str(), "text": Str(), "emoji": Flag()}
_MRKDWN: "Mapping[str, Rule]" = {"type": Str(), "text": Str(), "verbatim": Flag()}


@dataclass(frozen=True, slots=True)
class Walk:
    """One comparison of one value with one rule; knows nothing of neighbours."""

    pointer: str
    value: object

    def follow(self, rule: Rule) -> Iterator[BlockError]:
        match rule:
            case Str():
                yield from self._string(rule)
            case Flag() if not isinstance(self.value, bool):
                yield self._must_be("boolean")
            case Whole():
                yield from self._whole(rule)
            case Number() if isinstance(self.value, bool) or not isinstance(self.value, int | float):
                yield self._must_be("number")
            case Text():
                yield from self._text(rule)
            case Many():
                yield from self._many(rule)
            case Shape():
                yield from self._shape(rule)
            case Among():
                yield from self._among(rule)
            case _:
                return

    def _must_be(self, kind: str) -> BlockError:
        return failed(self.pointer, f"must be a {kind}", "type", expected=kind)

    def _string(self, rule: Str) -> Iterator[BlockError]:
        if not isinstance(self.value, str):
            yield self._must_be("string")
            return
        if rule.one_of and self.value not in rule.one_of:
            yield failed(
                self.pointer, "must be one of: " + ", ".join(rule.one_of), "enum", values=list(rule.one_of)
            )
        if rule.form and not re.fullmatch(rule.form, self.value):
            yield failed(self.pointer, f"must match {rule.form}", "pattern", pattern=rule.form)
        if len(self.value) < rule.least:
            yield failed(
                self.pointer, f"must be more than {rule.least - 1} characters", "min_length", min=rule.least
            )
        if rule.most is not None and len(self.value) > rule.most:
            yield failed(
                self.pointer, f"must be less than {rule.most + 1} characters", "max_length", max=rule.most
            )

    def _whole(self, rule: Whole) -> Iterator[BlockError]:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            yield self._must_be("integer")
        elif rule.least is not None and self.value < rule.least:
            yield failed(self.pointer, f"must be at least {rule.least}", "min", min=rule.least)
        elif rule.most is not None and self.value > rule.most:
            yield failed(self.pointer, f"must be at most {rule.most}", "max", max=rule.most)

    def _text(self, rule: Text) -> Iterator[BlockError]:
        if not isinstance(self.value, dict):
            yield self._must_be("text object")
            return
        kinds = ("plain_text",) if rule.plain_only else ("plain_text", "mrkdwn")
        kind = self.value.get("type")
        if kind not in kinds:
            yield failed(
                f"{self.pointer}/type", "must be one of: " + ", ".join(kinds), "enum", values=list(kinds)
            )
        known = _MRKDWN if kind == "mrkdwn" else _PLAIN
        shape = Shape({**known, "text": Str(rule.most, 1)}, needs=("text",))
        yield from self._shape(shape)

    def _many(self, rule: Many) -> Iterator[BlockError]:
        if not isinstance(self.value, list):
            yield self._must_be("list")
            return
        if len(self.value) < rule.least:
            yield failed(
                self.pointer, f"no less than {rule.least} items required", "min_items", min=rule.least
            )
        if len(self.value) > rule.most:
            yield failed(self.pointer, f"no more than {rule.most} items allowed", "max_items", max=rule.most)
        for index, item in enumerate(self.value):
            if item is None and rule.gaps:
                continue
            yield from Walk(f"{self.pointer}/{index}", item).follow(rule.of)

    def _shape(self, rule: Shape) -> Iterator[BlockError]:
        if not isinstance(self.value, dict):
            yield self._must_be("object")
            return
        present = {name for name, inside in self.value.items() if inside is not None}
        for name in rule.needs:
            if name not in present:
                yield failed(self.pointer, f"missing required field: {name}", "required", field=name)
        for group, exactly in ((rule.any_of, False), (rule.one_of, True)):
            chosen = present.intersection(group)
            if group and (not chosen or (exactly and len(chosen) > 1)):
                wanted = "exactly one" if exactly else "at least one"
                yield failed(
                    self.pointer, f"{wanted} needed of: " + ", ".join(group), "required", fields=list(group)
                )
        for name in sorted(present):
            if name not in rule.fields:
                yield failed(
                    f"{self.pointer}/{name}", f"unknown field: {name}", "additional_property", field=name
                )
            else:
                yield from Walk(f"{self.pointer}/{name}", self.value[name]).follow(rule.fields[name])

    def _among(self, rule: Among) -> Iterator[BlockError]:
        if not isinstance(self.value, dict):
            yield self._must_be("object")
            return
        kind = self.value.get("type", rule.otherwise)
        if not isinstance(kind, str) or kind not in rule.shapes:
            yield failed(f"{self.pointer}/type", f"unsupported type of {rule.what}: {kind}", "enum")
        elif kind not in rule.allowed:
            yield failed(
                f"{self.pointer}/type",
                f"{rule.what} not allowed here: {kind}",
                "enum",
                allowed=sorted(rule.allowed),
            )
        else:
            yield from self._shape(rule.shapes[kind])
