"""What typed words name: roles, actions and organisations, in any of the three languages."""

from collections.abc import Mapping, Sequence

from bot.typed import matching
from bot.views.access import ACTIONS, label
from bot.words import LANGUAGES
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView
from shared.contracts.roles import Role, RoleText


def roles_in(words: str, texts: Mapping[tuple[Role, Language], RoleText]) -> Sequence[Role]:
    """The roles that *words* may mean."""
    return matching(
        words, {role: (role.value, *(texts[role, each].title for each in LANGUAGES)) for role in Role}
    )


def actions_in(words: str) -> Sequence[str]:
    """The actions that *words* may mean: ``billing.edit``."""
    every = (f"{view}.{verb}" for view, verbs in ACTIONS.items() for verb in verbs)
    return matching(
        words, {action: (action, *(label(action, each) for each in LANGUAGES)) for action in every}
    )


def organisations_in(words: str, mine: Sequence[OrganisationView]) -> Sequence[OrganisationView]:
    """Those of *mine* that *words* may mean, by name or by business id."""
    found = matching(words, {each.id: (each.name, each.business_id) for each in mine})
    return [each for each in mine if each.id in found]
