"""
Reads a Katso listing. It is read where it lies, so that personal codes in it go nowhere.

A file that is not whole (no known header, cut short, no known letters) is refused: what is missing cannot be
told from what never was. A line that is whole but cannot be true is told by its number, and the others are
taken.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stdnum.fi import ytunnus

from cli.migration.columns import NEEDED, Columns, fold
from shared.contracts.legacy import KatsoStatus, LegacyRow

DELIMITERS = ";,\t"
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
LONGEST = {"katso_id": 80, "holder": 200, "role": 200}
# Day, century and ending of a personal identity code, with the signs that are in use since 2023.
PERSONAL_CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", re.IGNORECASE)


class ListingRefused(Exception):
    """The file cannot be taken at all: its stable *code*, and the *line* where that shows."""

    def __init__(self, code: str, line: int = 1) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


class _Wrong(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines that can be taken, and those that cannot: line and stable code."""

    rows: tuple[LegacyRow, ...]
    wrong: tuple[tuple[int, str], ...]


def read_listing(content: bytes, columns: Columns, business_id: str) -> Listing:
    """
    Read one file of the listing of the organisation *business_id*.

    Raises:
        ListingRefused: nothing of the file can be taken.
    """
    text = decode(content)
    lines = list(_records(text))
    if not lines:
        raise ListingRefused("migration.empty")
    places = _header(lines[0][1], columns)
    rows: list[LegacyRow] = []
    wrong: list[tuple[int, str]] = []
    for number, record in lines[1:]:
        if len(record) != len(lines[0][1]):
            raise ListingRefused("migration.cut_short", number)
        cells = {field: record[place].strip() for field, place in places.items()}
        try:
            rows.append(_row(number, cells, columns, business_id))
        except _Wrong as error:
            wrong.append((number, error.code))
    return Listing(tuple(rows), tuple(wrong))


def decode(content: bytes) -> str:
    """
    *content* as text: UTF-8, with or without its mark, or Windows-1252.

    Raises:
        ListingRefused: it is neither.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise ListingRefused("migration.encoding_unknown")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListingRefused("migration.encoding_unknown")


def _records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each record that is not empty, with the number of the line that it ends on."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quotation mark that nothing closes: the rest of the page is missing.
            raise ListingRefused("migration.cut_short", reader.line_num) from None
        if any(cell.strip() for cell in record):
            yield reader.line_num, record


def _header(header: Sequence[str], columns: Columns) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        if (field := columns.of(name)) is not None:
            if field in places:
                raise ListingRefused("migration.header_ambiguous")
            places[field] = place
    if not places.keys() >= NEEDED:
        raise ListingRefused("migration.header_unknown")
    return places


def _row(number: int, cells: Mapping[str, str], columns: Columns, business_id: str) -> LegacyRow:
    if any(PERSONAL_CODE.search(cell) for cell in cells.values()):
        raise _Wrong("migration.personal_code")
    for field, code in (("holder", "migration.holder_missing"), ("role", "migration.role_missing")):
        if not cells[field]:
            raise _Wrong(code)
    if any(len(cells.get(field, "")) > most for field, most in LONGEST.items()):
        raise _Wrong("migration.too_long")
    if (grantor := cells.get("grantor")) and _business_id(grantor) != business_id:
        raise _Wrong("migration.other_organisation")
    receiver = _business_id(cells["receiver"]) if cells.get("receiver") else None
    return LegacyRow(
        line=number,
        katso_id=cells.get("katso_id") or None,
        holder=cells["holder"],
        katso_role=cells["role"],
        status=_status(cells.get("status", ""), columns),
        valid_from=_day(cells.get("valid_from", "")),
        valid_until=_day(cells.get("valid_until", "")),
        # A person of the organisation itself is no other organisation.
        receiver=None if receiver == business_id else receiver,
    )


def _status(word: str, columns: Columns) -> KatsoStatus:
    if not word:
        return KatsoStatus.VALID
    status = columns.statuses.get(fold(word))
    if status is None:
        raise _Wrong("migration.status_unknown")
    return status


def _day(word: str) -> date | None:
    if not word or fold(word) in {"toistaiseksi", "tills vidare", "until further notice"}:
        return None
    for form in DATES:
        try:
            return datetime.strptime(word.partition(" ")[0], form).date()  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
    raise _Wrong("migration.date_invalid")


def _business_id(word: str) -> str:
    if not ytunnus.is_valid(word):
        raise _Wrong("migration.business_id_invalid")
    return str(ytunnus.format(word))
