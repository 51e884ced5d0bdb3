"""The people around a grant, and what each of them chose: what `audience` needs to know."""

from bot.kit import Kit
from bot.notifications.audience import Circle, Fact, Hearer, audience
from bot.views.news import who_will_hear
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.roles import Coverage, DescribeCoverage, GrantView, Role


class Circles:
    """Finds out who hears of what, before or after it has happened."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def coverage(self, organisation: OrganisationId) -> Coverage:
        return await self._kit.bus.call(DescribeCoverage(organisation=organisation))

    async def hearers(self, fact: Fact, circle: Circle) -> tuple[Hearer, ...]:
        """Everybody who hears of *fact*, as they chose to."""
        people = {circle.holder, circle.granter, *circle.main_users}
        return audience(fact, circle, await self._kit.diary.choices(people))

    async def preview(
        self, fact: Fact, organisation: OrganisationId, holder: PersonId, by: PersonId, language: Language
    ) -> str:
        """
        Say who besides *holder* will be told if *by* brings *fact* about now: light markup, for forms.

        *by* is taken for who granted; for a grant that is there already, use `preview_of`. Nothing is said if
        nobody else is told.
        """
        circle = Circle(holder, by, main_users(await self.coverage(organisation)), actor=by)
        others = [each for each in await self.hearers(fact, circle) if each.person != holder]
        return await self._said(tuple(others), language) if others else ""

    async def preview_of(self, fact: Fact, grant: GrantView, by: PersonId, language: Language) -> str:
        """The same for what is about to be decided on *grant*."""
        circle = around(grant, await self.coverage(grant.organisation), actor=by)
        return await self._said(await self.hearers(fact, circle), language)

    async def _said(self, hearers: tuple[Hearer, ...], language: Language) -> str:
        people = await self._kit.people.named(each.person for each in hearers)
        return who_will_hear(hearers, people, language)


def around(grant: GrantView, coverage: Coverage, actor: PersonId | None = None) -> Circle:
    """The people around *grant*."""
    return Circle(grant.holder, grant.granted_by, main_users(coverage), actor)


def main_users(coverage: Coverage) -> tuple[PersonId, ...]:
    return holders(coverage, Role.MAIN_USER)


def holders(coverage: Coverage, role: Role) -> tuple[PersonId, ...]:
    """Who holds *role* now."""
    return next((each.holders for each in coverage.holdings if each.role is role), ())
