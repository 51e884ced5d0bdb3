"""What people read when their account comes to the workspace."""

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import section
from bot.words import say
from shared.contracts.base import Language


def welcome(offers: int, roles: int, language: Language) -> Said:
    """What waits for somebody who has just come."""
    lines = [say("accounts.welcome", language)]
    if offers:
        lines.append(say("accounts.offers_wait", language, count=offers))
    if roles:
        lines.append(say("accounts.roles_held", language, count=roles))
    lines.append(say("accounts.next_step", language))
    return message(language, section("\n".join(lines)))
