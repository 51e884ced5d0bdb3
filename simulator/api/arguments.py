"""The arguments of one call, wherever the client put them: query, form or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from simulator.wire import Json, SlackError

_NESTED = frozenset({"blocks", "view", "attachments", "metadata", "prompts", "message", "loading_messages"})


@dataclass(frozen=True)
class Arguments:
    """One call's arguments; nested values are already read out of their JSON strings."""

    given: Json

    @classmethod
    async def of(cls, request: web.Request) -> "Arguments":
        given: Json = dict(request.query)
        if request.method == "POST":
            if request.content_type == "application/json":
                given |= _json_object(await request.text())
            else:
                given |= {
                    name: value for name, value in (await request.post()).items() if isinstance(value, str)
                }
        for name in _NESTED & given.keys():
            if isinstance(given[name], str):
                given[name] = _nested(name, given[name])
        return cls(given)

    def get(self, name: str) -> object:
        value: object = self.given.get(name)
        return value

    def text(self, name: str) -> str | None:
        """Read a string; absent and empty are the same."""
        value = self.given.get(name)
        return str(value) if value not in (None, "") else None

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise invalid(f"missing required field: {name}", f"/{name}")
        return value

    def flag(self, name: str) -> bool:
        return self.given.get(name) in (True, 1, "1", "true", "True")

    def whole(self, name: str, otherwise: int) -> int:
        value = self.text(name)
        if value is None:
            return otherwise
        if not value.isdecimal():
            raise invalid("must be a number", f"/{name}")
        return int(value)

    def listed(self, name: str) -> list[str]:
        """Read a list that may come comma-joined."""
        value = self.given.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def object(self, name: str) -> Json:
        value = self.given.get(name)
        if not isinstance(value, Mapping):
            raise invalid(f"missing required field: {name}", f"/{name}")
        return dict(value)


def invalid(message: str, pointer: str) -> SlackError:
    line = f"[ERROR] {message} [json-pointer:{pointer}]"
    return SlackError("invalid_arguments", response_metadata={"messages": [line]})


def _json_object(text: str) -> Json:
    try:
        read = json.loads(text or "{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _nested(name: str, text: str) -> object:
    try:
        read: object = json.loads(text)
    except ValueError:
        if name == "message":
            return text
        raise SlackError("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from None
    return read
