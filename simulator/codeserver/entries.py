"""The registers' entries: a small town's from a file, or as many as are wanted, the same each time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import yaml

TOWN = Path(__file__).parent / "town.yaml"
OPEN_FROM, OPEN_UNTIL = date(1900, 1, 1), date(2100, 12, 31)
LONG_AGO = date(2023, 1, 2)
UNITS = 8
FIRST = 2_000_000
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
SECTORS = {"public": "1 julkinen", "private": "2 yksityinen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A line of a register. *flags*: health and social care, operating twice, then serving twice.

    What a *practitioner*'s entry says besides name, address and business ID was not to be seen anywhere.
    """

    oid: str
    business_id: str
    name: str
    parent: str = ""
    sector: str = SECTORS["private"]
    status: str = "ACTIVE"
    begin: date = LONG_AGO
    end: date = OPEN_UNTIL
    modified: date = LONG_AGO
    municipality: str = "091 Helsinki"
    street: str = "Esimerkkikatu 1"
    post_number: str = "00000"
    post_office: str = "ESIMERKKILÄ"
    telephone: str = ""
    flags: str = "TFFF"
    practitioner: bool = False

    def attributes(self) -> Mapping[str, str]:
        """What the interface tells besides the code, by its own names."""
        told = {
            "LongName": self.name,
            "StreetAddress": self.street,
            "PostAddress": f"{self.street}, {self.post_number} {self.post_office}",
            "PostNumber": self.post_number,
            "PostOffice": self.post_office,
            "telephone": self.telephone,
            "Y-Tunnus": self.business_id,
            "Sijainti kunta": self.municipality,
        }
        if self.practitioner:
            return told
        told |= {
            "Abbreviation": self.name[:20],
            "HierarchyLevel": "1" if self.parent else "0",
            "ParentId": self.parent,
            "Sektori": self.sector,
        }
        kinds = ("Terv.toimintayksikkö", "Sos.toimintayksikkö", "Terv.palveluyksikkö", "Sos.palveluyksikkö")
        return told | dict(zip(kinds, self.flags, strict=True))


class Register(Protocol):
    """All entries, in the order of their codes."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int) -> Entry: ...


@dataclass(slots=True)
class Town:
    """A register of a few entries, which may be put in, changed and taken out."""

    entries: list[Entry] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, number: int) -> Entry:
        return self.entries[number]

    def put(self, *entries: Entry) -> None:
        """Add *entries*, in the place of those of the same code."""
        fresh = {entry.oid: entry for entry in (*self.entries, *entries)}
        self.entries = sorted(fresh.values(), key=lambda entry: order(entry.oid))

    def drop(self, oid: str) -> None:
        """Take an entry out, as if it had never been."""
        self.entries = [entry for entry in self.entries if entry.oid != oid]


@dataclass(slots=True)
class Crowd:
    """*size* entries, worked out when they are asked for: operating units with seven service units each."""

    size: int
    _numbers: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = [*_valid_numbers(self.size // UNITS + 1)]

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, number: int) -> Entry:
        which, unit = divmod(number, UNITS)
        business_number = self._numbers[which]
        business_id = f"{business_number:07}-{check_digit(business_number)}"
        stem = f"1.2.246.10.{business_id.replace('-', '').lstrip('0')}.10"
        public = which % 10 == 0
        return Entry(
            oid=f"{stem}.{unit}",
            business_id=business_id,
            name=f"Esimerkkipalvelu {which}" + (f", yksikkö {unit}" if unit else ""),
            parent=f"{stem}.0" if unit else "",
            sector=SECTORS["public" if public else "private"],
            # Some have ended, and some are not there yet; always the same ones.
            status="DELETED" if number % 97 == 96 else "PROPOSAL" if number % 101 == 100 else "ACTIVE",
            municipality=f"{which % 400:03} Esimerkkilä",
            street=f"Esimerkkikatu {which % 200}",
            post_number=f"{which % 100_000:05}",
            telephone=f"0{which % 10_000_000:08}",
            flags="FFTF" if unit else "TFFF",
        )


def read_town(path: Path = TOWN) -> Town:
    """The organisations in the file at *path*."""
    found = Town()
    for provider in _read(path)["providers"]:
        found.put(*_provider(provider))
    return found


def read_practitioners(path: Path = TOWN) -> Town:
    """The self-employed practitioners in the file at *path*."""
    found = Town()
    for one in _read(path)["practitioners"]:
        found.put(Entry(**one, practitioner=True))
    return found


def order(oid: str) -> tuple[int, ...]:
    """Codes are ordered arc by arc."""
    return tuple(int(arc) for arc in oid.split("."))


def check_digit(number: int) -> int | None:
    """The check digit of a business ID; some numbers have none."""
    left = sum(int(digit) * weight for digit, weight in zip(f"{number:07}", WEIGHTS, strict=True)) % 11
    return None if left == 1 else (11 - left) % 11


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _provider(told: Mapping[str, Any]) -> Iterator[Entry]:
    stem = f"1.2.246.10.{told['business_id'].replace('-', '').lstrip('0')}.10"
    whole = Entry(
        oid=f"{stem}.0",
        business_id=told["business_id"],
        name=told["name"],
        sector=SECTORS[told["sector"]],
        status=told.get("status", "ACTIVE"),
        begin=told.get("begin", date(2023, 1, 1)),
        end=told.get("end", OPEN_UNTIL),
        modified=told.get("modified", LONG_AGO),
    )
    yield whole
    for number, name in enumerate(told.get("units", ()), start=1):
        yield replace(whole, oid=f"{stem}.{number}", name=name, parent=whole.oid, flags="FFTF")


def _valid_numbers(count: int) -> Iterator[int]:
    number = FIRST
    while count:
        if check_digit(number) is not None:
            yield number
            count -= 1
        number += 1
