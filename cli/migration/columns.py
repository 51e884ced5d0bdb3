"""How a listing's columns and words are known: the project's map, or the operator's."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from shared.contracts.legacy import KatsoStatus

FIELDS = ("katso_id", "holder", "role", "status", "valid_from", "valid_until", "grantor", "receiver")
NEEDED = frozenset({"holder", "role"})


class ColumnsInvalid(Exception):
    """The map of columns cannot be used."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Fields by the folded name of their column, and statuses by their folded word."""

    label: str
    fields: Mapping[str, str]
    left_out: frozenset[str]
    statuses: Mapping[str, KatsoStatus]

    def of(self, header: str) -> str | None:
        """The field under *header*; nothing if the column says nothing to us."""
        name = fold(header)
        return None if name in self.left_out else self.fields.get(name)


def columns(path: Path | None = None) -> Columns:
    """
    The map in the file at *path*, by default the project's.

    Raises:
        ColumnsInvalid: it cannot be used.
    """
    source = path or files("cli.migration").joinpath("columns.yaml")
    try:
        return read(yaml.safe_load(source.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ColumnsInvalid from error


def read(document: Any) -> Columns:
    """The map that a YAML document holds."""
    fields = {fold(name): field for field, names in document["columns"].items() for name in names}
    if unknown := set(fields.values()) - set(FIELDS):
        raise ValueError(unknown)
    statuses = {fold(word): KatsoStatus(of) for of, words in document["statuses"].items() for word in words}
    left_out = frozenset(fold(name) for name in document.get("left_out", ()))
    return Columns(str(document["label"]), fields, left_out, statuses)


def fold(words: str) -> str:
    """*words* as columns are compared: capitals, spaces and dashes set aside."""
    plain = unicodedata.normalize("NFC", words).casefold().replace("-", " ").replace("_", " ")
    return " ".join(plain.split()).strip(" :*")
