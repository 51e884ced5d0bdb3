"""Reads the table of levels: the project's own, or the operator's."""

from pathlib import Path

from services.identity.domain.assurance import AssuranceTable, read_assurance
from shared.contracts.assurance import Level
from shared.contracts.identity import Assurance, AssuranceMethod
from shared.runtime.tables import document


def assurance_table(path: Path | None = None) -> AssuranceTable:
    """
    The table in the file at *path*, by default the one that comes with the project.

    Raises:
        TableInvalid: it cannot be used.
    """
    return read_assurance(document(path, package="services.identity", default="assurance.yaml"))


def shown(table: AssuranceTable, path: Path | None, least: Level) -> Assurance:
    """*table*, from the file at *path* or the project's own, as an operator sees it."""
    return Assurance(
        label=table.label,
        file=str(path or ""),
        unlisted=table.unlisted,
        least=least,
        methods=tuple(
            AssuranceMethod(
                name=name,
                level=one.level,
                means=one.means,
                source=one.source,
                date=one.date,
                sure=one.sure,
            )
            for name, one in table.methods.items()
        ),
    )
