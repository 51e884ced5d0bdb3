"""Every installation of the bot, found by workspace."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.fresh import Fresh
from bot.installations import storage
from bot.installations.installation import Installation
from bot.installations.vault import Unreadable, Vault
from shared.storage.database import Database

log = structlog.get_logger()

# Another process of ours may have taken one in, or thrown one out, this long ago.
KNOWN_FOR = 10.0
CLAIMED_FOR = timedelta(seconds=60)


class Installations:
    """
    Those in the database, and the *own* one whose token stands in the settings.

    Without a *vault* there are none in the database: the bot is in one workspace, as its settings say.
    """

    def __init__(
        self,
        database: Database,
        vault: Vault | None,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._now = now
        self._known: Fresh[str, Installation] = Fresh(KNOWN_FOR)
        self._organisations: dict[str, str] = {}
        self.own: Installation | None = None

    async def seal_anew(self) -> None:
        """Write all tokens with the newest key, so that older ones can be thrown away."""
        if (vault := self._vault) is not None:
            unreadable = await self._database.decide(lambda tx: storage.seal_anew(tx, vault))
            if unreadable:
                log.error("installations.unreadable", count=unreadable)

    async def find(self, team: str) -> Installation | None:
        """The bot in the workspace *team*: its own installation there, or its organisation's."""
        if (found := await self._in(team)) is not None:
            return found
        organisation = await self._organisation_of(team)
        return None if organisation is None else await self._in(organisation)

    async def the_only(self) -> Installation | None:
        """The one installation, if there is one and no other."""
        if self._vault is None:
            return self.own
        places = set(await self._database.read(storage.places))
        if self.own is not None:
            places.add(self.own.place)
        return await self._in(places.pop()) if len(places) == 1 else None

    async def all(self) -> list[Installation]:
        """Those in the database."""
        if self._vault is None:
            return []
        found = [await self._in(place) for place in await self._database.read(storage.places)]
        return [one for one in found if one is not None]

    async def put(self, one: Installation) -> None:
        vault = self._needed()
        await self._database.decide(lambda tx: storage.put(tx, one, vault))
        self._known.forget(one.place)
        self._known.put(one.place, one)
        log.info("installation.made", place=one.place, org_wide=one.org_wide)

    async def renewed(self, one: Installation) -> None:
        vault = self._needed()
        await self._database.decide(lambda tx: storage.renew(tx, one, vault))
        self._known.forget(one.place)

    async def claim(self, one: Installation) -> bool:
        """Be the one that renews the tokens of *one*, for a minute."""
        now = self._now()
        return await self._database.decide(lambda tx: storage.claim(tx, one.place, now, now + CLAIMED_FOR))

    async def end(self, place: str, before: datetime | None = None) -> None:
        """Forget the installation in *place* with its tokens; a newer one than *before* stays."""
        if self.own is not None and self.own.place == place:
            # Its token stands in the settings; whoever put it there has to take it away.
            log.error("installation.own_ended", place=place)
            self.own = None
        if self._vault is not None and await self._database.decide(lambda tx: storage.end(tx, place, before)):
            log.warning("installation.ended", place=place)
        # Only now: whoever asked in the meantime may have read it before it was gone.
        self._known.forget(place)

    async def belongs(self, team: str, organisation: str) -> None:
        """Remember that the workspace *team* is a part of *organisation*, into which we may be installed."""
        if self._organisations.get(team) != organisation:
            await self._database.decide(lambda tx: storage.note_organisation(tx, team, organisation))
            self._organisations[team] = organisation

    async def _organisation_of(self, team: str) -> str | None:
        if team not in self._organisations:
            found = await self._database.read(lambda rows: storage.organisation_of(rows, team))
            if found is None:
                return None
            self._organisations[team] = found
        return self._organisations[team]

    async def _in(self, place: str) -> Installation | None:
        if self.own is not None and self.own.place == place:
            return self.own
        if (vault := self._vault) is None:
            return None

        async def stored() -> Installation | None:
            try:
                return await self._database.read(lambda rows: storage.find(rows, place, vault))
            except Unreadable:
                log.error("installation.unreadable", place=place)
                return None

        return await self._known.recall(place, stored)

    def _needed(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("installations are kept only where there are keys to seal them with")
        return self._vault
