"""May this person do this? Every gate in order, each with a reason and with who can mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import Field

from services.roles.domain.days import FINLAND
from services.roles.domain.grants import Grant
from shared.contracts.identity import OrganisationView, RegisterState
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Ground, Phase, Role, Rung
from shared.contracts.roles_refusals import ActionUnknown
from shared.contracts.tables import Sentence, Strict, believed

# The better a grant stands, the more it is worth explaining.
RANKS = {phase: rank for rank, phase in enumerate(reversed(Phase))} | {
    Phase.IN_FORCE: 90,
    Phase.WAITING: 80,
    Phase.EXPIRED: 70,
    Phase.LAPSED: 60,
}

STALE = "register_stale"
# What somebody had in Katso lets them do nothing here: as a role, and as a main user's.
LEFT_BEHIND, MAIN_USER_LEFT_BEHIND = "katso_not_moved", "katso_main_user_not_moved"

# The gates that turn on by what right somebody acts.
OF_RIGHT = (Gate.RIGHT, Gate.GRANTED, Gate.ACCEPTED, Gate.INDUCTED, Gate.DATES)


class Matrix:
    """Which roles let people do what: an action is a view and a verb, ``billing.edit``."""

    def __init__(self, label: str, views: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.label = label
        self._roles: dict[str, tuple[Role, ...]] = {}
        for view, verbs in views.items():
            for verb, roles in verbs.items():
                self._roles[f"{view}.{verb}"] = tuple(Role(role) for role in roles)
            readers = [role for verb in ("edit", "read") for role in verbs.get(verb, ())]
            self._roles[f"{view}.read"] = tuple(dict.fromkeys(Role(role) for role in readers))

    def roles(self, action: str) -> tuple[Role, ...]:
        """
        The roles that let people do *action*.

        Raises:
            ActionUnknown: nothing is called that.
        """
        try:
            return self._roles[action]
        except KeyError:
            raise ActionUnknown(known=[*self.actions()]) from None

    def actions(self) -> tuple[str, ...]:
        return tuple(self._roles)


class _Table(Strict):
    label: Sentence
    views: Annotated[dict[str, dict[str, tuple[Role, ...]]], Field(min_length=1)]


def read_matrix(document: object) -> Matrix:
    """
    The matrix in *document*, the content of a YAML file.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    read = believed(_Table, document)
    return Matrix(read.label, read.views)


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What we know of a person: when they last identified strongly and linked their chat account.

    What identity signed for them before its fact *void_before* counts no more.
    """

    identified_at: datetime | None
    linked_at: datetime | None
    void_before: int = 0


def standing_rungs(standing: Standing | None) -> tuple[Rung, Rung]:
    """Is it known who the person is, and which chat account is theirs?"""
    identified = standing.identified_at if standing else None
    linked = standing.linked_at if standing else None
    return (
        _holds(Gate.IDENTIFIED, "identified", identified)
        if identified
        else _lacks(Gate.IDENTIFIED, "never_identified", Fixer.PERSON),
        _holds(Gate.CHAT_LINKED, "linked", linked)
        if linked
        else _lacks(Gate.CHAT_LINKED, "not_linked", Fixer.PERSON),
    )


def register_rung(
    organisation: OrganisationView | None,
    *,
    now: datetime,
    oldest: timedelta,
    read_at: datetime | None = None,
) -> Rung:
    """
    Is the organisation current in the register, as a copy of it tells that is at most *oldest* old?

    *read_at* is when the register that it is in was last read, whatever that changed of the organisation.
    """
    if organisation is None or organisation.state is RegisterState.ABSENT:
        return _register("absent", organisation.state_since if organisation else None)
    if organisation.trouble:
        return _register("in_error", organisation.state_since)
    if organisation.state is not RegisterState.ACTIVE:
        return _register("not_active", organisation.state_since)
    today = now.astimezone(FINLAND).date()
    if organisation.valid_from and today < organisation.valid_from:
        return _register("not_yet_valid", None)
    if organisation.valid_until and today > organisation.valid_until:
        return _register("expired", _day_after(organisation.valid_until))
    if not _parent_holds(organisation, today):
        return _register("parent_not_valid", None)
    copied_at = max((one for one in (organisation.fetched_at, read_at) if one), default=None)
    if copied_at is None or now - copied_at > oldest:
        return _lacks(Gate.REGISTER, STALE, Fixer.REGISTER_KEEPER, since=copied_at)
    return _holds(Gate.REGISTER, "register_current", organisation.state_since or organisation.fetched_at)


def _register(word: str, since: datetime | None) -> Rung:
    return _lacks(Gate.REGISTER, f"register_{word}", Fixer.REGISTER_KEEPER, since=since)


def _parent_holds(organisation: OrganisationView, today: date) -> bool:
    if organisation.parent_state is None:
        return True
    return (
        organisation.parent_state is RegisterState.ACTIVE
        and (organisation.parent_valid_from is None or organisation.parent_valid_from <= today)
        and (organisation.parent_valid_until is None or today <= organisation.parent_valid_until)
    )


def _day_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), FINLAND).astimezone(UTC)


def main_user_rungs(grant: Grant) -> tuple[Rung, ...]:
    """
    A main user has the rights of all roles (kanta.fi, 16.10.2019); *grant* is how they became one.

    Whoever an operator named at first may act before they accept; that they have not accepted is said.
    """
    since = grant.acceptance.accepted_at if grant.acceptance else grant.named_at
    accepted = "accepted" if grant.acceptance else "named"
    return (
        _holds(Gate.RIGHT, grant.ground.value, since),
        _holds(Gate.GRANTED, "main_user", since, grant),
        _holds(Gate.ACCEPTED, accepted, since),
        *(_holds(gate, "main_user", since) for gate in (Gate.INDUCTED, Gate.DATES)),
    )


def katso_rungs() -> tuple[Rung, ...]:
    """A role in Katso was granted and accepted there, and lets people act while it counts."""
    return tuple(_holds(gate, Ground.KATSO_ROLE.value, None) for gate in OF_RIGHT)


def no_grant_rungs(mandate: Ground | None = None) -> tuple[Rung, ...]:
    """Nobody granted a role that would do; *mandate* is by what Suomi.fi lets them act, if it does."""
    right = (
        _lacks(Gate.RIGHT, "no_grant", Fixer.MAIN_USER)
        if mandate is None
        else _holds(Gate.RIGHT, mandate.value, None)
    )
    return (right, *(_lacks(gate, "no_grant", Fixer.MAIN_USER) for gate in OF_RIGHT[1:]))


def left_behind_rungs(code: str, mandate: Ground | None = None) -> tuple[Rung, ...]:
    """The same, where a role in Katso would have done: the first rung that is missing says so, by *code*."""
    rungs = no_grant_rungs(mandate)
    first = next(index for index, rung in enumerate(rungs) if not rung.holds)
    return (*rungs[:first], replace(rungs[first], code=code), *rungs[first + 1 :])


def best_first(grants: Sequence[Grant], now: datetime) -> Sequence[Grant]:
    """The grant that stands best first; of equals, the one offered last."""
    return sorted(grants, key=lambda grant: (RANKS[grant.phase(now)], grant.offered_at), reverse=True)


def answer(rungs: tuple[Rung, ...], roles: tuple[Role, ...], revision: int) -> AccessAnswer:
    """Yes, if every rung holds."""
    return AccessAnswer.of(rungs, roles=roles, revision=revision)


def rungs_of(grant: Grant, now: datetime) -> tuple[Rung, ...]:
    """The rungs that *grant* decides, as it stands at *now*."""
    phase = grant.phase(now)
    right = _right(grant, phase)
    accepted_at = grant.acceptance.accepted_at if grant.acceptance else None
    ended = phase in (Phase.DECLINED, Phase.WITHDRAWN, Phase.REVOKED, Phase.RELINQUISHED)
    granted = (
        _lacks(Gate.GRANTED, phase.value, Fixer.MAIN_USER, since=grant.closed_at, grant=grant)
        if ended
        else _holds(Gate.GRANTED, "granted", grant.offered_at, grant)
    )
    if accepted_at:
        accepted = _holds(Gate.ACCEPTED, "accepted", accepted_at)
    elif phase is Phase.WAITING:
        accepted = _lacks(Gate.ACCEPTED, "waiting", Fixer.PERSON, since=grant.offered_at)
    else:
        since = grant.offer_ends_at if phase is Phase.LAPSED else grant.closed_at
        accepted = _lacks(Gate.ACCEPTED, phase.value, Fixer.MAIN_USER, since=since)
    inducted = _holds(Gate.INDUCTED, "inducted", grant.offered_at)
    if phase is Phase.IN_FORCE:
        dates = _holds(Gate.DATES, "in_force", accepted_at)
    elif phase is Phase.WAITING:
        dates = _lacks(Gate.DATES, "waiting", Fixer.PERSON)
    else:
        since = grant.ends_at if phase is Phase.EXPIRED else grant.closed_at
        dates = _lacks(Gate.DATES, phase.value, Fixer.MAIN_USER, since=since)
    return right, granted, accepted, inducted, dates


def _right(grant: Grant, phase: Phase) -> Rung:
    if phase in (Phase.EXPIRED, Phase.LAPSED) and grant.proved_at is not None:
        # Suomi.fi's word is over: whoever asks it again has what they had.
        return _lacks(Gate.RIGHT, "proof_over", Fixer.PERSON, since=grant.ends_at)
    if phase in (Phase.WAITING, Phase.IN_FORCE):
        return _holds(Gate.RIGHT, grant.ground.value, grant.proved_at or grant.offered_at)
    return _lacks(Gate.RIGHT, phase.value, Fixer.MAIN_USER, since=grant.closed_at)


def _holds(gate: Gate, code: str, since: datetime | None, grant: Grant | None = None) -> Rung:
    return Rung(gate=gate, holds=True, code=code, since=since, grant=grant.id if grant else None)


def _lacks(
    gate: Gate, code: str, fixer: Fixer, *, since: datetime | None = None, grant: Grant | None = None
) -> Rung:
    return Rung(
        gate=gate, holds=False, code=code, since=since, fixer=fixer, grant=grant.id if grant else None
    )
