"""Reads the table of rights: the project's own, or the operator's."""

from pathlib import Path

from services.identity.domain.rights import RightsTable, read_table
from shared.runtime.tables import document


def rights_table(path: Path | None = None) -> RightsTable:
    """
    The table in the file at *path*, by default the one that comes with the project.

    Raises:
        TableInvalid: it cannot be used.
    """
    return read_table(document(path, package="services.identity", default="mandate_rights.yaml"))
