"""How an organisation looks on the Home tab: who holds what, who is reached about what, and what to do."""

from collections.abc import Iterable

from bot.views.grants import answer_by, is_unaccepted, named
from bot.views.home_content import HomeContent, OrganisationContent
from bot.views.paging import Item
from bot.views.register import notice
from bot.views.text import Block, Blocks, actions, asking, bare, button, divider, header, plain, section
from bot.words import say
from bot.words.dates import day, listed, moment, today
from shared.contracts.base import Language
from shared.contracts.contacts import Contacts, Duty
from shared.contracts.roles import GrantView, Phase, Role

MOST_CONTACTS = 6


def organisation_items(content: HomeContent, each: OrganisationContent) -> Iterable[Item]:
    """The organisation with its buttons, then a row for each grant of it."""
    language, organisation = content.language, each.organisation
    heading: Blocks = [divider(), header(f"{organisation.name} ({organisation.business_id})")]
    wrong = notice(organisation, today(content.now), language, stale=each.register_stale)
    blocks: Blocks = [section(f"⚠ {wrong}")] if wrong else []
    blocks.append(section(_coverage(content, each)))
    if each.contacts is not None:
        blocks.append(section(_contacts(each.contacts, language)))
    buttons = [_contacts_button(each, language)]
    if each.main_user:
        buttons.insert(0, _grant_button(each, language))
    yield Item(heading, [*blocks, actions(*buttons)])
    for grant in each.grants:
        if grant.phase is Phase.WAITING:
            yield Item(heading, [_row("home.waiting_row", "withdraw", grant, content)])
    for grant in each.grants:
        if grant.phase is Phase.IN_FORCE:
            key = "home.named_row" if is_unaccepted(grant) else "home.held_row"
            yield Item(heading, [_row(key, "revoke", grant, content)])


def ending(verb: str, grant: GrantView, whose: str, language: Language) -> Block:
    """The button that ends a grant; *whose* it is, is read aloud with it."""
    text = say(f"reasons.{verb}_button", language)
    confirm = asking(
        say(f"reasons.{verb}_title", language),
        say(f"reasons.{verb}_confirm", language),
        say("common.continue_button", language),
        say("common.cancel_button", language),
    )
    return button(text, f"grant.{verb}", str(grant.id), confirm=confirm, label=f"{text}: {whose}")


def _grant_button(each: OrganisationContent, language: Language) -> Block:
    text = say("home.grant_button", language)
    label = f"{text}: {each.organisation.name}"
    return button(text, "grant.begin", str(each.id), style="primary", label=label)


def _contacts_button(each: OrganisationContent, language: Language) -> Block:
    text = say("home.contacts_button", language)
    return button(text, "contacts.list", str(each.id), label=f"{text}: {each.organisation.name}")


def _row(key: str, verb: str, grant: GrantView, content: HomeContent) -> Block:
    language = content.language
    holder = content.people.get(grant.holder)
    text = say(
        key,
        language,
        role=content.title(grant.role),
        holder=_holder(grant, content),
        until=day(grant.valid_until, language),
        ends=moment(answer_by(grant), language, content.zone),
    )
    title = content.texts[grant.role, language].title
    whose = f"{bare(holder.name, 28) if holder else '-'}, {bare(title, 28)}"
    # What is the reader's own is handed back among their roles: one way to end it, and not two.
    own = grant.id in {each.id for each in content.mine}
    return section(text, accessory=None if own else ending(verb, grant, whose, language))


def _holder(grant: GrantView, content: HomeContent) -> str:
    name = named(content.people.get(grant.holder))
    if grant.holder in content.left:
        return f"{name} {say('accounts.left', content.language)}"
    return f"{name} {say('elsewhere.row', content.language)}" if grant.id in content.out_of_sight else name


def _coverage(content: HomeContent, each: OrganisationContent) -> str:
    """Who holds what, in words: a role that hangs on one person says so."""
    language, lines = content.language, []
    for holding in each.holdings:
        if holding.role is Role.MAIN_USER:
            continue
        count = len(holding.holders)
        key = ("home.nobody", "home.only_one")[count] if count < 2 else "home.several"
        line = f"*{content.title(holding.role)}*: {say(key, language, count=count)}"
        if holding.waiting:
            line += " " + say("home.also_waiting", language, count=holding.waiting)
        lines.append(line)
    return "\n".join(lines) or say("home.nothing_known", language)


def _contacts(found: Contacts, language: Language) -> str:
    """Who is reached about what, and when the details were last said to be right."""
    if not found.contacts:
        return say("home.no_contacts", language)
    lines = [say("home.contacts", language, count=len(found.contacts))]
    lines += [
        say(
            "home.contact",
            language,
            duty=say(f"contacts.duty_{contact.duty}", language),
            name=plain(contact.name, 100),
            day=day(today(contact.confirmed_at), language),
        )
        for contact in found.contacts[:MOST_CONTACTS]
    ]
    if (more := len(found.contacts) - MOST_CONTACTS) > 0:
        lines.append(say("home.more_contacts", language, count=more))
    there = {contact.duty for contact in found.contacts}
    if missing := [say(f"contacts.duty_{duty}", language) for duty in Duty if duty not in there]:
        lines.append(say("home.duties_missing", language, duties=listed(missing, language)))
    return "\n".join(lines)
