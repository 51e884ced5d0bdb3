"""What a menu offers that asks us for its options: in groups, and never empty without a word."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.typed import fold
from bot.views.text import Block, bare, option, plain_text
from bot.words import say
from shared.contracts.base import Language
from shared.contracts.identity import Affiliation, PersonView
from shared.contracts.roles import Coverage, RoleText

T = TypeVar("T")

MOST = 100  # What Slack takes of options, in all groups together.
NOTHING = "-"  # The value of an option that is none, but a word to the person.


@dataclass(frozen=True, slots=True)
class Group:
    """Options under a label."""

    label: str
    options: Sequence[Block]


def grouped(groups: Iterable[Group], typed: str, language: Language) -> list[Block]:
    """Option groups as Slack takes them; where nothing was found, one that says so."""
    shown: list[Block] = []
    room = MOST
    for group in groups:
        if group.options and room:
            taken = list(group.options[:room])
            shown.append({"label": plain_text(group.label, 75), "options": taken})
            room -= len(taken)
    if shown:
        return shown
    nothing = say("choosing.nothing", language) if typed.strip() else say("choosing.empty", language)
    return only_words(nothing, say("choosing.try_again", language))


def only_words(label: str, text: str) -> list[Block]:
    """A menu that holds words alone."""
    return [{"label": plain_text(label, 75), "options": [option(bare(text, 75), NOTHING)]}]


def unanswered(language: Language) -> list[Block]:
    """What a menu holds when we cannot say what it should offer."""
    return only_words(say("choosing.unanswered", language), say("choosing.try_later", language))


def organisations(
    affiliations: Sequence[Affiliation], typed: str, language: Language, *, granting: bool = False
) -> list[Block]:
    """The asker's organisations, those first where they are a main user; for *granting* only those."""
    found = [
        each for each in affiliations if _holds(typed, each.organisation.name, each.organisation.business_id)
    ]

    def of(*, main_user: bool) -> Sequence[Block]:
        return [
            option(bare(each.organisation.name, 75), str(each.organisation.id))
            for each in found
            if each.main_user is main_user
        ]

    groups = [Group(say("choosing.main_user_of", language), of(main_user=True))]
    if not granting:
        groups.append(Group(say("choosing.member_of", language), of(main_user=False)))
    return grouped(groups, typed, language)


def people(
    found: Sequence[PersonView], typed: str, language: Language, *, myself: PersonView | None = None
) -> list[Block]:
    """People by whether we can reach them in chat; *myself* first, where one may choose oneself."""
    others = [person for person in found if myself is None or person.id != myself.id]
    mine = [option(bare(myself.name, 75), str(myself.id))] if myself and _holds(typed, myself.name) else []
    groups = [
        Group(say("choosing.myself", language), mine),
        Group(say("choosing.linked", language), _people(others, lambda each: each.linked_at is not None)),
        Group(say("choosing.not_linked", language), _people(others, lambda each: each.linked_at is None)),
    ]
    return grouped(groups, typed, language)


def roles(
    texts: Sequence[RoleText], coverage: Coverage | None, typed: str, language: Language
) -> list[Block]:
    """The roles that can be granted, those first that nobody holds, and those that hang on one person."""
    holders = {each.role: len(each.holders) for each in coverage.holdings} if coverage else {}
    wanted = [text for text in texts if _holds(typed, text.title)]

    def of(fits: Callable[[int], bool]) -> Sequence[Block]:
        return [
            option(bare(text.title, 75), text.role.value)
            for text in wanted
            if fits(holders.get(text.role, 0))
        ]

    if coverage is None:
        return grouped([Group(say("choosing.all_roles", language), of(lambda _: True))], typed, language)
    groups = [
        Group(say("choosing.held_by_nobody", language), of(lambda count: count == 0)),
        Group(say("choosing.held_by_one", language), of(lambda count: count == 1)),
        Group(say("choosing.held_by_several", language), of(lambda count: count > 1)),
    ]
    return grouped(groups, typed, language)


def _people(found: Sequence[PersonView], fits: Callable[[PersonView], bool]) -> Sequence[Block]:
    return [option(bare(each.name, 75), str(each.id)) for each in found if fits(each)]


def _holds(typed: str, *names: str) -> bool:
    wanted = fold(typed)
    return any(wanted in fold(name) for name in names)
