"""Files of the register, as the operator brings them."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cli.doctor import about_the_register
from cli.register_files import FilesUnreadable, files_at
from shared.contracts.identity import RegisterRun, RegisterStatus
from simulator.codeserver.entries import Crowd, read_town
from simulator.codeserver.wire import concept, export

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def page(folder: Path, name: str, first: int, last: int, total: int) -> Path:
    crowd = Crowd(total)
    codes = [concept(crowd[number], "v3") for number in range(first, last)]
    path = folder / name
    path.write_text(json.dumps({"conceptCodes": codes, "page": 1, "totalItems": total, "totalPages": 2}))
    return path


def exported(folder: Path) -> Path:
    path = folder / "register.xml"
    path.write_text("".join(export(read_town().entries, "1.2.246.537.6.202.2008", date(2026, 11, 27))))
    return path


def test_a_folder_of_pages_is_the_whole_if_none_is_missing(tmp_path: Path) -> None:
    page(tmp_path, "1.json", 0, 5, 8)
    assert not files_at(tmp_path).whole

    page(tmp_path, "2.json", 5, 8, 8)
    files = files_at(tmp_path)

    assert files.whole
    assert len([*files.concepts()]) == 8


def test_the_same_files_are_known_again(tmp_path: Path) -> None:
    path = page(tmp_path, "1.json", 0, 8, 8)
    before = files_at(path).source
    page(tmp_path, "1.json", 0, 7, 8)

    assert files_at(path).source != before
    page(tmp_path, "1.json", 0, 8, 8)
    assert files_at(path).source == before


def test_an_export_tells_the_same_as_the_pages(tmp_path: Path) -> None:
    found = {one["conceptCodeId"]: one for one in files_at(exported(tmp_path)).concepts()}

    county = found["1.2.246.10.91000013.10.0"]
    told = {one["attributeName"]: one["attributeValue"] for one in county["attributes"]}
    assert len(found) == 10
    assert county["status"] == "ACTIVE"
    assert told["LongName"] == ["Esimerkkilän hyvinvointialue"]
    assert told["Terv.toimintayksikkö"] == ["T"]
    assert told["ParentId"] == []


def test_an_export_that_ends_in_the_middle_is_no_export(tmp_path: Path) -> None:
    path = exported(tmp_path)
    path.write_text(path.read_text()[:-400])

    with pytest.raises(FilesUnreadable):
        [*files_at(path).concepts()]


@pytest.mark.parametrize("left", [0.2, 0.5, 0.999])
def test_one_file_that_ends_in_the_middle_is_refused_before_anything_of_it_is_taken(
    tmp_path: Path, left: float
) -> None:
    for path in (page(tmp_path, "1.json", 0, 600, 600), exported(tmp_path)):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * left)])

        with pytest.raises(FilesUnreadable):
            files_at(path)


def test_a_list_of_pages_and_one_page_tell_the_same(tmp_path: Path) -> None:
    one = files_at(page(tmp_path, "one.json", 0, 8, 8))
    pages = [json.loads(page(tmp_path, f"{first}.json", first, first + 4, 8).read_text()) for first in (0, 4)]
    several = tmp_path / "several.json"
    several.write_text(json.dumps(pages))

    assert [*files_at(several).concepts()] == [*one.concepts()]
    assert one.whole
    assert files_at(several).whole
    several.write_text(json.dumps(pages[:1]))
    assert not files_at(several).whole


def test_a_page_of_nothing_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    path.write_text('{"conceptCodes": [], "totalItems": 0}')

    assert files_at(path).whole


def test_entities_of_an_export_are_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE r [<!ENTITY a "aaaa">]><termsystem><termitementry id="&a;"/></termsystem>')

    with pytest.raises(FilesUnreadable):
        [*files_at(path).concepts()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        '{"conceptCodes": 1}',
        '{"conceptCodes": [1]}',
        "{}",
        "[{}]",
        '{"conceptCodes": []} x',
        "\xff",
    ],
)
def test_what_is_no_page_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.json"
    path.write_text(text)

    with pytest.raises(FilesUnreadable):
        files_at(path)


def test_the_doctor_says_when_the_copy_is_too_old_and_when_a_reading_was_stopped() -> None:
    stopped = RegisterRun(
        id=1, whole=True, source="x", started_at=NOW, outcome="identity.register_unreachable"
    )
    fresh = RegisterStatus(read_at=NOW, stale_at=NOW + timedelta(hours=24))
    several = [
        RegisterStatus(),
        fresh,
        fresh.model_copy(update={"failed": stopped}),
        RegisterStatus(read_at=NOW - timedelta(days=2), stale_at=NOW - timedelta(days=1), failed=stopped),
    ]

    assert [about_the_register(status, NOW).code for status in several] == [
        "register.not_read_yet",
        "register.fresh",
        "register.reading_stopped",
        "register.stale",
    ]
