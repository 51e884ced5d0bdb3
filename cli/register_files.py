"""Files of the national register: csapi pages as JSON, and the code server's XML export, read as a stream."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

SPACE, ENTRY = "{urn::codeservice}", "termitementry"
# What the interface calls the attributes of the export; the others have one name in both.
NAMES = {
    "longname": "LongName",
    "abbreviation": "Abbreviation",
    "hierarchylevel": "HierarchyLevel",
    "parentid": "ParentId",
    "officestreetaddress": "StreetAddress",
    "officepostaddress": "PostAddress",
    "postnumber": "PostNumber",
    "postoffice": "PostOffice",
    "officetelephone": "telephone",
}
# The only status that was seen in an export; any other is handed on as it is, and refused by its name.
STATUSES = {"1": "ACTIVE"}

Concept = dict[str, Any]


class FilesUnreadable(Exception):
    """The files are neither JSON pages nor an export, or end in the middle."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files at a place, and whether together they are the whole register."""

    paths: Sequence[Path]
    whole: bool

    @property
    def source(self) -> str:
        """The same for the same files."""
        digest = hashlib.sha256()
        for path in self.paths:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"files {digest.hexdigest()}"

    def concepts(self) -> Iterator[Concept]:
        """
        Every entry, in the interface's shape.

        Raises:
            FilesUnreadable: a file is broken.
        """
        for path in self.paths:
            yield from _export(path) if path.suffix == ".xml" else _pages(path)


def files_at(place: Path) -> Files:
    """
    The files at *place*: one file, or all of a folder, by name.

    JSON pages are the whole if they hold as many entries as they say there are; an export is by itself.

    Raises:
        FilesUnreadable: there are none, or one is broken.
    """
    paths = (
        sorted(one for one in place.iterdir() if one.suffix in (".json", ".xml"))
        if place.is_dir()
        else [place]
    )
    if not paths:
        raise FilesUnreadable
    if any(path.suffix == ".xml" for path in paths):
        return Files(paths, whole=len(paths) == 1)
    held, totals = 0, set()
    for path in paths:
        for page in _read(path):
            held += len(page["conceptCodes"])
            totals.add(page.get("totalItems"))
    return Files(paths, whole=totals == {held})


def _pages(path: Path) -> Iterator[Concept]:
    for page in _read(path):
        for concept in page["conceptCodes"]:
            if not isinstance(concept, dict):
                raise FilesUnreadable
            yield concept


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise FilesUnreadable from None
    pages = document if isinstance(document, list) else [document]
    if not all(isinstance(page, dict) and isinstance(page.get("conceptCodes"), list) for page in pages):
        raise FilesUnreadable
    return pages


def _export(path: Path) -> Iterator[Concept]:
    with path.open("rb") as file:
        # Nothing is fetched, and no entity that a document declares stands for anything.
        entries = etree.iterparse(
            file,
            events=("end",),
            tag=(ENTRY, f"{SPACE}{ENTRY}"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
        )
        try:
            for _, element in entries:
                if element.getroottree().docinfo.doctype:
                    raise FilesUnreadable
                yield _concept(element)
                # Entries that were read are let go: the whole document need not fit in memory.
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.LxmlError:
            raise FilesUnreadable from None


def _concept(element: Any) -> Concept:
    told = {one.get("type", ""): one.text or "" for one in element.iter() if one is not element}
    status = told.pop("status", "")
    return {
        "conceptCodeId": element.get("id"),
        "status": STATUSES.get(status, status),
        "beginDate": element.get("begindate"),
        "expirationDate": element.get("expirationdate"),
        "attributes": [
            {"attributeName": NAMES.get(name, name), "attributeValue": [text] if text else []}
            for name, text in told.items()
            if name
        ],
    }
