"""docs/messages.md and docs/schemas: every message there is, as its class says it."""

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

from shared.contracts import base, contacts, health, identity, legacy, roles, roles_refusals
from shared.contracts.base import Command, Event, Message, Refusal, Request
from shared.messaging.topology import HEARS, callers

MODULES = (base, identity, roles, legacy, roles_refusals, contacts, health)
SERVICES = ("identity", "roles", "contacts", "bot")


def requests() -> list[type[Request[Any]]]:
    """Every request, in the order of subjects."""
    return sorted(_classes(Request), key=lambda one: one.subject)


def events() -> list[type[Event]]:
    """Every event, in the order of subjects."""
    return sorted(_classes(Event), key=lambda one: one.subject)


def refusals() -> list[type[Refusal]]:
    """Every refusal, in the order of codes."""
    found = {cls for module in MODULES for cls in vars(module).values() if _is_a(cls, Refusal)}
    return sorted((cls for cls in found if hasattr(cls, "code")), key=lambda one: one.code)


def page() -> str:
    """The whole of docs/messages.md."""
    return "\n".join(_lines()).rstrip() + "\n"


def schemas() -> dict[str, str]:
    """The JSON Schema of every request, reply and event, by file name."""
    files: dict[str, str] = {}
    for request in requests():
        files[f"{request.service()}.{request.__name__}.json"] = _schema(request, request.subject)
        reply = request.reply_type
        owner = "base" if reply.__module__.endswith(".base") else request.service()
        files[f"{owner}.{reply.__name__}.json"] = _schema(reply)
    for event in events():
        service = event.subject.split(".")[1]
        files[f"{service}.{event.__name__}.json"] = _schema(event, event.subject)
    return files


def _lines() -> Iterator[str]:
    yield "# Messages"
    yield ""
    yield "Made by `make docs` from `shared/contracts` and `shared/messaging/topology.py`: do not edit."
    yield ""
    yield (
        "A request is sent to its subject and answered with its reply, or refused. *Proof* is what the "
        "caller must show besides the account that it connects with: nothing more (`program`), a token for "
        "reading (`person`), or a token bound to this one command (`act`). The schemas are in `schemas/`."
    )
    for service in SERVICES:
        yield from _service(service)
    yield from ["", "## Refusals", "", "| code | name | says |", "|---|---|---|"]
    for refusal in refusals():
        yield f"| `{refusal.code}` | {refusal.__name__} | {_first(refusal)} |"


def _service(service: str) -> Iterator[str]:
    yield from ["", f"## {service}", "", "### Answers"]
    for request in requests():
        if request.service() == service:
            yield from _request(request)
    announced = [event for event in events() if event.subject.split(".")[1] == service]
    if announced:
        yield from ["", "### Announces"]
    for event in announced:
        hearers = ", ".join(account for account, heard in HEARS.items() if event in heard) or "nobody"
        yield from ["", f"#### {event.__name__}", "", _first(event), "", f"- subject `{event.subject}`"]
        yield f"- heard by {hearers}"
        yield from _fields(event)


def _request(request: type[Request[Any]]) -> Iterator[str]:
    yield from ["", f"#### {request.__name__}", "", _first(request), "", f"- subject `{request.subject}`"]
    proof = f"- proof `{request.proof}`"
    if issubclass(request, Command) and request.fresh_identification:
        proof += ", and a fresh strong identification"
    yield proof
    yield f"- may be called by {', '.join(callers(request)) or 'nobody'}"
    yield f"- reply `{request.reply_type.__name__}`"
    yield from _fields(request)
    known = {refusal.__name__: refusal for refusal in refusals()}
    words = re.findall(r"\w+", inspect.getdoc(request) or "")
    named = list(dict.fromkeys(word for word in words if word in known))
    if named:
        yield "- refuses " + ", ".join(f"`{known[name].code}`" for name in named)


def _fields(message: type[Message]) -> Iterator[str]:
    schema = message.model_json_schema()
    required = set(schema.get("required", ()))
    fields = [
        f"`{name}`{'' if name in required else ' (may be left out)'}" for name in schema.get("properties", {})
    ]
    yield "- fields " + (", ".join(fields) if fields else "none")


def _schema(message: type[Message], subject: str | None = None) -> str:
    schema = message.model_json_schema()
    if subject:
        schema["x-subject"] = subject
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _first(thing: type[object]) -> str:
    """The first sentence or paragraph of a docstring, on one line."""
    paragraph = (inspect.getdoc(thing) or "").split("\n\n")[0]
    return " ".join(paragraph.split())


def _classes(kind: type[Any]) -> set[type[Any]]:
    return {
        cls
        for module in MODULES
        for cls in vars(module).values()
        if _is_a(cls, kind) and getattr(cls, "subject", None)
    }


def _is_a(thing: object, kind: type[object]) -> bool:
    return inspect.isclass(thing) and issubclass(thing, kind)
