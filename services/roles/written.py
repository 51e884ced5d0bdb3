"""Answers to checks as they go over the wire, put together from parts that were written before."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from services.roles.domain import ladder
from services.roles.domain.ladder import Matrix
from services.roles.domain.rights import NEVER, ByRight
from shared.contracts.roles import Role, Rung

# Some rungs: whether all of them hold, their four columns, and the member that names the grant. A plain tuple
# of plain things: the garbage collector soon stops looking at it.
Part = tuple[bool, bytes, bytes, bytes, bytes, bytes]
# Roles, a bit for each.
Mask = int
# What lets a person act in an organisation: until when that stands; the parts, the best first, each with the
# roles that it is good for; and the part for all else.
Place = tuple[datetime, tuple[tuple[Mask, Part], ...], Part]

ANSWER = (
    b'{"allowed":%b,"holds":[%b,%b,%b],"codes":[%b,%b,%b],"since":[%b,%b,%b],%b%b"roles":%b,"revision":%d}'
)
_BITS = {role: 1 << number for number, role in enumerate(Role)}


def part(rungs: Sequence[Rung]) -> Part:
    """Write *rungs*."""
    grant = next((rung.grant for rung in rungs if rung.grant), None)
    return (
        all(rung.holds for rung in rungs),
        _column([rung.holds for rung in rungs]),
        _column([rung.code for rung in rungs]),
        # As pydantic writes moments.
        _column([rung.since.isoformat().replace("+00:00", "Z") if rung.since else None for rung in rungs]),
        _column([rung.fixer.value for rung in rungs]),
        b'"grant":"%b",' % str(grant).encode() if grant else b"",
    )


def place(by_right: ByRight, now: datetime) -> Place:
    """Write what *by_right* comes to at *now*."""
    parts = tuple((_mask(roles), part(rungs)) for roles, rungs in by_right.ways(now))
    return by_right.stands_until(now), parts, part(by_right.otherwise())


def _mask(roles: Iterable[Role]) -> Mask:
    return sum(_BITS[role] for role in roles)


def actions(matrix: Matrix) -> dict[str, tuple[Mask, bytes]]:
    """The roles that let people do each action, as bits and as they are written."""
    written = {}
    for action in matrix.actions():
        roles = matrix.roles(action)
        written[action] = _mask(roles), _row([role.value for role in roles])
    return written


def together(standing: Part, register: Part, granted: Part, roles: bytes, revision: int) -> bytes:
    """The whole answer: the rungs on the person, on the organisation and on the grant."""
    allowed = standing[0] and register[0] and granted[0]
    return ANSWER % (
        b"true" if allowed else b"false",
        standing[1],
        register[1],
        granted[1],
        standing[2],
        register[2],
        granted[2],
        standing[3],
        register[3],
        granted[3],
        # What goes without saying is not said: with every rung in place there is nothing to mend.
        b"" if allowed else b'"fixers":[%b,%b,%b],' % (standing[4], register[4], granted[4]),
        granted[5],
        roles,
        revision,
    )


def _column(values: Sequence[object]) -> bytes:
    return _row(values)[1:-1]


def _row(values: Sequence[object]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()


NEVER_SEEN = part(ladder.standing_rungs(None))
# A main user may do what no role lets anybody do, too.
ALL = sum(_BITS.values())
NOTHING: Place = (NEVER, (), part(ladder.no_grant_rungs()))
