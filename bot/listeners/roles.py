"""What roles there are, and which of them are mine."""

import asyncio

from bot.acting import Acting
from bot.kit import Kit
from bot.naming import roles_in
from bot.payloads import Command
from bot.router import on_word
from bot.views.roles import my_roles, role_card, role_list
from shared.contracts.identity import GetAffiliations
from shared.contracts.roles import GetMyGrants, Role


class RoleTurns:
    """Tells of roles, to the one who asks and nobody else."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_word("roles")
    async def meanings(self, command: Command) -> None:
        language = await self._kit.language(command, command.spoken)
        texts = await self._kit.people.role_texts()
        found = roles_in(command.words, texts)
        if len(found) == 1:
            said = role_card(texts[found[0], language])
        else:
            listed = [texts[role, language] for role in (found or Role)]
            said = role_list(listed, language, unknown="" if found else command.words)
        await self._kit.answer(command, await self._kit.offering_change(command, command.spoken, said))

    @on_word("mine")
    async def mine(self, command: Command) -> None:
        language = await self._kit.language(command, command.spoken)
        grants, affiliations = await asyncio.gather(
            self._kit.ask(GetMyGrants(), command), self._kit.ask(GetAffiliations(), command)
        )
        names = await self._kit.people.organisations(grant.organisation for grant in grants.grants)
        looked_after = [each.organisation for each in affiliations.affiliations if each.main_user]
        texts = await self._kit.people.role_texts()
        zone = await self._kit.accounts.zone(command.who)
        acts = await Acting(self._kit).among(command.who, affiliations.affiliations)
        said = my_roles(grants.grants, looked_after, texts, names, language, zone, acts)
        await self._kit.answer(command, await self._kit.offering_change(command, command.spoken, said))
