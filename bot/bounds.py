"""What a workspace may be used for: only for the organisations that it is bound to."""

from typing import cast

from bot.fresh import Fresh
from bot.people import ChatActor
from shared.contracts.base import ActorNotProved, OrganisationId, Proof, ReplyT, Request
from shared.contracts.identity import (
    Affiliations,
    ClaimWorkspace,
    DescribeWorkspace,
    GetAffiliations,
    OrganisationView,
    PersonView,
    WorkspaceNotBound,
)
from shared.contracts.legacy import LegacyGrants
from shared.contracts.roles import GetMyGrants, Grants, Phase
from shared.messaging.bus import Caller, OnBehalf

# An operator's word reaches us this soon.
KNOWN_FOR = 10.0


class Bounded:
    """
    The bus, as far as the workspace of whoever asks may be used.

    Of organisations that it is not bound to nothing is asked in it, and nothing that comes back is shown: a
    person may be a main user of one organisation, and write from the workspace of another.
    """

    def __init__(self, bus: Caller) -> None:
        self._bus = bus
        self._known: Fresh[str, frozenset[OrganisationId]] = Fresh(KNOWN_FOR)

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        """
        Send *request*, as the bus does.

        Raises:
            WorkspaceNotBound: it concerns an organisation that the asker's workspace is not bound to.
        """
        if not isinstance(on_behalf, ChatActor) or isinstance(request, ClaimWorkspace):
            return await self._vouched(request, on_behalf)
        team = on_behalf.chat.team
        organisation = getattr(request, "organisation", None)
        if organisation is not None and not await self.covers(team, organisation):
            raise WorkspaceNotBound
        answer = await self._vouched(request, on_behalf)
        if isinstance(answer, Affiliations | Grants | LegacyGrants):
            return cast(ReplyT, _within(answer, await self._bound(team)))
        return answer

    async def _vouched(self, request: Request[ReplyT], on_behalf: OnBehalf | None) -> ReplyT:
        """Ask; once more if what vouched for the person was kept, and counts no more."""
        try:
            return await self._bus.call(request, on_behalf=on_behalf)
        except ActorNotProved:
            if not isinstance(on_behalf, ChatActor) or request.proof is not Proof.PERSON:
                raise
            on_behalf.people.forget_token(on_behalf.chat)
        return await self._bus.call(request, on_behalf=on_behalf)

    async def covers(self, team: str, organisation: OrganisationId) -> bool:
        """Tell whether the workspace *team* may be used for *organisation*."""
        return organisation in await self._bound(team)

    async def out_of_sight(self, person: PersonView | None, organisation: OrganisationId) -> bool:
        """Tell whether *person* is reached only where nothing of *organisation* may be shown."""
        chat = person.chat if person else None
        return chat is not None and not await self.covers(chat.team, organisation)

    async def hides_an_offer(self, actor: ChatActor) -> bool:
        """Tell whether an offer waits for the person that their workspace may not show."""
        bound = await self._bound(actor.chat.team)
        mine = await self._vouched(GetMyGrants(), actor)
        return any(one.phase is Phase.WAITING and one.organisation not in bound for one in mine.grants)

    async def claimable(self, actor: ChatActor) -> tuple[OrganisationView, ...]:
        """Organisations that the person is a main user of, and that their workspace is not used for yet."""
        bound = await self._bound(actor.chat.team)
        everything = await self._vouched(GetAffiliations(), actor)
        return tuple(
            each.organisation
            for each in everything.affiliations
            if each.main_user and each.organisation.id not in bound
        )

    def forget(self, team: str) -> None:
        """Ask anew what *team* is used for."""
        self._known.forget(team)

    async def _bound(self, team: str) -> frozenset[OrganisationId]:
        async def described() -> frozenset[OrganisationId]:
            found = await self._bus.call(DescribeWorkspace(team=team))
            return frozenset(each.id for each in found.organisations)

        return await self._known.recall(team, described)


def _within(
    answer: Affiliations | Grants | LegacyGrants, bound: frozenset[OrganisationId]
) -> Affiliations | Grants | LegacyGrants:
    if isinstance(answer, Affiliations):
        kept = tuple(each for each in answer.affiliations if each.organisation.id in bound)
        mandates = tuple(each for each in answer.mandates if each.organisation in bound)
        others = tuple(each for each in answer.others if each.id in bound)
        return answer.model_copy(update={"affiliations": kept, "mandates": mandates, "others": others})
    if isinstance(answer, LegacyGrants):
        had = tuple(each for each in answer.grants if each.organisation in bound)
        return answer.model_copy(update={"grants": had})
    grants = tuple(each for each in answer.grants if each.organisation in bound)
    return answer.model_copy(update={"grants": grants})
