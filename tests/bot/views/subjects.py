"""People, grants and answers that are shown in the gallery."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bot.guidance.articles import Article
from bot.guidance.index import Answer, Hit
from bot.notifications.audience import TABLE, Fact, Part
from bot.views import (
    grants,
    news,
)
from bot.views.acting import Acts, Place
from bot.views.home_content import HomeContent, OrganisationContent
from shared.contracts.base import Language
from shared.contracts.contacts import ContactId, Contacts, ContactView, Duty
from shared.contracts.identity import (
    ChatAccount,
    IdentificationLink,
    Level,
    LinkView,
    MandateRight,
    MandateView,
    OrganisationView,
    PersonView,
)
from shared.contracts.legacy import LegacyGrantView, LegacyState, MigrationView, Tally, Why
from shared.contracts.roles import (
    Acceptance,
    AccessAnswer,
    Fixer,
    Gate,
    GrantStatus,
    GrantView,
    Ground,
    Holding,
    Phase,
    Role,
    RoleText,
    Rung,
)
from tests.bot.makers import NOW, a_grant, a_person, an_organisation, role_text
from tests.bot.town_migration import a_legacy, a_migration

LONG = "Pääkäyttäjänimikkeistöasiantuntija & <!channel> *" * 40
SHORT = "Matti <Meikäläinen> & kumppanit"
GRANTABLE = [role for role in Role if role is not Role.MAIN_USER]
CLINIC, OTHER = an_organisation("Terveystalo <Testi> & kumppanit Oy"), an_organisation("Apteekki Näyte")
OLLE, MAIJA = a_person("Olle <Arkivarie>", "U0OLLE", "sv"), a_person("Maija & Pääkäyttäjä", "U0MAIJA", "fi")
PROOF = Acceptance(
    accepted_at=NOW, text_version=1, text_hash="0" * 64, language="fi", identified_at=NOW, method="x"
)


def every_grant(
    organisation: OrganisationView = CLINIC, holder: PersonView = OLLE, by: PersonView = MAIJA
) -> Iterator[GrantView]:
    """A grant in every phase that there is."""
    statuses = {Phase.WAITING: "offered", Phase.LAPSED: "offered", Phase.IN_FORCE: "accepted"}
    for phase in Phase:
        status = GrantStatus(statuses.get(phase, "accepted" if phase is Phase.EXPIRED else phase.value))
        accepted = PROOF if status is GrantStatus.ACCEPTED else None
        reason = "<no> time" if status not in (GrantStatus.OFFERED, GrantStatus.ACCEPTED) else None
        more = {"phase": phase, "status": status, "acceptance": accepted, "reason": reason, "closed_at": NOW}
        yield a_grant(organisation, holder, by, **more)


def named_grant() -> GrantView:
    """By which an operator's first file named Olle, who has not accepted it."""
    more = {"phase": Phase.IN_FORCE, "named_at": NOW, "ground": Ground.SETTLED, "role": Role.MAIN_USER}
    return a_grant(CLINIC, OLLE, MAIJA, **more)


def waiting_grant() -> GrantView:
    return next(grant for grant in every_grant() if grant.phase is Phase.WAITING)


def a_scene(language: Language, words: str = "What the role means.") -> grants.Scene:
    return grants.Scene(language, role_text(Role.IMPLEMENTER, language, words), CLINIC, OLLE, MAIJA)


def every_item(language: Language) -> Iterator[news.Item]:
    """Every fact as each of its readers is told it, for grants in every phase."""
    for fact, parts in TABLE.items():
        for part, hears in zip(Part, parts, strict=True):
            # The offer itself is a card.
            if hears is not None and (fact, part) != (Fact.OFFERED, Part.HOLDER):
                yield from (news.Item(fact, part, grant, a_scene(language)) for grant in every_grant())


def an_article(language: Language, body: str = "Where to find it.", *, confirmed: bool = True) -> Article:
    return Article("rol-01", language, SHORT, "Kanta.fi", "2026", "any", confirmed, (), body)


def an_answer(language: Language, count: int = 3) -> Answer:
    hits = (
        Hit(f"t{number}", f"Title {number}", 1.0, an_article(language, confirmed=number == 0))
        for number in range(count)
    )
    return Answer(True, tuple(hits))


