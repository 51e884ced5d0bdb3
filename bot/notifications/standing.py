"""Whether a fact is still worth telling, seen from how things stand now. Pure."""

from collections.abc import Sequence

from bot.notifications.audience import Fact
from bot.notifications.circles import holders
from shared.contracts.roles import Coverage, GrantView, Phase

STANDS = {
    Fact.OFFERED: {Phase.WAITING},
    Fact.ACCEPTED: {Phase.IN_FORCE},
    Fact.DECLINED: {Phase.DECLINED},
    Fact.WITHDRAWN: {Phase.WITHDRAWN},
    Fact.REVOKED: {Phase.REVOKED},
    Fact.RELINQUISHED: {Phase.RELINQUISHED},
    Fact.UNANSWERED: {Phase.WAITING},
    Fact.LAPSING: {Phase.WAITING},
    Fact.LAPSED: {Phase.LAPSED},
    Fact.ENDING: {Phase.IN_FORCE},
    Fact.ENDING_SOON: {Phase.IN_FORCE},
    Fact.EXPIRED: {Phase.EXPIRED},
    Fact.HOLDER_LEFT: {Phase.WAITING, Phase.IN_FORCE},
}
# Nothing has to be done about these once the role was offered anew.
MADE_GOOD = {Fact.LAPSED, Fact.ENDING, Fact.ENDING_SOON, Fact.EXPIRED}


def stands(fact: Fact, grant: GrantView, coverage: Coverage, of_holder: Sequence[GrantView]) -> bool:
    """
    Is *fact* about *grant*, as it is now, still news?

    *of_holder* is what the holder holds or has been offered.
    """
    left = len(holders(coverage, grant.role))
    if fact is Fact.HANGS_ON_ONE:
        return left == 1
    if fact is Fact.HELD_BY_NOBODY:
        return left == 0
    if grant.phase not in STANDS[fact]:
        return False
    return fact not in MADE_GOOD or not any(_takes_over(other, grant) for other in of_holder)


def _takes_over(other: GrantView, grant: GrantView) -> bool:
    alike = (other.organisation, other.role) == (grant.organisation, grant.role)
    return alike and other.id != grant.id and other.valid_until > grant.valid_until
