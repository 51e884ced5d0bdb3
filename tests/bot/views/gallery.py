"""Everything that the bot can show, drawn once in each way that it can look."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.cards import AGAIN
from bot.guidance.index import Answer
from bot.guidance.support import CUSTOMER_SUPPORT
from bot.notifications.audience import Fact, Kind, Urgency
from bot.notifications.calm import Calm
from bot.sender import Said
from bot.typed import near
from bot.views import (
    access,
    accounts,
    acting,
    burn_down,
    commands,
    common,
    contacts,
    elsewhere,
    grants,
    guidance,
    help,
    home,
    identification,
    languages,
    links,
    migration,
    news,
    offering,
    overtaken,
    persons,
    reasons,
    roles,
    wishes,
)
from shared.contracts.base import Language
from shared.contracts.contacts import Contacts
from shared.contracts.identity import LinkEnd
from shared.contracts.roles import (
    Role,
)
from tests.bot.makers import NOW, a_person, role_text
from tests.bot.views.subjects import (
    CLINIC,
    LONG,
    MAIJA,
    OLLE,
    OTHER,
    SHORT,
    a_chat_link,
    a_contact,
    a_link,
    a_scene,
    all_texts,
    an_access,
    an_answer,
    an_article,
    an_old_role,
    content,
    every_grant,
    every_history,
    every_item,
    every_migration,
    every_standing,
    named_grant,
    waiting_grant,
)

Said_ = Callable[[Language], Iterable[Said]]
View_ = Callable[[Language], Iterable[Mapping[str, Any]]]

MESSAGES: Mapping[Callable[..., Said], Said_] = {
    access.which_action: lambda lang: [
        access.which_action("x", ["billing.read", "billing.edit"], lang, "<@U1>")
    ],
    acting.organisations_list: lambda lang: [
        acting.organisations_list(places, acts, {(role, lang): role_text(role, lang) for role in Role}, lang)
        for places, acts in every_standing()
    ],
    elsewhere.waits_elsewhere: lambda lang: [
        elsewhere.waits_elsewhere(fact, lang) for fact in (Fact.OFFERED, *AGAIN)
    ],
    acting.from_now_on: lambda lang: [acting.from_now_on(CLINIC, lang)],
    links.linked: lambda lang: [links.linked(MAIJA, a_chat_link(), lang)],
    links.waits: lambda lang: [links.waits(why, lang) for why in (LinkEnd.CLOSED, LinkEnd.SIGNED_OUT)],
    links.sure: lambda lang: [links.sure(MAIJA, lang)],
    links.sure_of_colleague: lambda lang: [links.sure_of_colleague(OLLE, "U0OLLE", CLINIC, lang)],
    links.told: lambda lang: [links.told(why, lang) for why in (LinkEnd.REMOVED, LinkEnd.SIGNED_OUT)],
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
        identification.invitation(a_link(), kind, lang) for kind in ("grant.accept", "link")
    ],
    identification.identified: lambda lang: [identification.identified(lang)],
    languages.choice: lambda lang: [languages.choice(lang)],
    languages.chosen: lambda lang: [languages.chosen(lang)],
    languages.with_offer: lambda lang: [languages.with_offer(guidance.unknown(lang), "sv")],
    migration.overview: lambda lang: [
        migration.overview(CLINIC, view, all_texts(lang), lang) for view in every_migration()
    ],
    burn_down.burn_down: lambda lang: [burn_down.burn_down(CLINIC, days, lang) for days in every_history()],
    burn_down.picture_waits: lambda lang: [
        burn_down.picture_waits(CLINIC, days, lang) for days in every_history()
    ],
    migration.not_for_you: lambda lang: [migration.not_for_you(lang)],
    migration.wave_opened: lambda lang: [migration.wave_opened(CLINIC, count, lang) for count in (1, 7)],
    overtaken.overtaken: lambda lang: [
        overtaken.overtaken(grant, a_scene(lang), holder=holder)
        for grant in (*every_grant(), named_grant())
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
        offering.Draft([CLINIC], holder=OLLE, out_of_sight=True),
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
    for _, acts in every_standing():
        yield home.home(replace(content(language), acts=acts))


def _wishes(language: Language) -> Iterator[Mapping[str, Any]]:
    every = [*every_item(language)]
    for calm in (Calm(), Calm(urgencies=dict.fromkeys(Kind, Urgency.HOME), rest_days=False)):
        for gathered in ([], every[:1], every[:9]):
            yield wishes.wishes_form(calm, gathered, NOW, language)


VIEWS: Mapping[Callable[..., Any], View_] = {
    access.first_rungs: lambda lang: [access.first_rungs(lang)],
    access.ladder: _ladders,
    access.question_form: _questions,
    wishes.wishes_form: _wishes,
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
    home.stranger_home: lambda lang: [home.stranger_home(lang, sent) for sent in (False, True)],
    home.troubled_home: lambda lang: [home.troubled_home(SHORT, lang)],
    home.unavailable_home: lambda lang: [home.unavailable_home(lang)],
    migration.details: lambda lang: [
        migration.details(CLINIC, view, all_texts(lang), lang, notice)
        for view in every_migration()
        for notice in ("", SHORT)
    ],
    migration.wave_form: lambda lang: [
        migration.wave_form(
            migration.Wave(CLINIC, view, {OLLE.id: OLLE}, hidden), all_texts(lang), NOW.date(), lang
        )
        for view in every_migration()
        for hidden in (frozenset(), frozenset({OLLE.id}))
    ],
    migration.dismiss_form: lambda lang: [migration.dismiss_form(str(CLINIC.id), str(OLLE.id), lang)],
    migration.dismissed: lambda lang: [migration.dismissed(an_old_role(reason=LONG), lang)],
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
