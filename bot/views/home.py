"""How the Home tab looks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.views.grants import Scene, named, offer_buttons, paragraphs, state
from bot.views.text import (
    Block,
    Blocks,
    actions,
    button,
    context,
    divider,
    header,
    option,
    plain,
    plain_text,
    section,
    select,
)
from bot.words import LANGUAGES, say
from bot.words.dates import day, moment
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import GrantView, Holding, Phase, Role, RoleText

ROOM = 90  # A Home tab holds a hundred blocks; head and foot need some of them.


@dataclass(frozen=True, slots=True)
class OrganisationContent:
    """What a main user sees of an organisation."""

    organisation: OrganisationView
    holdings: tuple[Holding, ...]
    grants: tuple[GrantView, ...]


@dataclass(frozen=True, slots=True)
class HomeContent:
    """All that a Home tab shows."""

    language: Language
    now: datetime
    mine: tuple[GrantView, ...]
    organisations: tuple[OrganisationContent, ...]
    texts: Mapping[tuple[Role, Language], RoleText]
    people: Mapping[PersonId, PersonView]
    names: Mapping[OrganisationId, OrganisationView]
    member_of: tuple[OrganisationView, ...] = ()

    def title(self, role: Role) -> str:
        return plain(self.texts[role, self.language].title, 140)

    def name(self, organisation: OrganisationId) -> str:
        found = self.names.get(organisation)
        return plain(found.name, 200) if found else "-"

    def scene(self, grant: GrantView) -> Scene:
        return Scene(
            language=self.language,
            text=self.texts[grant.role, self.language],
            organisation=self.names.get(grant.organisation),
            granter=self.people.get(grant.granted_by),
            holder=self.people.get(grant.holder),
        )


def home(content: HomeContent, page: int = 0) -> Block:
    """The Home tab; *page* counts from zero, and a page that is not there is the last."""
    items = [*_to_do(content), *_roles(content), *_organisations(content)]
    pages = list(_pages(items))
    page = min(page, len(pages) - 1)
    blocks = [*pages[page], *_turning(page, len(pages), content.language), *_foot(content.language)]
    return {"type": "home", "blocks": blocks}


def stranger_home(language: Language) -> Block:
    """What somebody sees whom we do not know yet: one thing to do."""
    identify = button(say("identify.begin_button", language), "identify.begin", style="primary")
    blocks = [
        header(say("home.welcome", language)),
        section(say("home.stranger", language)),
        actions(identify),
        *_foot(language),
    ]
    return {"type": "home", "blocks": blocks}


def unavailable_home(language: Language) -> Block:
    """What everybody sees while a service is away."""
    blocks = [header(say("home.welcome", language)), section(say("refusals.unavailable", language))]
    return {"type": "home", "blocks": [*blocks, *_foot(language)]}


def _pages(items: Iterable[Blocks]) -> Iterable[Blocks]:
    """Fill pages with whole items."""
    page: Blocks = []
    for item in items:
        if page and len(page) + len(item) > ROOM:
            yield page
            page = []
        page = [*page, *item]
    yield page


def _to_do(content: HomeContent) -> Iterable[Blocks]:
    language = content.language
    waiting = [grant for grant in content.mine if grant.phase is Phase.WAITING]
    yield [header(say("home.to_do", language))]
    if not waiting:
        yield [section(say("home.nothing_to_do", language))]
    for grant in waiting:
        scene = content.scene(grant)
        facts = say(
            "grants.facts",
            language,
            organisation=scene.of,
            granter=scene.by,
            until=day(grant.valid_until, language),
        )
        ends = say("grants.answer_by", language, moment=moment(grant.offer_ends_at, language))
        yield [
            section(f"*{content.title(grant.role)}*\n{facts}"),
            *paragraphs(scene.text.text),
            offer_buttons(grant, scene.text),
            context(ends),
        ]


def _roles(content: HomeContent) -> Iterable[Blocks]:
    language = content.language
    yield [divider(), header(say("home.my_roles", language))]
    held = [grant for grant in content.mine if grant.phase is Phase.IN_FORCE]
    for grant in held:
        text = say(
            "home.my_role",
            language,
            role=content.title(grant.role),
            organisation=content.name(grant.organisation),
            state=state(grant, language),
        )
        yield [section(text, accessory=_ending("relinquish", grant, language))]
    for each in content.organisations:
        name = plain(each.organisation.name, 200)
        yield [
            section(say("home.main_user_of", language, role=content.title(Role.MAIN_USER), organisation=name))
        ]
    if not held and not content.organisations:
        yield [section(say("home.no_roles", language))]
    others = [organisation for organisation in content.member_of if organisation.name]
    if others:
        names = ", ".join(plain(organisation.name, 100) for organisation in others[:20])
        yield [context(say("home.member_of", language, organisations=names))]


def _organisations(content: HomeContent) -> Iterable[Blocks]:
    language = content.language
    for each in content.organisations:
        organisation = each.organisation
        give = button(
            say("home.grant_button", language), "grant.begin", str(organisation.id), style="primary"
        )
        contacts = button(say("home.contacts_button", language), "contacts.list", str(organisation.id))
        about = section(_coverage(content, each.holdings))
        yield [divider(), header(plain_name(organisation)), about, actions(give, contacts)]
        for grant in each.grants:
            if grant.phase is Phase.WAITING:
                yield [_row("home.waiting_row", "withdraw", grant, content)]
        for grant in each.grants:
            if grant.phase is Phase.IN_FORCE:
                yield [_row("home.held_row", "revoke", grant, content)]


def plain_name(organisation: OrganisationView) -> str:
    return f"{organisation.name} ({organisation.business_id})"


def _row(key: str, verb: str, grant: GrantView, content: HomeContent) -> Block:
    language = content.language
    text = say(
        key,
        language,
        role=content.title(grant.role),
        holder=named(content.people.get(grant.holder)),
        until=day(grant.valid_until, language),
        ends=moment(grant.offer_ends_at, language),
    )
    return section(text, accessory=_ending(verb, grant, language))


def _coverage(content: HomeContent, holdings: Iterable[Holding]) -> str:
    """Who holds what, in words: a role that hangs on one person says so."""
    language, lines = content.language, []
    for holding in holdings:
        if holding.role is Role.MAIN_USER:
            continue
        count = len(holding.holders)
        key = ("home.nobody", "home.only_one")[count] if count < 2 else "home.several"
        line = f"*{content.title(holding.role)}*: {say(key, language, count=count)}"
        if holding.waiting:
            line += " " + say("home.also_waiting", language, count=holding.waiting)
        lines.append(line)
    return "\n".join(lines) or say("home.nothing_known", language)


def _ending(verb: str, grant: GrantView, language: Language) -> Block:
    confirm: Block = {
        "title": plain_text(say(f"reasons.{verb}_title", language), 100),
        "text": plain_text(say(f"reasons.{verb}_confirm", language), 300),
        "confirm": plain_text(say("common.continue_button", language), 30),
        "deny": plain_text(say("common.cancel_button", language), 30),
    }
    return button(say(f"reasons.{verb}_button", language), f"grant.{verb}", str(grant.id), confirm=confirm)


def _turning(page: int, pages: int, language: Language) -> Blocks:
    if pages < 2:
        return []
    buttons = []
    if page > 0:
        buttons.append(button(say("home.earlier_button", language), "home.earlier", str(page - 1)))
    if page < pages - 1:
        buttons.append(button(say("home.later_button", language), "home.later", str(page + 1)))
    where = context(say("home.page", language, page=page + 1, pages=pages))
    return [where, actions(*buttons)]


def _foot(language: Language) -> Blocks:
    options = {each: option(say(f"languages.{each}", language), each) for each in LANGUAGES}
    picker = select(
        "language.choose",
        list(options.values()),
        placeholder=say("languages.placeholder", language),
        initial=options[language],
    )
    return [
        divider(),
        actions(
            button(say("help.why_button", language), "why.begin"),
            button(say("help.contacts_button", language), "contacts.begin"),
            button(say("help.help_button", language), "help.show"),
        ),
        section(say("languages.choose", language), accessory=picker),
    ]