def content(language: Language, *, mine: int = 1, organisations: int = 1) -> HomeContent:
    """A Home tab with as much in it as asked for."""
    of = [CLINIC, *(an_organisation(f"Organisaatio {number} Oy") for number in range(1, organisations))]
    granting = [an_organisation(f"Työnantaja {number} Oy") for number in range(mine)]
    own = tuple(grant for each in granting for grant in every_grant(each))
    holdings = tuple(
        Holding(role=role, holders=(OLLE.id,) * (index % 3), waiting=index % 2)
        for index, role in enumerate(Role)
    )
    listed = Contacts(contacts=tuple(a_contact(number) for number in range(9)), may_edit=True)
    kept = (listed, Contacts(contacts=(), may_edit=True), None)
    return HomeContent(
        language=language,
        now=NOW,
        mine=(named_grant(), *own) if own else (),
        organisations=tuple(
            OrganisationContent(
                each,
                holdings,
                tuple(every_grant(each)),
                kept[number % 3],
                main_user=number % 4 != 3,
                migration=every_migration()[number % 3],
            )
            for number, each in enumerate(of[:organisations])
        ),
        texts={(role, language): role_text(role, language) for role in Role},
        people={OLLE.id: OLLE, MAIJA.id: MAIJA},
        names={each.id: each for each in (*of, *granting)},
        member_of=(OTHER,) * 30,
        left=frozenset({OLLE.id}),
        had_in_katso=tuple(an_old_role(why=why) for why in WAITING),
    )


def a_contact(number: int = 0, name: str = "Tekla <Tukihenkilö>") -> ContactView:
    return ContactView(
        id=ContactId(uuid4()),
        organisation=CLINIC.id,
        duty=list(Duty)[number % len(Duty)],
        name=f"{name} {number}",
        email="tekla@clinic.example",
        phone="+358 40 123 4567",
        language="sv",
        confirmed_at=NOW,
        version=3,
    )


def an_access(*, holds: bool) -> AccessAnswer:
    rungs = tuple(
        Rung(gate=gate, holds=holds, code="waiting", since=NOW, fixer=Fixer.MAIN_USER) for gate in Gate
    )
    return AccessAnswer.of(rungs, roles=tuple(GRANTABLE), revision=1)


def a_link() -> IdentificationLink:
    return IdentificationLink(url="http://127.0.0.1/x", expires_at=NOW + timedelta(minutes=10))


def all_texts(language: Language) -> dict[tuple[Role, Language], RoleText]:
    """What every role means."""
    return {(role, language): role_text(role, language) for role in Role}


def an_old_role(**changes: Any) -> LegacyGrantView:
    """A role that Olle had in Katso, but for *changes*."""
    return a_legacy(CLINIC, OLLE, **changes)


# Why something waits; the other two are why it does not.
WAITING = [why for why in Why if why not in (Why.SAID_SO, Why.KATSO_ENDED)]


def every_migration() -> list[MigrationView]:
    """Organisations that had nothing in Katso, that are done, and where each waits for another reason."""
    stands = [an_old_role(why=why, holder=f"{why} {LONG}") for why in WAITING]
    stands += [an_old_role(state=state, why=None, wave=1, holder=state.value) for state in LegacyState]
    done = an_old_role(state=LegacyState.REACCEPTED, why=None)
    return [a_migration(CLINIC), a_migration(CLINIC, done), a_migration(CLINIC, *stands)]


def every_history() -> list[list[Tally]]:
    """No day, one, and more than a picture holds."""
    return [
        [Tally(day=NOW.date() + timedelta(days=number), not_started=9999) for number in range(days)]
        for days in (0, 1, 500)
    ]


def a_chat_link() -> LinkView:
    return LinkView(
        chat=ChatAccount(team="T0TOWN", user="U0MAIJA"),
        person=MAIJA.id,
        linked_at=NOW,
        waits=None,
        identified_at=NOW,
        method="urn:<bank>",
        level=Level.SUBSTANTIAL,
    )


def every_standing() -> Iterator[tuple[list[Place], Acts]]:
    """Nowhere, in one place, in three with and without a choice, in more than are shown."""
    mandate = MandateView(
        organisation=OTHER.id,
        business_id=OTHER.business_id,
        name=OTHER.name,
        complete=True,
        codes=("NIMKO",),
        unknown_codes=(),
        rights=tuple(MandateRight),
        how="chosen",
        proved_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    third = an_organisation(SHORT)
    places = [
        Place(CLINIC, main_user=True, grants=tuple(every_grant())),
        Place(OTHER, member=False, mandate=mandate),
        Place(third),
    ]
    yield [], Acts()
    yield places[:1], Acts(chosen=CLINIC)
    yield places, Acts(several=True)
    yield places, Acts(chosen=third, several=True)
    yield [Place(an_organisation(f"{number} {LONG[:280]}")) for number in range(40)], Acts(several=True)
