"""How entries look on the wire: as csapi tells them, and as the XML export does."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from simulator.codeserver.entries import OPEN_FROM, OPEN_UNTIL, Entry

# What the export calls the attributes that csapi writes in capitals.
XML_NAMES = {
    "LongName": "longname",
    "Abbreviation": "abbreviation",
    "HierarchyLevel": "hierarchylevel",
    "ParentId": "parentid",
    "StreetAddress": "officestreetaddress",
    "PostAddress": "officepostaddress",
    "PostNumber": "postnumber",
    "PostOffice": "postoffice",
    "telephone": "officetelephone",
}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<arb:result xmlns:arb="urn::codeservice">
<arb:document xsi:schemaLocation="urn::codeservice codeservice_result_V2.0.xsd" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<header>Played by a stand-in</header>
<body>
"""
FOOT = "</termsystem>\n</body>\n</arb:document>\n</arb:result>\n"


def concept(entry: Entry, version: str) -> dict[str, Any]:
    """An entry as csapi tells it."""
    return {
        "conceptCodeId": entry.oid,
        "classificationId": 421,
        "status": entry.status,
        "beginDate": _moment(entry.begin, version),
        "expirationDate": _moment(entry.end, version),
        "lastModified": _moment(entry.modified, version),
        "attributes": [
            {"attributeName": name, "attributeValue": [value] if value else []}
            for name, value in entry.attributes().items()
        ],
    }


def export(entries: Iterable[Entry], classification: str, modified: date) -> Iterator[str]:
    """The XML export, piece by piece; of active entries only, since no other status was seen in one."""
    yield HEAD
    yield (
        f'<termsystem id={quoteattr(classification)} begindate="{OPEN_FROM}T00:00:01" '
        f'expirationdate="{OPEN_UNTIL}T23:59:59" lastmodifieddate="{modified}T01:30:12.05412" '
        'lastmodifiedby="Version Loader">\n<attribute type="status" datatype="ST">1</attribute>\n'
    )
    for entry in entries:
        if entry.status == "ACTIVE":
            yield _term(entry)
    yield FOOT


def _term(entry: Entry) -> str:
    lines = [
        f'<termitementry id={quoteattr(entry.oid)} language="fi" createdate="{entry.begin}T10:28:36" '
        f'begindate="{entry.begin}T00:00:01" expirationdate="{entry.end}T23:59:59" '
        f'lastmodifieddate="{entry.modified}T14:51:21">',
        '<attribute type="status" datatype="ST">1</attribute>',
        *(
            f'<attribute type={_type(name)} datatype="ST">{escape(value)}</attribute>'
            for name, value in entry.attributes().items()
        ),
        "</termitementry>\n",
    ]
    return "\n".join(lines)


def _type(name: str) -> str:
    return quoteattr(XML_NAMES.get(name, name))


def _moment(day: date, version: str) -> str:
    return day.isoformat() if version == "v3" else f"{day.isoformat()}T00:00:00+02:00"
