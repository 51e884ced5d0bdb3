"""A small town behind the bus: answers what the services answer, and refuses what they refuse."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from shared.contracts.base import (
    Done,
    Event,
    IdentificationTooOld,
    Language,
    PersonId,
    Proof,
    ReplyT,
    Request,
    Unavailable,
)
from shared.contracts.identity import (
    ActorToken,
    Affiliation,
    Affiliations,
    BeginIdentification,
    ChatAccount,
    ChatAccountNotLinked,
    ChatIdentity,
    DescribeOrganisations,
    DescribePeople,
    GetAffiliations,
    GetChatIdentity,
    IdentificationLink,
    Intent,
    MintCommandToken,
    MintReadToken,
    Organisations,
    People,
    PersonIdentified,
    PersonView,
    SearchPeople,
    SetLanguage,
)
from shared.contracts.roles import (
    Acceptance,
    AcceptGrant,
    AccessAnswer,
    Catalogue,
    Coverage,
    DeclineGrant,
    DescribeGrant,
    ExplainAccess,
    Fixer,
    Gate,
    GetCatalogue,
    GetCoverage,
    GetMyGrants,
    GetOrganisationGrants,
    GrantId,
    Grants,
    GrantStatus,
    GrantView,
    Holding,
    OfferGrant,
    Phase,
    Role,
    Rung,
)
from shared.contracts.roles_refusals import (
    GrantClosed,
    InductionMissing,
    NotMainUser,
    NotYourGrant,
    TextChanged,
)
from shared.messaging.bus import OnBehalf
from tests.bot.makers import NOW, a_grant, a_person, an_organisation, role_text

PHASES = {
    GrantStatus.OFFERED: Phase.WAITING,
    GrantStatus.ACCEPTED: Phase.IN_FORCE,
    GrantStatus.DECLINED: Phase.DECLINED,
}


class Hold:
    """A service that has got its request and does not answer yet."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.let_go = asyncio.Event()


