"""The list of features: a new one is a line here."""

from bot.answering import Answering
from bot.cards import Cards
from bot.identification import Identification
from bot.kit import Kit
from bot.leaving import Leaving
from bot.listeners.access import AccessTurns
from bot.listeners.accounts import AccountTurns
from bot.listeners.answers import AnswerTurns
from bot.listeners.asking import AskingTurns
from bot.listeners.contacts import ContactsTurns
from bot.listeners.help import HelpTurns
from bot.listeners.home import Homes, HomeTurns
from bot.listeners.languages import LanguageTurns
from bot.listeners.links import LinkTurns
from bot.listeners.migration import MigrationTurns
from bot.listeners.offering import OfferingTurns
from bot.listeners.organisations import OrganisationTurns
from bot.listeners.persons import PersonTurns
from bot.listeners.questions import QuestionTurns
from bot.listeners.reasons import ReasonTurns
from bot.listeners.roles import RoleTurns
from bot.listeners.searching import SearchTurns
from bot.listeners.unknown import UnknownTurns
from bot.listeners.wishes import WishTurns
from bot.listeners.workspaces import WorkspaceTurns
from bot.notifications.grants import GrantNews
from bot.notifications.herald import Herald
from bot.notifications.migration import MigrationNews
from bot.notifications.people import PeopleNews
from bot.notifications.places import PlaceNews
from bot.notifications.workspaces import WorkspaceNews


def turn_takers(kit: Kit, identification: Identification, herald: Herald) -> list[object]:
    """Everything that answers people."""
    cards, homes, answering = Cards(kit), Homes(kit), Answering()
    return [
        HelpTurns(kit, answering),
        HomeTurns(homes),
        OfferingTurns(kit, homes),
        AnswerTurns(kit, cards, homes, identification),
        ReasonTurns(kit, cards, homes),
        AccessTurns(kit),
        ContactsTurns(kit),
        LanguageTurns(kit, homes),
        LinkTurns(kit, homes, identification),
        OrganisationTurns(kit, homes),
        RoleTurns(kit),
        SearchTurns(kit),
        QuestionTurns(kit, answering),
        AskingTurns(kit, answering),
        PersonTurns(kit),
        AccountTurns(kit, cards, homes, Leaving(kit, cards, homes, herald)),
        WishTurns(kit, herald),
        WorkspaceTurns(kit, homes),
        MigrationTurns(kit, homes),
        UnknownTurns(kit),
    ]


def notifications(kit: Kit, identification: Identification, herald: Herald) -> list[object]:
    """Everything that hears facts."""
    cards, homes = Cards(kit), Homes(kit)
    return [
        GrantNews(kit, cards, homes, herald),
        PeopleNews(kit, cards, homes, identification),
        MigrationNews(kit, homes, herald),
        PlaceNews(kit, cards, homes),
        WorkspaceNews(kit, homes, herald),
    ]
