"""Everything that the bot can show, drawn once in each way that it can look."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bot.guidance.articles import Article
from bot.guidance.index import Answer, Hit
from bot.guidance.support import CUSTOMER_SUPPORT
from bot.notifications.audience import TABLE, Fact, Part
from bot.sender import Said
from bot.typed import near
from bot.views import (
    access,
    accounts,
    commands,
    common,
    contacts,
    grants,
    guidance,
    help,
    home,
    identification,
    languages,
    news,
    offering,
    overtaken,
    persons,
    reasons,
    roles,
)
from bot.views.home_content import HomeContent, OrganisationContent
from shared.contracts.base import Language
from shared.contracts.contacts import ContactId, Contacts, ContactView, Duty
from shared.contracts.identity import IdentificationLink, OrganisationView, PersonView
from shared.contracts.roles import (
    Acceptance,
    AccessAnswer,
    Fixer,
    Gate,
    GrantStatus,
    GrantView,
    Holding,
    Phase,
    Role,
    Rung,
)
from tests.bot.makers import NOW, a_grant, a_person, an_organisation, role_text

LONG = "Pääkäyttäjänimikkeistöasiantuntija & <!channel> *" * 40
SHORT = "Matti <Meikäläinen> & kumppanit"
GRANTABLE = [role for role in Role if role is not Role.MAIN_USER]
CLINIC, OTHER = an_organisation("Terveystalo <Testi> & kumppanit Oy"), an_organisation("Apteekki Näyte")
OLLE, MAIJA = a_person("Olle <Arkivarie>", "U0OLLE", "sv"), a_person("Maija & Pääkäyttäjä", "U0MAIJA", "fi")
PROOF = Acceptance(
    accepted_at=NOW, text_version=1, text_hash="0" * 64, language="fi", identified_at=NOW, method="x"
)

Said_ = Callable[[Language], Iterable[Said]]
View_ = Callable[[Language], Iterable[Mapping[str, Any]]]


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
        mine=own,
        organisations=tuple(
            OrganisationContent(
                each, holdings, tuple(every_grant(each)), kept[number % 3], main_user=number % 4 != 3
            )
            for number, each in enumerate(of[:organisations])
        ),
        texts={(role, language): role_text(role, language) for role in Role},
        people={OLLE.id: OLLE, MAIJA.id: MAIJA},
        names={each.id: each for each in (*of, *granting)},
        member_of=(OTHER,) * 30,
        left=frozenset({OLLE.id}),
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


def _link() -> IdentificationLink:
    return IdentificationLink(url="http://127.0.0.1/x", expires_at=NOW + timedelta(minutes=10))


MESSAGES: Mapping[Callable[..., Said], Said_] = {
    access.which_action: lambda lang: [
        access.which_action("x", ["billing.read", "billing.edit"], lang, "<@U1>")
    ],
    commands.choices: lambda lang: [commands.choices("?", [("one", "why one"), ("two", "why two")], lang)],
    grants.offer_card: lambda lang: [grants.offer_card(grant, a_scene(lang)) for grant in every_grant()],
    accounts.welcome: lambda lang: [accounts.welcome(*counts, lang) for counts in ((1, 0), (0, 2), (3, 1))],
    news.notice: lambda lang: [news.notice(item) for item in every_item(lang)],
    news.digest: lambda lang: [
        news.digest([*every_item(lang)][:count], NOW.date(), lang) for count in (1, 9, 99)
    ],
    guidance.answer: lambda lang: [guidance.answer(an_answer(lang, count), lang) for count in (1, 2, 3)],
    guidance.article_of: lambda lang: [guidance.article_of(an_article(lang, confirmed=False), lang)],
    guidance.unknown: lambda lang: [guidance.unknown(lang)],
    guidance.thanks: lambda lang: [guidance.thanks(useful=useful, language=lang) for useful in (True, False)],
    help.menu: lambda lang: [help.menu(lang)],
    help.did_you_mean: lambda lang: [
        help.did_you_mean(word, near(word), SHORT, lang) for word in ("grnat", "xyzzy", LONG)
    ],
    identification.invitation: lambda lang: [
        identification.invitation(_link(), kind, lang) for kind in ("grant.accept", "link")
    ],
    identification.identified: lambda lang: [identification.identified(lang)],
    languages.choice: lambda lang: [languages.choice(lang)],
    languages.chosen: lambda lang: [languages.chosen(lang)],
    languages.with_offer: lambda lang: [languages.with_offer(guidance.unknown(lang), "sv")],
    overtaken.overtaken: lambda lang: [
        overtaken.overtaken(grant, a_scene(lang), holder=holder)
        for grant in every_grant()
        for holder in (True, False)
    ],
    overtaken.not_yours: lambda lang: [overtaken.not_yours(lang)],
    overtaken.gone: lambda lang: [overtaken.gone(lang)],
    persons.people_who_help: lambda lang: [
        persons.people_who_help(found, CUSTOMER_SUPPORT, lang)
        for found in ([], [persons.Deskmates(CLINIC, [MAIJA, OLLE])])
    ],
    roles.role_list: lambda lang: [
        roles.role_list([role_text(role, lang) for role in Role], lang, unknown=unknown)
        for unknown in ("", SHORT)
    ],
    roles.role_card: lambda lang: [roles.role_card(role_text(role, lang)) for role in Role],
    roles.my_roles: lambda lang: [
        roles.my_roles(
            grants_,
            [CLINIC] if grants_ else [],
            {(role, lang): role_text(role, lang) for role in Role},
            {CLINIC.id: CLINIC},
            lang,
        )
        for grants_ in ([], list(every_grant()))
    ],
}


def _contact_lists(language: Language) -> Iterable[Mapping[str, Any]]:
    found = tuple(a_contact(number) for number in range(4))
    for may_edit in (True, False):
        for contacts_ in ((), found):
            listed = Contacts(contacts=contacts_, may_edit=may_edit)
            yield contacts.contacts_list([CLINIC, OTHER], CLINIC, listed, "A notice", language)
    yield contacts.contacts_list([CLINIC], CLINIC, None, "A notice", language)


def _offer_forms(language: Language) -> Iterable[Mapping[str, Any]]:
    role = role_text(Role.READER, language)
    unlinked = OLLE.model_copy(update={"linked_at": None})
    for draft in (
        offering.Draft([CLINIC]),
        offering.Draft([CLINIC, OTHER]),
        offering.Draft([CLINIC, OTHER], organisation=OTHER, holder=OLLE, role=role, notice="A notice"),
        offering.Draft([CLINIC], holder=unlinked),
        offering.Draft([CLINIC], holder=a_person("Nina Nätön", None)),
    ):
        yield offering.offer_form(draft, NOW.date(), language)


def _ladders(language: Language) -> Iterable[Mapping[str, Any]]:
    for holds in (True, False):
        for person in (None, OLLE):
            answer = an_access(holds=holds)
            yield access.ladder(answer, "billing.edit", CLINIC, ["One", "Two"], language, person)


def _questions(language: Language) -> Iterable[Mapping[str, Any]]:
    yield access.question_form(access.Question(CLINIC), language)
    yield access.question_form(
        access.Question(
            CLINIC, several=True, about_others=True, person=OLLE, action="billing.edit", notice="!"
        ),
        language,
    )


def _homes(language: Language) -> Iterable[Mapping[str, Any]]:
    crowded = content(language, mine=8, organisations=12)
    yield from (home.home(crowded, page) for page in range(12))
    yield home.home(content(language, mine=0, organisations=0))
    yield home.home(content(language))


VIEWS: Mapping[Callable[..., Any], View_] = {
    access.first_rungs: lambda lang: [access.first_rungs(lang)],
    access.ladder: _ladders,
    access.question_form: _questions,
    common.waiting: lambda lang: [common.waiting("Title", lang)],
    common.working: lambda lang: [common.working("Title", lang)],
    common.telling: lambda lang: [
        common.telling("Title", said, lang) for said in (Said(SHORT), guidance.unknown(lang))
    ],
    contacts.contacts_list: _contact_lists,
    contacts.contact_form: lambda lang: [
        contacts.contact_form(CLINIC.id, contact, lang) for contact in (None, a_contact())
    ],
    guidance.answer_modal: lambda lang: [
        guidance.answer_modal(found, lang) for found in (an_answer(lang), Answer(False, ()))
    ],
    guidance.question_form: lambda lang: [guidance.question_form(lang)],
    home.home: _homes,
    home.stranger_home: lambda lang: [home.stranger_home(lang)],
    home.troubled_home: lambda lang: [home.troubled_home(SHORT, lang)],
    home.unavailable_home: lambda lang: [home.unavailable_home(lang)],
    offering.offer_form: _offer_forms,
    reasons.reason_form: lambda lang: [
        reasons.reason_form(verb, waiting_grant(), role_text(Role.READER, lang), CLINIC, OLLE, lang)
        for verb in ("decline", "withdraw", "revoke", "relinquish")
    ],
}


def every_message(language: Language) -> Iterator[tuple[str, Said]]:
    """Every message, with the name of what drew it."""
    for draw, drawn in MESSAGES.items():
        for said in drawn(language):
            yield draw.__name__, said


def every_view(language: Language) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every modal and Home tab, likewise."""
    for draw, drawn in VIEWS.items():
        for view in drawn(language):
            yield draw.__name__, view