class Town:
    """The services, as far as the bot sees them."""

    def __init__(self) -> None:
        self.clinic = an_organisation()
        self.maija = a_person("Maija Pääkäyttäjä", "U0MAIJA", "fi")
        self.olle = a_person("Olle Arkivarie", "U0OLLE", "sv")
        self.people = {each.id: each for each in (self.maija, self.olle)}
        self.grants: dict[GrantId, GrantView] = {}
        self.languages: dict[ChatAccount, Language] = {}
        self.fresh = {self.maija.id, self.olle.id}
        self.intents: list[Intent] = []
        self.asked: list[Request[Any]] = []
        self.away: set[type] = set()
        self.held: dict[type, Hold] = {}
        self.words = "What the role means."
        self.hear: Callable[[Event], Any] | None = None

    def put(self, grant: GrantView) -> GrantView:
        self.grants[grant.id] = grant
        return grant

    def unlink(self, person: PersonView) -> PersonView:
        changed = person.model_copy(update={"linked_at": None, "identified_at": None})
        self.people[person.id] = changed
        return changed

    def identify(self, person: PersonView, intent: Intent) -> PersonIdentified:
        """What identity announces when *person* comes back from the login page."""
        assert person.chat is not None
        update = {"linked_at": NOW, "identified_at": NOW}
        self.people[person.id] = person.model_copy(update=update)
        self.fresh.add(person.id)
        return PersonIdentified(
            person=person.id, identified_at=NOW, method="test", chat=person.chat, linked_at=NOW, intent=intent
        )

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        self.asked.append(request)
        if hold := self.held.get(type(request)):
            hold.reached.set()
            await hold.let_go.wait()
        if type(request) in self.away:
            raise Unavailable(request.subject)
        asker = None
        if request.proof is not Proof.PROGRAM and on_behalf is not None:
            reading = request.proof is Proof.PERSON
            token = await (
                on_behalf.for_reading() if reading else on_behalf.for_command(request.subject, "x")
            )
            asker = self.people[PersonId(UUID(token))]
        return cast(ReplyT, getattr(self, f"_{type(request).__name__}")(request, asker))

    def _by_chat(self, chat: ChatAccount) -> PersonView | None:
        return next((each for each in self.people.values() if each.chat == chat), None)

    def _GetChatIdentity(self, request: GetChatIdentity, _: object) -> ChatIdentity:  # noqa: N802
        person = self._by_chat(request.chat)
        linked = person is not None and person.linked_at is not None
        return ChatIdentity(person=person, linked=linked, language=self.languages.get(request.chat))

    def _MintReadToken(self, request: MintReadToken, _: object) -> ActorToken:  # noqa: N802
        person = self._by_chat(request.chat)
        if person is None or person.linked_at is None:
            raise ChatAccountNotLinked
        return ActorToken(token=str(person.id), person=person.id, expires_at=NOW + timedelta(seconds=60))

    def _MintCommandToken(self, request: MintCommandToken, _: object) -> ActorToken:  # noqa: N802
        return self._MintReadToken(MintReadToken(chat=request.chat), None)

    def _BeginIdentification(self, request: BeginIdentification, _: object) -> IdentificationLink:  # noqa: N802
        self.intents.append(request.intent)
        url = f"http://127.0.0.1:1/login/{len(self.intents)}"
        return IdentificationLink(url=url, expires_at=datetime.now(UTC) + timedelta(minutes=10))

    def _SetLanguage(self, request: SetLanguage, _: object) -> Done:  # noqa: N802
        self.languages[request.chat] = request.language
        return Done()

    def _DescribePeople(self, request: DescribePeople, _: object) -> People:  # noqa: N802
        return People(people=tuple(self.people[each] for each in request.ids if each in self.people))

    def _DescribeOrganisations(self, request: DescribeOrganisations, _: object) -> Organisations:  # noqa: N802
        return Organisations(organisations=(self.clinic,) if self.clinic.id in request.ids else ())

    def _GetAffiliations(self, _: GetAffiliations, asker: PersonView) -> Affiliations:  # noqa: N802
        main = asker.id == self.maija.id
        return Affiliations(affiliations=(Affiliation(organisation=self.clinic, main_user=main),))

    def _SearchPeople(self, request: SearchPeople, asker: PersonView) -> People:  # noqa: N802
        found = [each for each in self.people.values() if request.text.casefold() in each.name.casefold()]
        return People(people=tuple(found))

    def _GetCatalogue(self, _: GetCatalogue, __: object) -> Catalogue:  # noqa: N802
        languages: tuple[Language, ...] = ("fi", "sv", "en")
        texts = [role_text(role, language, self.words) for role in Role for language in languages]
        return Catalogue(texts=tuple(texts))

    def _DescribeGrant(self, request: DescribeGrant, _: object) -> GrantView:  # noqa: N802
        return self.grants[request.grant]

    def _GetMyGrants(self, _: GetMyGrants, asker: PersonView) -> Grants:  # noqa: N802
        return Grants(grants=tuple(each for each in self.grants.values() if each.holder == asker.id))

    def _GetOrganisationGrants(self, _: GetOrganisationGrants, __: PersonView) -> Grants:  # noqa: N802
        return Grants(grants=tuple(self.grants.values()))

    def _GetCoverage(self, request: GetCoverage, _: PersonView) -> Coverage:  # noqa: N802
        holdings = []
        for role in Role:
            of_role = [each for each in self.grants.values() if each.role is role]
            held = tuple(each.holder for each in of_role if each.phase is Phase.IN_FORCE)
            waiting = sum(each.phase is Phase.WAITING for each in of_role)
            holdings.append(Holding(role=role, holders=held, waiting=waiting))
        return Coverage(organisation=request.organisation, holdings=tuple(holdings))

    def _ExplainAccess(self, _: ExplainAccess, asker: PersonView) -> AccessAnswer:  # noqa: N802
        allowed = any(
            each.phase is Phase.IN_FORCE for each in self.grants.values() if each.holder == asker.id
        )
        rungs = [
            Rung(gate=gate, holds=True, code="accepted", since=NOW)
            if allowed or gate is not Gate.ACCEPTED
            else Rung(gate=gate, holds=False, code="waiting", fixer=Fixer.PERSON)
            for gate in Gate
        ]
        return AccessAnswer.of(rungs, roles=(Role.ARCHIVE_KEEPER,), revision=1)

    def _OfferGrant(self, request: OfferGrant, asker: PersonView) -> GrantView:  # noqa: N802
        if asker.id != self.maija.id:
            raise NotMainUser
        if not request.inducted:
            raise InductionMissing
        holder = self.people[request.holder]
        return self.put(a_grant(self.clinic, holder, asker, role=Role(request.role)))

    def _AcceptGrant(self, request: AcceptGrant, asker: PersonView) -> GrantView:  # noqa: N802
        grant = self.grants[request.grant]
        if asker.id not in self.fresh:
            raise IdentificationTooOld(minutes=15)
        if grant.holder != asker.id:
            raise NotYourGrant
        if grant.status is GrantStatus.ACCEPTED:
            return grant
        if request.text_hash != role_text(grant.role, request.language, self.words).sha256:
            raise TextChanged
        acceptance = Acceptance(
            accepted_at=NOW,
            text_version=1,
            text_hash=request.text_hash,
            language=request.language,
            identified_at=NOW,
            method="test",
        )
        return self._decide(grant, GrantStatus.ACCEPTED, acceptance=acceptance)

    def _DeclineGrant(self, request: DeclineGrant, asker: PersonView) -> GrantView:  # noqa: N802
        grant = self.grants[request.grant]
        if grant.status is not GrantStatus.OFFERED:
            raise GrantClosed(status=grant.status.value)
        more = {"closed_at": NOW, "closed_by": asker.id, "reason": request.reason}
        return self._decide(grant, GrantStatus.DECLINED, **more)

    def _decide(self, grant: GrantView, status: GrantStatus, **more: Any) -> GrantView:
        update = {"status": status, "phase": PHASES[status], "version": grant.version + 1}
        return self.put(grant.model_copy(update=update | more))
