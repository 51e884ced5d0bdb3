"""Files that people write for the simulator: read as YAML or JSON, and refused in one sentence."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from simulator.words import say

T = TypeVar("T")

# pydantic's kinds of error -> what the field should have been.
_KINDS: Mapping[str, str] = {
    "string_type": "kind_text",
    "bool_type": "kind_flag",
    "bool_parsing": "kind_flag",
    "int_type": "kind_whole",
    "int_parsing": "kind_whole",
    "tuple_type": "kind_list",
    "list_type": "kind_list",
    "dict_type": "kind_mapping",
    "model_type": "kind_mapping",
    "dataclass_type": "kind_mapping",
}


class Unusable(ValueError):
    """A file, or a mapping in place of one, cannot be used; says why in the language that is asked for."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def sentence(self, locale: str) -> str:
        spoken = {
            name: say(str(value), locale) if name == "kind" else value for name, value in self.values.items()
        }
        return say(self.code, locale, **spoken)

    def __str__(self) -> str:
        return self.sentence("en")


def read(source: Path | Mapping[str, Any], kind: type[T]) -> T:
    """
    Read a *kind* from the file or the mapping *source*.

    Raises:
        Unusable: it is not there, is neither YAML nor JSON, or a field of it is wrong.
    """
    name = str(source) if isinstance(source, Path) else kind.__name__.lower()
    content = mapping_in(source) if isinstance(source, Path) else source
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as failure:
        raise _unusable(name, failure) from failure


def mapping_in(path: Path) -> Mapping[str, Any]:
    """
    Read the file at *path* as it stands.

    Raises:
        Unusable: it is not there, or holds no named fields in YAML or JSON.
    """
    content = _content(path)
    if not isinstance(content, Mapping):
        raise Unusable("file_no_mapping", file=path)
    return content


def _content(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise Unusable("file_missing", file=path) from None
    except UnicodeDecodeError:
        raise Unusable("file_unreadable", file=path, line=1) from None
    try:
        # JSON may be indented with tabs, which YAML does not take.
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except json.JSONDecodeError as failure:
        raise Unusable("file_unreadable", file=path, line=failure.lineno) from None
    except yaml.MarkedYAMLError as failure:
        line = failure.problem_mark.line + 1 if failure.problem_mark else 1
        raise Unusable("file_unreadable", file=path, line=line) from None
    except yaml.YAMLError:
        raise Unusable("file_unreadable", file=path, line=1) from None


def _unusable(name: str, failure: ValidationError) -> Unusable:
    """Say what is wrong with the first field that is."""
    error = failure.errors(include_url=False)[0]
    field = _path(error["loc"])
    match error["type"]:
        case "missing":
            return Unusable("field_missing", file=name, field=field)
        case "unexpected_keyword_argument" | "extra_forbidden":
            return Unusable("field_unknown", file=name, field=field)
        case "literal_error":
            return Unusable("field_choice", file=name, field=field, choices=error["ctx"]["expected"])
        case kind if kind in _KINDS:
            return Unusable("field_kind", file=name, field=field, kind=_KINDS[kind])
        case _:
            reason = error["msg"].removeprefix("Value error, ")
            if not field:
                return Unusable("file_wrong", file=name, reason=reason)
            return Unusable("field_wrong", file=name, field=field, reason=reason)


def _path(place: tuple[int | str, ...]) -> str:
    """Write where in the file, as `features.slash_commands[0].command`."""
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")
