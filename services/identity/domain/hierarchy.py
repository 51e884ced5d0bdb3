"""How the entries of the register hang together, and where they do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.contracts.identity import RegisterParentsCyclic, RegisterParentUnknown, RegisterState

CYCLIC, UNKNOWN = RegisterParentsCyclic.code, RegisterParentUnknown.code


@dataclass(frozen=True, slots=True)
class Span:
    """The state of an entry, and between which Finnish dates it is valid; empty means open."""

    state: RegisterState
    valid_from: date | None
    valid_until: date | None


def troubles(parents: Mapping[str, str | None]) -> dict[str, str]:
    """
    The code of what is wrong with where each entry hangs; entries that hang well are left out.

    Whoever hangs from an entry in trouble shares its trouble: the way up from there leads nowhere, too.
    """
    verdicts: dict[str, str] = {}
    for start in parents:
        path: dict[str, None] = {}
        here: str | None = start
        verdict = ""
        while here is not None:
            if here in verdicts:
                verdict = verdicts[here]
                break
            if here in path:
                verdict = CYCLIC
                break
            if here not in parents:
                verdict = UNKNOWN
                break
            path[here] = None
            here = parents[here]
        verdicts.update(dict.fromkeys(path, verdict))
    return {oid: verdict for oid, verdict in verdicts.items() if verdict}


def together(spans: Iterable[Span]) -> Span | None:
    """What several entries that one hangs from come to: valid only while all of them are."""
    found = [*spans]
    if not found:
        return None
    bad = next((one.state for one in found if one.state is not RegisterState.ACTIVE), RegisterState.ACTIVE)
    begins = [one.valid_from for one in found if one.valid_from is not None]
    ends = [one.valid_until for one in found if one.valid_until is not None]
    return Span(bad, max(begins, default=None), min(ends, default=None))
