"""Reads a page of the register, entry by entry; what cannot be read is refused by itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.identity.domain.register import RegisterEntry, read_entry
from services.identity.domain.registers import FORMS, ORGANISATIONS, Form
from shared.contracts.base import Refusal
from shared.contracts.identity import RegisterOidTwice

LONGEST_KEY = 130
LONGEST_DETAIL = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """
    An entry as it was read, or why it was refused: a stable *code*, and where in it.

    *key* is its OID, or its place in the register if it has none.
    """

    key: str
    entry: RegisterEntry | None
    digest: str
    code: str = ""
    detail: str = ""

    def refused(self, code: str) -> "Reading":
        """The same, refused."""
        return replace(self, entry=None, code=code)


def read_page(
    concepts: Iterable[Mapping[str, Any]], place: str = "", form: Form = FORMS[ORGANISATIONS]
) -> list[Reading]:
    """
    Read *concepts*, which stand at *place* of a register that is written in *form*.

    The same entry twice is one; two entries of one OID that differ are both refused, as nobody can tell which
    of them is true.
    """
    found: dict[str, Reading] = {}
    for number, concept in enumerate(concepts, start=1):
        reading = _read(concept, f"{place}#{number}", form)
        same = found.get(reading.key)
        if same is None:
            found[reading.key] = reading
        elif same.digest != reading.digest:
            found[reading.key] = reading.refused(RegisterOidTwice.code)
    return [*found.values()]


def _read(concept: Mapping[str, Any], place: str, form: Form) -> Reading:
    try:
        entry = read_entry(concept, form)
    except Refusal as refusal:
        detail = refusal.parameters.get("field", "")
        return Reading(_key(concept, place), None, "", refusal.code, str(detail)[:LONGEST_DETAIL])
    return Reading(entry.oid, entry, entry.digest)


def _key(concept: Mapping[str, Any], place: str) -> str:
    name = concept.get("conceptCodeId")
    if not isinstance(name, str) or not name.strip():
        return place[:LONGEST_KEY]
    # Whatever stands there, it can be printed and stored.
    return json.dumps(name[:LONGEST_KEY])[1:-1][:LONGEST_KEY]
