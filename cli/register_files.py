"""Files of the national register: csapi pages as JSON, and the code server's XML export, read as a stream."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import ijson
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

SMALL = 1_000_000

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

    Each is read to its end before anything is done with it. JSON pages are the whole if they hold as many
    entries as they say there are; an export is by itself.

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
    held, totals = 0, set()
    for path in paths:
        exported = path.suffix == ".xml"
        held += sum(1 for _ in (_export(path) if exported else _pages(path)))
        totals |= set() if exported else _totals(path)
    if any(path.suffix == ".xml" for path in paths):
        return Files(paths, whole=len(paths) == 1)
    return Files(paths, whole=totals == {held})


def _pages(path: Path) -> Iterator[Concept]:
    """
    The entries of the page, or of the list of pages, in the file at *path*, one by one.

    A single page may be the whole register: it does not fit in memory well.
    """
    with _json(path) as (file, several):
        if several:
            for page in ijson.items(file, "item", use_float=True):
                yield from _entries(page)
            return
        found = False
        for concept in ijson.items(file, "conceptCodes.item", use_float=True):
            found = True
            yield _entry(concept)
    if not found and path.stat().st_size < SMALL:
        # Nothing in it: of nothing, or because it is no page at all.
        _entries(json.loads(path.read_bytes()))


def _totals(path: Path) -> set[object]:
    """How many entries the pages say that there are."""
    with _json(path) as (file, several):
        if several:
            return {page.get("totalItems") for page in ijson.items(file, "item", use_float=True)}
        return {*ijson.items(file, "totalItems", use_float=True)}


@contextmanager
def _json(path: Path) -> Iterator[tuple[BinaryIO, bool]]:
    """The file at *path*, and whether it is a list; whatever is no JSON to its end is unreadable."""
    try:
        with path.open("rb") as file:
            head = file.read(1024).lstrip()
            file.seek(0)
            yield file, head.startswith(b"[")
    except (ijson.JSONError, ValueError):
        raise FilesUnreadable from None


def _entries(page: object) -> Iterable[Concept]:
    concepts = page.get("conceptCodes") if isinstance(page, dict) else None
    if not isinstance(concepts, list):
        raise FilesUnreadable
    return [_entry(concept) for concept in concepts]


def _entry(concept: object) -> Concept:
    if not isinstance(concept, dict):
        raise FilesUnreadable
    return concept


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
