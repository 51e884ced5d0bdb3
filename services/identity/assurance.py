"""Reads the table of levels: the project's own, or the operator's."""

from importlib.resources import files
from pathlib import Path

import yaml

from services.identity.domain.assurance import AssuranceInvalid, AssuranceTable, read_assurance


def assurance_table(path: Path | None = None) -> AssuranceTable:
    """
    The table in the file at *path*, by default the one that comes with the project.

    Raises:
        AssuranceInvalid: it cannot be used.
    """
    source = path or files("services.identity").joinpath("assurance.yaml")
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        raise AssuranceInvalid("the file is no YAML") from None
    return read_assurance(document)
