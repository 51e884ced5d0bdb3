"""Faults as they are typed: `chat.postMessage`, `chat.postMessage=500`, `chat.postMessage=429:30`."""

import re

from simulator.api.endpoint import METHODS, Fault

_FORM = re.compile(r"(?P<method>[\w.]+)(?:=(?P<status>[45]\d\d)(?::(?P<wait>\d{1,5}))?)?")


class BadFault(ValueError):
    """What was typed is no fault; *key* names the sentence that says so."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def parse_fault(text: str) -> tuple[str, Fault]:
    """
    Read the method that is to fail, and how.

    Raises:
        BadFault: it is written otherwise, or the simulator has no such method.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadFault("bad_fault", fault=text)
    if found["method"] not in METHODS:
        raise BadFault("unknown_method", method=found["method"])
    status = int(found["status"] or 429)
    if status == 429:
        return found["method"], Fault(retry_after=int(found["wait"] or 1))
    wait = int(found["wait"]) if found["wait"] else None
    return found["method"], Fault(status, "internal_error", wait)
