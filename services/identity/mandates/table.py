"""Reads the table of rights: the project's own, or the operator's."""

from importlib.resources import files
from pathlib import Path

import yaml

from services.identity.domain.rights import RightsTable, TableInvalid, read_table


def rights_table(path: Path | None = None) -> RightsTable:
    """
    The table in the file at *path*, by default the one that comes with the project.

    Raises:
        TableInvalid: it cannot be used.
    """
    source = path or files("services.identity").joinpath("mandate_rights.yaml")
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        raise TableInvalid("the file is no YAML") from None
    return read_table(document)
