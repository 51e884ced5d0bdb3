"""Read the file of a table that an operator may bring, or the one that comes with the program."""

from importlib.resources import files
from pathlib import Path

import yaml

from shared.contracts.tables import TableInvalid


def document(path: Path | None, *, package: str, default: str) -> object:
    """
    What stands in the file at *path*, or else in the one named *default* that comes with *package*.

    Raises:
        TableInvalid: it is no YAML.
    """
    source = path or files(package).joinpath(default)
    try:
        return yaml.safe_load(source.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        raise TableInvalid("the file is no YAML") from None
