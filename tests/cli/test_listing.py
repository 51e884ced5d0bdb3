"""
A Katso listing is read as it comes, in all its letters and languages; what is wrong is told by its line.
"""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.migration.columns import columns
from cli.migration.listing import Listing, ListingRefused, read_listing
from shared.contracts.legacy import KatsoStatus, LegacyRow

OURS, THEIRS = "9100001-3", "9100010-1"
HEADER = "Katso-tunniste;Valtuutetun nimi;Rooli;Tila;Voimassa alkaen;Voimassa asti;Henkilötunnus"
LINE = "K100200;Björn Exempelström;Arkistonhoitaja;Voimassa;1.3.2019;;010594Y9032"


def read(*lines: str, encoding: str = "utf-8") -> Listing:
    return read_listing("\r\n".join(lines).encode(encoding), columns(), OURS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_are_read_as_they_were_written(encoding: str) -> None:
    (row,) = read(HEADER, LINE, encoding=encoding).rows

    assert (row.holder, row.katso_role, row.katso_id) == ("Björn Exempelström", "Arkistonhoitaja", "K100200")
    assert (row.status, row.valid_from, row.valid_until) == (KatsoStatus.VALID, date(2019, 3, 1), None)


@pytest.mark.parametrize(
    "lines",
    [
        ("Name,Role,Status,Valid until", "Anna,Reader,Pending,2020-12-31"),
        ("Namn;Roll;Status;Giltig till", "Anna;Läsare;Väntar på bekräftelse;31.12.2020"),
        ("NIMI;ROOLI;TILA;VOIMASSA_ASTI", "Anna;Lukija;odottaa vahvistusta;31.12.2020"),
        ('"Name"\t"Role"\t"Status"\t"End date"', '"Anna"\t"Reader"\t"Pending"\t"31/12/2020"'),
    ],
)
def test_headers_and_words_of_three_languages_are_known(lines: tuple[str, ...]) -> None:
    (row,) = read(*lines).rows

    assert (row.status, row.valid_until) == (KatsoStatus.PENDING, date(2020, 12, 31))


def test_a_personal_code_goes_nowhere() -> None:
    listing = read(HEADER, LINE, "K2;Daniel 030594W903B;Lukija;Voimassa;;;")

    assert "010594Y9032" not in repr(listing)
    assert "030594W903B" not in repr(listing)
    assert listing.wrong == ((3, "migration.personal_code"),)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("K2;;Lukija;Voimassa;;;", "migration.holder_missing"),
        ("K2;Anna;;Voimassa;;;", "migration.role_missing"),
        ("K2;Anna;Lukija;Kummallinen;;;", "migration.status_unknown"),
        ("K2;Anna;Lukija;Voimassa;31.2.2020;;", "migration.date_invalid"),
        (f"K2;{'A' * 201};Lukija;Voimassa;;;", "migration.too_long"),
    ],
)
def test_a_line_that_cannot_be_true_is_told_by_its_number_and_the_others_are_taken(
    line: str, code: str
) -> None:
    listing = read(HEADER, line, LINE)

    assert listing.wrong == ((2, code),)
    assert [row.line for row in listing.rows] == [3]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "migration.empty", 1),
        (b"Nimi;Puhelin\nAnna;1", "migration.header_unknown", 1),
        (b"Nimi;Haltija;Rooli\nAnna;Anna;Lukija", "migration.header_ambiguous", 1),
        (f"{HEADER}\n{LINE}\nK2;Anna;Luk".encode(), "migration.cut_short", 3),
        (f'{HEADER}\n{LINE}\nK2;"Anna;Luk'.encode(), "migration.cut_short", 3),
        (HEADER.encode("utf-16"), "migration.encoding_unknown", 1),
        (b"Nimi;Rooli\n\x81\x8d;Lukija", "migration.encoding_unknown", 1),
    ],
)
def test_a_file_that_is_not_whole_is_refused(content: bytes, code: str, line: int) -> None:
    with pytest.raises(ListingRefused) as refused:
        read_listing(content, columns(), OURS)

    assert (refused.value.code, refused.value.line) == (code, line)


def test_lines_of_another_organisation_and_grants_to_one_are_told_apart() -> None:
    header = "Valtuuttajan Y-tunnus;Valtuutettu;Rooli;Valtuutetun Y-tunnus"
    listing = read(header, f"{OURS};Anna;Lukija;", f"{THEIRS};Anna;Lukija;", f"{OURS};Oy;Lukija;91000101")

    assert [row.receiver for row in listing.rows] == [None, THEIRS]
    assert listing.wrong == ((3, "migration.other_organisation"),)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes) -> None:
    rows: tuple[LegacyRow, ...] = ()
    with suppress(ListingRefused):
        rows = read_listing(HEADER.encode() + b"\n" + content, columns(), OURS).rows

    assert all(row.holder and row.katso_role for row in rows)
