"""Reads the table of levels: the project's own, or the operator's."""

from pathlib import Path

from services.identity.domain.assurance import AssuranceTable, read_assurance
from shared.runtime.tables import document


def assurance_table(path: Path | None = None) -> AssuranceTable:
    """
    The table in the file at *path*, by default the one that comes with the project.

    Raises:
        TableInvalid: it cannot be used.
    """
    return read_assurance(document(path, package="services.identity", default="assurance.yaml"))
