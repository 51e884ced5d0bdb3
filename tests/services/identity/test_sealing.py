"""Personal codes are kept sealed: for their person, with keys that can be changed, masked where they show."""

import asyncio
import sqlite3
from base64 import urlsafe_b64encode
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from pydantic import ValidationError

from services.identity import custody, keys
from services.identity.holding import hold_code
from services.identity.sealing import KeysInvalid, Unreadable, Vault, masked, read_keys
from services.identity.settings import IdentitySettings
from services.identity.settle import settle_files
from services.identity.storage import METADATA, people
from shared.contracts.base import PersonId
from shared.contracts.identity import PersonalCodeInvalid
from shared.storage.database import Database
from simulator.town.inhabitants import PEOPLE, REGISTER, inhabitants
from tests.services.identity.conftest import Town
from tests.support.migrated import migrated

CODE = "010594Y9032"
SATU, EIDAS = "99000160J", "SE/FI/19121212-1212-tester"
OLD, NEW = Vault((b"o" * 32,)), Vault((b"n" * 32, b"o" * 32))
SOMEBODY = PersonId(uuid4())


def every_byte(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("identity.db*"))


def test_a_sealed_code_opens_for_its_person_alone() -> None:
    sealed = OLD.seal(CODE, SOMEBODY)

    assert OLD.open(sealed, SOMEBODY) == CODE
    assert CODE not in sealed
    assert sealed != OLD.seal(CODE, SOMEBODY)
    with pytest.raises(Unreadable):
        OLD.open(sealed, PersonId(uuid4()))
    with pytest.raises(Unreadable):
        Vault((b"x" * 32,)).open(sealed, SOMEBODY)
    assert "oooo" not in repr(OLD)


def test_a_new_key_opens_nothing_old_and_a_former_one_does() -> None:
    sealed = OLD.seal(CODE, SOMEBODY)

    assert NEW.open(sealed, SOMEBODY) == CODE
    assert not NEW.is_current(sealed)
    assert NEW.is_current(NEW.seal(CODE, SOMEBODY))
    with pytest.raises(Unreadable):
        Vault((b"n" * 32,)).open(sealed, SOMEBODY)


def test_a_masked_code_shows_when_somebody_was_born_and_not_who_they_are() -> None:
    assert masked(CODE) == "010594Y****"
    assert masked(SATU) == "*" * len(SATU)
    assert masked(EIDAS) == "SE/FI/" + "*" * (len(EIDAS) - 6)
    assert masked("a/b") == "***"


def test_keys_are_read_from_a_setting_and_not_repeated_when_they_are_wrong() -> None:
    one, other = (urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))

    assert read_keys(f"{one}, {other.rstrip('=')}") == (b"\1" * 32, b"\2" * 32)
    assert read_keys("") == ()
    for wrong in ("c2hvcnQ", "not base64!", f"{one},é"):
        with pytest.raises(KeysInvalid) as refused:
            read_keys(wrong)
        assert wrong not in str(refused.value)


async def test_codes_are_sealed_anew_with_a_new_key_and_compared_without_being_shown(town: Town) -> None:
    aino = (await town.person("Aino Mallila")).id
    bjorn = (await town.person("Björn Exempelström")).id
    codes = keys.codes(town.settings.key_folder)
    await town.database.decide(lambda tx: hold_code(tx, aino, "210281-9988", OLD))
    await town.database.decide(lambda tx: hold_code(tx, bjorn, CODE, Vault((b"lost" * 8,))))

    first = await town.database.decide(lambda tx: custody.rekey(tx, NEW))
    again = await town.database.decide(lambda tx: custody.rekey(tx, NEW))

    assert (first, again) == ((1, 1), (0, 1))
    sealed = await town.database.read(lambda rows: people.sealed_code(rows, aino))
    assert NEW.is_current(sealed)
    assert await town.database.read(lambda rows: custody.described(rows, NEW, aino)) == "210281-****"
    assert await town.database.read(lambda rows: custody.described(rows, NEW, bjorn)) is None
    for told, same in (("210281-9988", True), (CODE, False), ("nothing", False)):
        assert await town.database.read(lambda rows: custody.is_theirs(rows, codes, aino, told)) is same  # noqa: B023


