"""How the Home tab looks: what waits first, then roles, then organisations; language and help at its foot."""

from collections.abc import Iterable

from bot.views.acting import home_header
from bot.views.grants import answer_by, is_unaccepted, offer_buttons, paragraphs, state, why_offered
from bot.views.home_content import HomeContent
from bot.views.identification import look_in_messages
from bot.views.looked_after import ending, organisation_items
from bot.views.migration import migration_items, mine_items
from bot.views.paging import Item, paged, turning, with_one_primary
from bot.views.text import (
    Block,
    Blocks,
    actions,
    bare,
    button,
    context,
    divider,
    header,
    option,
    plain,
    section,
    select,
)
from bot.views.workspaces import claims
from bot.words import LANGUAGES, say
from bot.words.dates import day, listed, moment
from shared.contracts.base import Language
from shared.contracts.roles import GrantView, Phase, Role


def home(content: HomeContent, page: int = 0) -> Block:
    """The Home tab; *page* counts from zero, and a page that is not there is the last."""
    items = [*_to_do(content), *claims(content), *_roles(content)]
    items += mine_items(content.had_in_katso, content.names, content.language)
    for each in content.organisations:
        items += organisation_items(content, each)
        if each.migration is not None:
            items += migration_items(each.organisation, each.migration, content.texts, content.language)
    pages = paged(items)
    page = min(max(page, 0), len(pages) - 1)
    blocks = [
        *home_header(content.acts, content.language),
        *pages[page],
        *turning(page, len(pages), content.language),
        *_foot(content.language),
    ]
    return {"type": "home", "blocks": with_one_primary(blocks)}


def stranger_home(language: Language, link_sent: bool = False) -> Block:
    """
    What somebody sees whom we do not know yet: one thing to do.

    *link_sent* says that a link waits for them in a message, since they have asked for one.
    """
    identify = button(say("identify.begin_button", language), "identify.begin", style="primary")
    waits = [section(look_in_messages(language))] if link_sent else []
    return _short(language, section(say("home.stranger", language)), *waits, actions(identify))


def unavailable_home(language: Language) -> Block:
    """What everybody sees while a service is away."""
    return troubled_home(say("refusals.unavailable", language), language)


def troubled_home(sentence: str, language: Language) -> Block:
    """What somebody sees when their Home tab could not be drawn, and what still works."""
    again = button(say("home.again_button", language), "home.again")
    return _short(language, section(sentence), actions(again))


def _short(language: Language, *blocks: Block) -> Block:
    return {"type": "home", "blocks": [header(say("home.welcome", language)), *blocks, *_foot(language)]}


def _to_do(content: HomeContent) -> Iterable[Item]:
    language = content.language
    waiting = [grant for grant in content.mine if grant.phase is Phase.WAITING or is_unaccepted(grant)]
    heading: Blocks = [header(say("home.to_do", language))]
    if content.waits_elsewhere:
        yield Item(heading, [section(say("elsewhere.offered", language))])
    elif not waiting:
        yield Item(heading, [section(say("home.nothing_to_do", language))])
    for grant in waiting:
        scene = content.scene(grant)
        facts = say(
            "grants.facts",
            language,
            organisation=scene.of,
            granter=scene.by,
            until=day(grant.valid_until, language),
        )
        blocks = [
            section(f"*{content.title(grant.role)}*\n{facts}"),
            *why_offered(grant, scene),
            *paragraphs(scene.text.text),
            offer_buttons(grant, scene.text, _which(grant, content)),
        ]
        if grant.phase is Phase.WAITING:
            ends = moment(answer_by(grant), language, content.zone)
            blocks.append(context(say("grants.answer_by", language, moment=ends)))
        yield Item(heading, blocks)


def _roles(content: HomeContent) -> Iterable[Item]:
    language = content.language
    heading: Blocks = [divider(), header(say("home.my_roles", language))]
    held = [grant for grant in content.mine if grant.phase is Phase.IN_FORCE]
    # What they hold as a main user is told with its grant.
    told = {grant.organisation for grant in held if grant.role is Role.MAIN_USER}
    main_user_of = [each for each in content.organisations if each.main_user and each.id not in told]
    for grant in held:
        text = say(
            "home.my_role",
            language,
            role=content.title(grant.role),
            organisation=content.name(grant.organisation),
            state=state(grant, language, content.zone),
        )
        yield Item(
            heading, [section(text, accessory=ending("relinquish", grant, _which(grant, content), language))]
        )
    for each in main_user_of:
        title = content.title(Role.MAIN_USER)
        yield Item(heading, [section(say("home.main_user_of", language, role=title, organisation=each.name))])
    if not held and not main_user_of:
        yield Item(heading, [section(say("home.no_roles", language))])
    others = [organisation for organisation in content.member_of if organisation.name]
    if others:
        names = listed((plain(organisation.name, 100) for organisation in others[:20]), language)
        yield Item(heading, [context(say("home.member_of", language, organisations=names))])


def _which(grant: GrantView, content: HomeContent) -> str:
    """A grant of one's own, in short, for whoever hears a button's name."""
    organisation = content.names.get(grant.organisation)
    title = bare(content.texts[grant.role, content.language].title, 40)
    return f"{title}, {bare(organisation.name, 40) if organisation else '-'}"


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
            button(say("help.ask_button", language), "ask.begin"),
            button(say("help.person_button", language), "person.show"),
            button(say("help.wishes_button", language), "wishes.begin"),
            button(say("help.help_button", language), "help.show"),
        ),
        section(say("languages.choose", language), accessory=picker),
    ]
