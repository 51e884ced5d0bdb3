"""Who is who, in chat and in the register; and the proof that we act for them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from bot.fresh import Fresh
from bot.speech import DEFAULT, Tongue, spoken
from shared.contracts.base import Language, OrganisationId, PersonId, Refusal, Unavailable
from shared.contracts.identity import (
    ChatAccount,
    ChatIdentity,
    DescribeOrganisations,
    DescribePeople,
    GetChatIdentity,
    MintCommandToken,
    MintReadToken,
    OrganisationView,
    PersonView,
)
from shared.contracts.roles import GetCatalogue, Role, RoleText
from shared.messaging.bus import Caller

IDENTITY_FOR = 20.0
TOKEN_FOR = 30.0
NAMES_FOR = 60.0
TEXTS_FOR = 60.0
LANGUAGE_WITHIN = 0.8


@dataclass(frozen=True, slots=True)
class ChatActor:
    """The person linked to a chat account, as far as we may act for them."""

    people: "People"
    chat: ChatAccount

    async def for_reading(self) -> str:
        return await self.people.read_token(self.chat)

    async def for_command(self, subject: str, body_hash: str) -> str:
        token = await self.people.bus.call(
            MintCommandToken(chat=self.chat, command=subject, body_hash=body_hash)
        )
        return token.token


async def _default(_: ChatAccount) -> Language:
    return DEFAULT


class People:
    """
    Asks identity, and remembers the answers for as long as they may be trusted.

    *otherwise* says what to speak to an account of which identity knows nothing.
    """

    def __init__(
        self, bus: Caller, otherwise: Callable[[ChatAccount], Awaitable[Language]] = _default
    ) -> None:
        self.bus = bus
        self._otherwise = otherwise
        self._identities: Fresh[ChatAccount, ChatIdentity] = Fresh(IDENTITY_FOR)
        self._tokens: Fresh[ChatAccount, str] = Fresh(TOKEN_FOR)
        self._people: Fresh[PersonId, PersonView] = Fresh(NAMES_FOR)
        self._organisations: Fresh[OrganisationId, OrganisationView] = Fresh(NAMES_FOR)
        self._texts: Fresh[str, dict[tuple[Role, Language], RoleText]] = Fresh(TEXTS_FOR)
        self._tongues: dict[ChatAccount, Tongue] = {}

    def acting(self, chat: ChatAccount) -> ChatActor:
        return ChatActor(self, chat)

    async def identity(self, chat: ChatAccount) -> ChatIdentity:
        """Who is behind *chat*."""
        if known := self._identities.get(chat):
            return known
        mark = self._identities.mark
        found = await self.bus.call(GetChatIdentity(chat=chat))
        if found.linked:
            self._identities.put(chat, found, since=mark)
        if (tongue := _tongue_of(found)) != Tongue() and mark == self._identities.mark:
            self._tongues[chat] = tongue
        return found

    async def language(self, chat: ChatAccount, heard: Language | None = None) -> Language:
        """
        What to speak to *chat*, whose own words just now are in *heard*: see `spoken`.

        Never takes long, and never fails: a modal has to open within seconds.
        """
        try:
            async with asyncio.timeout(LANGUAGE_WITHIN):
                tongue = await self.tongue(chat)
                if tongue == Tongue() and heard is None:
                    return await self._otherwise(chat)
        except (Unavailable, Refusal, TimeoutError):
            tongue = Tongue()
        return spoken(tongue, heard)

    async def tongue(self, chat: ChatAccount) -> Tongue:
        """What is known of the language of *chat*."""
        if (known := self._tongues.get(chat)) is not None:
            return known
        found = _tongue_of(await self.identity(chat))
        # What was chosen meanwhile counts; and what is not kept is good for this once.
        return self._tongues.get(chat, found)

    async def read_token(self, chat: ChatAccount) -> str:
        async def minted() -> str:
            return (await self.bus.call(MintReadToken(chat=chat))).token

        return await self._tokens.recall(chat, minted)

    def chose(self, chat: ChatAccount, language: Language) -> None:
        """Remember what *chat* chose just now."""
        self._tongues[chat] = Tongue(chosen=language)
        self._identities.forget(chat)

    def forget(self, chat: ChatAccount) -> None:
        """Ask anew about *chat* the next time."""
        self._identities.forget(chat)
        self._tokens.forget(chat)
        self._tongues.pop(chat, None)

    def forget_token(self, chat: ChatAccount) -> None:
        """Have it vouched for anew the next time who *chat* is."""
        self._tokens.forget(chat)

    def forget_person(self, person: PersonId) -> None:
        self._people.forget(person)
        # An answer of which we do not know yet that it is about them.
        self._identities.doubt()
        for chat, identity in self._identities.items():
            if identity.person and identity.person.id == person:
                self.forget(chat)

    async def named(self, ids: Iterable[PersonId]) -> dict[PersonId, PersonView]:
        """Those of *ids* whom identity knows."""
        wanted = dict.fromkeys(ids)
        found = {each: known for each in wanted if (known := self._people.get(each))}
        missing = tuple(each for each in wanted if each not in found)
        for start in range(0, len(missing), 100):
            mark = self._people.mark
            answer = await self.bus.call(DescribePeople(ids=missing[start : start + 100]))
            for person in answer.people:
                self._people.put(person.id, person, since=mark)
                found[person.id] = person
        return found

    async def person(self, person: PersonId) -> PersonView | None:
        return (await self.named([person])).get(person)

    async def organisation(self, organisation: OrganisationId) -> OrganisationView | None:
        return (await self.organisations([organisation])).get(organisation)

    async def organisations(self, ids: Iterable[OrganisationId]) -> dict[OrganisationId, OrganisationView]:
        """Those of *ids* whom identity knows."""
        wanted = dict.fromkeys(ids)
        found = {each: known for each in wanted if (known := self._organisations.get(each))}
        missing = tuple(each for each in wanted if each not in found)
        for start in range(0, len(missing), 100):
            answer = await self.bus.call(DescribeOrganisations(ids=missing[start : start + 100]))
            for organisation in answer.organisations:
                self._organisations.put(organisation.id, organisation)
                found[organisation.id] = organisation
        return found

    async def role_text(self, role: Role, language: Language) -> RoleText:
        """What *role* means, in *language*."""
        return (await self.role_texts())[role, language]

    async def role_texts(self) -> dict[tuple[Role, Language], RoleText]:
        """The whole catalogue."""

        async def texts() -> dict[tuple[Role, Language], RoleText]:
            return {(text.role, text.language): text for text in (await self.bus.call(GetCatalogue())).texts}

        return await self._texts.recall("all", texts)

    def forget_texts(self) -> None:
        """Ask anew what roles mean."""
        self._texts.forget("all")


def _tongue_of(found: ChatIdentity) -> Tongue:
    return Tongue(chosen=found.language, registered=found.person.language if found.person else None)
