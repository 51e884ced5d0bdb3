"""Ask a person to identify strongly, with one link, and tidy up after."""

from contextlib import suppress
from uuid import UUID, uuid5

from bot.kit import Kit
from bot.payloads import WISHES, Press, Turn
from bot.sender import Said, Sent, SlackSaysNo
from bot.storage import Card
from bot.views.home import stranger_home
from bot.views.identification import identified, invitation, look_in_messages
from shared.contracts.base import Language
from shared.contracts.identity import BeginIdentification, ChatAccount, Intent

KIND = "identify"
LINK = "link"
BEGIN = "identify.begin"


def place_of(chat: ChatAccount) -> UUID:
    """What the message with a link is remembered under: one for each chat account."""
    return uuid5(WISHES, f"identify:{chat.team}:{chat.user}")


class Identification:
    """Leads people to the login page and back."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def ask(self, turn: Turn, intent: Intent | None = None, language: Language | None = None) -> None:
        """Send the person one link, remembering *intent*; an earlier link's message goes away."""
        kit, chat = self._kit, turn.who
        speaking = language or await kit.language(turn)
        intent = intent or Intent(kind=LINK, request_id=turn.wish)
        link = await kit.bus.call(
            BeginIdentification(
                chat=chat, chat_name=(turn.name or chat.user)[:200], language=speaking, intent=intent
            )
        )
        place = place_of(chat)
        # One at a time: of two presses at once, each would leave its own link behind.
        async with kit.alone_with(place):
            earlier = await kit.memory.cards(place, KIND)
            sent = await kit.sender.post(
                chat, invitation(link, intent.kind, speaking, await kit.accounts.zone(chat))
            )
            await kit.memory.keep(Card(place, KIND, chat.user, sent.channel, sent.ts, 1))
            for card in earlier:
                with suppress(SlackSaysNo):
                    await kit.sender.remove(Sent(card.channel, card.ts, team=chat.team))
        # Even in the conversation where the link is: a form that was opened meanwhile lies over it.
        elsewhere = turn.channel != sent.channel and (turn.response_url or turn.trigger)
        if elsewhere or kit.has_modal(turn):
            await self._point(turn, speaking)

    async def settle(self, chat: ChatAccount) -> None:
        """Take the link out of the message, now that the person has identified."""
        for card in await self._kit.memory.cards(place_of(chat), KIND):
            where = Sent(card.channel, card.ts, team=chat.team)
            language = await self._kit.people.language(chat)
            with suppress(SlackSaysNo):
                await self._kit.sender.change(where, identified(language))
            await self._kit.memory.drop(card)

    async def _point(self, turn: Turn, language: Language) -> None:
        """Say where the link is to somebody who looks elsewhere, if there is a way to."""
        kit = self._kit
        with suppress(SlackSaysNo):
            if turn.home and isinstance(turn, Press) and turn.action == BEGIN:
                # On the page that asked for it, which changes by itself when they come back.
                view = stranger_home(language, link_sent=True)
                kit.published.put(turn.who, await kit.sender.publish(turn.who.user, view))
            elif turn.response_url or isinstance(turn, Press) or kit.has_modal(turn):
                await kit.answer(turn, Said(look_in_messages(language)))
