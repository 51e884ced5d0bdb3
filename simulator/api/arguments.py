"""The arguments of one call, wherever the client put them: query, form or JSON."""

import json
from dataclasses import dataclass

from aiohttp import web

from simulator.api.documented import Documented
from simulator.wire import Json, SlackError

_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_JSON = "application/json"
_CHARSETS = frozenset({None, "utf-8", "utf8", "iso-8859-1"})
# What a client sends as a string of JSON where it cannot send JSON itself.
_NESTED = frozenset(
    {"attachments", "blocks", "chunks", "files", "loading_messages", "message", "metadata", "prompts", "view"}
)


@dataclass(frozen=True)
class Arguments:
    """One call: what was given, nested values read out of their strings, and the *facts* of its method.

    *held* are the scopes of the token that it was made with.
    """

    given: Json
    facts: Documented
    warnings: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()

    @classmethod
    async def of(cls, request: web.Request, facts: Documented) -> "Arguments":
        given: Json = dict(request.query)
        warnings: tuple[str, ...] = ()
        if request.method == "POST" and await request.read():
            given |= await _body(request)
            warnings = _about_charset(request)
        for name in _NESTED & given.keys():
            if isinstance(given[name], str):
                given[name] = _nested(name, given[name])
        return cls(given, facts, warnings)

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

    def within(self, name: str, most: int) -> str | None:
        """Read a string of at most *most* characters."""
        value = self.text(name)
        if value is not None and len(value) > most:
            raise invalid(f"must be less than {most + 1} characters", f"/{name}")
        return value


def invalid(message: str, pointer: str) -> SlackError:
    line = f"[ERROR] {message} [json-pointer:{pointer}]"
    return SlackError("invalid_arguments", response_metadata={"messages": [line]})


async def _body(request: web.Request) -> Json:
    """Read what was posted.

    Raises: missing_post_type, invalid_post_type, invalid_charset, invalid_json, json_not_object.
    """
    if request.headers.get("Content-Type") is None:
        raise SlackError("missing_post_type")
    charset = request.charset
    if (charset.lower() if charset else None) not in _CHARSETS:
        raise SlackError("invalid_charset")
    if request.content_type == _JSON:
        return _json_object(await request.text())
    if request.content_type in _FORMS:
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if request.content_type != "text/plain":
        raise SlackError("invalid_post_type")
    return {}


def _about_charset(request: web.Request) -> tuple[str, ...]:
    """Say what Slack says of a charset: JSON should have one, a form should not."""
    form = request.content_type in _FORMS
    if form and request.charset is not None:
        return ("superfluous_charset",)
    return () if form or request.charset is not None else ("missing_charset",)


def _json_object(text: str) -> Json:
    try:
        read = json.loads(text)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _nested(name: str, text: str) -> object:
    try:
        read: object = json.loads(text)
    except ValueError:
        if name == "blocks":
            # Whoever wants blocks finds a string there, and refuses it by the name of its own method.
            return text
        raise invalid("must be valid JSON", f"/{name}") from None
    return read
