"""Conversations: questions in plain words, in direct messages and where the bot is mentioned."""

import asyncio
from collections.abc import Sequence

from bot.answering import Answering, asked
from bot.attending import Attention
from bot.fresh import Fresh
from bot.kit import Kit
from bot.payloads import Told
from bot.prompting import Standing, fitting
from bot.router import on_event
from bot.sender import Said
from bot.typed import Known, understood
from bot.views.commands import choices, typed
from bot.views.guidance import answer, prompts, unknown
from bot.views.help import menu
from bot.words import say
from shared.contracts.base import Language, Refusal, Unavailable
from shared.contracts.identity import ChatAccount, ChatAccountNotLinked, GetAffiliations
from shared.contracts.roles import GetMyGrants, Phase

STANDING_WITHIN = 2.0
SUGGESTED_FOR = 3600.0


class QuestionTurns:
    """Answers in the thread of the question: its root is the message itself, if it began none before."""

    def __init__(self, kit: Kit, answering: Answering) -> None:
        self._kit = kit
        self._answering = answering
        self._attention = Attention(kit.sender)
        self._suggested: Fresh[ChatAccount, Sequence[tuple[str, str]]] = Fresh(SUGGESTED_FOR)

    @on_event("message")
    async def in_private(self, told: Told) -> None:
        if told.channel_type == "im":
            await self._attend(told)

    @on_event("app_mention")
    async def mentioned(self, told: Told) -> None:
        await self._attend(told)

    @on_event("agent_session_stopped")
    async def stopped(self, told: Told) -> None:
        self._attention.stop(told.channel or "", told.thread or "")

    @on_event("messages_opened", "app_context_changed")
    async def suggest(self, told: Told) -> None:
        """
        Suggest questions that fit the person.

        What they look at meanwhile is Slack's word for it and nothing to rely on: a change of it is only an
        occasion to look anew at where they stand.
        """
        if not told.channel:
            return
        language = await self._kit.people.language(told.who)
        suggested = prompts(fitting(await self._standing(told)), language)
        # People look at other things all the time: Slack is called only when there is something new to say.
        if told.kind == "messages_opened" or self._suggested.get(told.who) != suggested:
            await self._kit.sender.prompts(told.channel, suggested)
            self._suggested.put(told.who, suggested)

    async def _attend(self, told: Told) -> None:
        heard = self._answering.language_of(asked(told.text))
        channel, thread = told.channel or told.who.user, told.thread or told.ts
        status = say("guidance.looking", await self._kit.people.language(told.who, heard))
        await self._attention.give(
            told.who.team, channel, thread, status, self._reply(told, channel, thread, heard)
        )

    async def _reply(self, told: Told, channel: str, thread: str, heard: Language | None) -> None:
        question = asked(told.text)
        known = understood(question)
        heard = known.spoken if known else heard
        language = await self._kit.language(told, heard)
        if not question or (known and known.command == "help"):
            said = menu(language)
        elif known:
            said = _by_button(known, language)
        else:
            found = await self._answering.find(question, language)
            said = answer(found, language) if found.known else unknown(language)
        said = await self._kit.offering_change(told, heard, said)
        await self._kit.sender.post(channel, said, thread=thread)

    async def _standing(self, told: Told) -> Standing:
        """Where the person stands, as far as it is known quickly."""
        try:
            async with asyncio.timeout(STANDING_WITHIN):
                mine, affiliations = await asyncio.gather(
                    self._kit.ask(GetMyGrants(), told), self._kit.ask(GetAffiliations(), told)
                )
        except ChatAccountNotLinked:
            return Standing(linked=False)
        except (Refusal, Unavailable, TimeoutError):
            return Standing()
        phases = {grant.phase for grant in mine.grants}
        return Standing(
            offer_waits=Phase.WAITING in phases,
            holds_role=Phase.IN_FORCE in phases,
            main_user=any(each.main_user for each in affiliations.affiliations),
        )


def _by_button(known: Known, language: Language) -> Said:
    """A command said in a conversation: forms open from a press, so a button stands for it."""
    line = typed(known.command, known.language)
    return choices(say("help.press_to_begin", language), [(f"/kanta {line}", line)], language)