async def test_whoever_has_no_personal_code_is_announced_by_what_stands_for_one(tmp_path: Path) -> None:
    settings = IdentitySettings(var=tmp_path, keys=tmp_path / "keys")
    migrated("services.identity", settings.database("identity"))
    file = tmp_path / "people.yaml"
    people_of = [
        {"name": "Sanna Satula", "satu": SATU.lower(), "language": "fi"},
        {"name": "Sven Exempel", "eidas": EIDAS, "language": "sv"},
    ]
    file.write_text(yaml.safe_dump({"people": people_of}), encoding="utf-8")
    await settle_files(settings, register=REGISTER, people=file)
    await settle_files(settings, register=REGISTER, people=file)
    file.unlink()
    vault, codes = keys.vault(settings), keys.codes(settings.key_folder)
    database = Database(settings.database("identity"), METADATA)
    async with database.working():
        for name, told, other, shown in (
            ("Sanna Satula", SATU, EIDAS, "*********"),
            ("Sven Exempel", EIDAS, SATU, masked(EIDAS)),
        ):
            (one,) = await database.read(lambda rows: people.find(rows, name))  # noqa: B023
            assert await database.read(lambda rows: custody.described(rows, vault, one.id)) == shown  # noqa: B023
            assert await database.read(lambda rows: custody.is_theirs(rows, codes, one.id, f" {told} "))  # noqa: B023
            assert not await database.read(lambda rows: custody.is_theirs(rows, codes, one.id, other))  # noqa: B023
    written = await asyncio.to_thread(every_byte, tmp_path)
    assert SATU.encode() not in written
    assert EIDAS.encode() not in written


@pytest.mark.parametrize(
    "told",
    [
        {"satu": "99000160H"},
        {"satu": "9900016J"},
        {"satu": "٩9000160J"},
        {"eidas": "19121212-1212"},
        {"eidas": "SE/FI/"},
        {"eidas": "SE/FI/a b"},
        {"satu": CODE},
        {"satu": SATU, "eidas": EIDAS},
        {"satu": SATU, "personal_code": CODE},
    ],
)
async def test_an_identifier_that_is_none_settles_nothing_and_is_not_repeated(
    tmp_path: Path, told: dict[str, str]
) -> None:
    settings = IdentitySettings(var=tmp_path, keys=tmp_path / "keys")
    migrated("services.identity", settings.database("identity"))
    file = tmp_path / "people.yaml"
    file.write_text(
        yaml.safe_dump({"people": [{"name": "Sanna Satula", "language": "fi"} | told]}), encoding="utf-8"
    )

    with pytest.raises((ValidationError, PersonalCodeInvalid)) as refused:
        await settle_files(settings, register=REGISTER, people=file)

    assert all(value not in str(refused.value) for value in told.values())


async def test_whoever_is_announced_has_a_sealed_code_that_the_database_does_not_give_away(
    tmp_path: Path,
) -> None:
    settings = IdentitySettings(var=tmp_path, keys=tmp_path / "keys")
    migrated("services.identity", settings.database("identity"))
    await settle_files(settings, register=REGISTER, people=PEOPLE)

    with sqlite3.connect(tmp_path / "identity.db") as rows:
        kept = dict(rows.execute("SELECT name, code_sealed FROM people").fetchall())
    rows.close()
    written = await asyncio.to_thread(every_byte, tmp_path)

    assert len(kept) == len(inhabitants())
    # She is known by her Katso ID alone, until she logs in with more.
    assert [name for name, sealed in kept.items() if not sealed] == ["Pilvi Alikoodi"]
    for one in inhabitants():
        assert one.personal_code.encode() not in written
