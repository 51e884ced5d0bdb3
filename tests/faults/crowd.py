"""Many people at once, who try again when Slack tells them that something did not arrive."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from bot.sender import SlackAway
from shared.contracts.base import Command, Event, Language, Message, ReplyT, Request
from shared.contracts.identity import PersonView
from shared.contracts.roles import GrantAccepted, GrantDeclined, GrantOffered, GrantStatus, GrantView
from shared.messaging.bus import OnBehalf
from simulator.seed import User, Workspace
from simulator.wire import Json
from simulator.workspace.messages import Message as Shown
from tests.bot.conftest import Scene, actions_in
from tests.bot.makers import TEAM, a_grant, a_person
from tests.bot.town import Town
from tests.support.patience import PATIENCE

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
QUESTIONS = ("Miten hyväksyn roolin?", "Hur godkänner jag en roll?", "How do I accept a role?")
TRIES = 12
REASON = {"reason": {"reason": {"type": "plain_text_input", "value": "no time"}}}


class RememberingTown(Town):
    """Services that answer a command once, however often it is asked, as the real ones do."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[UUID, Message] = {}
        self.acted: dict[UUID, int] = {}

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        if not isinstance(request, Command):
            return await super().call(request, on_behalf=on_behalf)
        if (known := self._answers.get(request.request_id)) is None:
            known = self._answers[request.request_id] = await super().call(request, on_behalf=on_behalf)
            self.acted[request.request_id] = self.acted.get(request.request_id, 0) + 1
        return known  # type: ignore[return-value] # the answer to this very request


@dataclass
class Holder:
    """One person with one offer: what they were shown and what they asked."""

    user: str
    person: PersonView
    grant: GrantView
    declines: bool
    questions: list[str] = field(default_factory=list)


def workspace_of(count: int) -> Workspace:
    people = [
        User(f"U0P{number:03}", f"p{number}", f"P {number}", f"p{number}@x.fi") for number in range(count)
    ]
    maija = User("U0MAIJA", "maija", "Maija", "maija@example.fi")
    return Workspace(team_id=TEAM, domain="town", name="Town", users=(maija, *people), channels=())


def settle_in(town: Town, count: int) -> list[Holder]:
    """Let *count* people live in *town*, each with an offer that waits."""
    holders = []
    for number in range(count):
        person = a_person(f"Testaaja Nro{number:03}", f"U0P{number:03}", LANGUAGES[number % 3])
        town.people[person.id] = person
        town.fresh.add(person.id)
        grant = town.put(a_grant(town.clinic, person, town.maija))
        holders.append(Holder(f"U0P{number:03}", person, grant, declines=number % 3 == 0))
    return holders


@dataclass
class Crowd:
    """What everybody does, and hears."""

    scene: Scene

    async def hear(self, event: Event) -> None:
        """Tell the bot a fact again until it has taken it, as the bus does."""
        for _ in range(TRIES):
            with suppress(SlackAway):
                await self.scene.bot.hearing.hear(event)
                return
        raise AssertionError(f"{event.subject} was never taken")

    async def insist(self, user: str, act: Callable[[], Awaitable[Json]]) -> Json:
        """Do something again while Slack says that the app did not answer."""
        answered: Json = {}
        for _ in range(TRIES):
            answered = await act()
            if answered.get("error") != "app_did_not_answer":
                return answered
            # Nobody is quicker than this: two websockets rarely break at once, and are there again soon.
            await self.scene.slack.wait_for_connections(1, timeout=PATIENCE)
        raise AssertionError(f"{user} never got through: {answered}")

    async def live(self, holder: Holder) -> None:
        """Be offered a role, answer, ask, look around."""
        slack, town = self.scene.slack, self.scene.town
        await self.hear(GrantOffered(grant=holder.grant))
        card = await slack.wait_for_message(holder.user, has("grant.accept"), timeout=PATIENCE)
        await self.ask(holder)
        if holder.declines:
            await self.decline(holder, card)
        else:
            await self.insist(holder.user, lambda: self.scene.press(holder.user, card, "grant.accept"))
        await slack.stage.feed.until(
            lambda: town.grants[holder.grant.id].status is not GrantStatus.OFFERED or None, PATIENCE
        )
        decided = town.grants[holder.grant.id]
        kind = GrantDeclined if holder.declines else GrantAccepted
        await self.hear(kind(grant=decided))
        await self.look_around(holder)

    async def decline(self, holder: Holder, card: Shown) -> None:
        """Fill in the form on top, whichever that is by now, until the offer is declined."""
        slack, grants = self.scene.slack, self.scene.town.grants

        async def submit() -> Json:
            view = slack.stage.views.top(holder.user)
            if view is None:
                return {"error": "not_found"}
            return await slack.act(holder.user, "submit", view_id=view.id, state=REASON)

        for _ in range(TRIES):
            if grants[holder.grant.id].status is not GrantStatus.OFFERED:
                return
            await self.insist(holder.user, lambda: self.scene.press(holder.user, card, "grant.decline"))
            with suppress(TimeoutError):
                await slack.wait_for_view(
                    holder.user, lambda view: view["callback_id"] == "grant.decline", timeout=PATIENCE
                )
                await self.insist(holder.user, submit)
        raise AssertionError("the offer could not be declined")

    async def ask(self, holder: Holder) -> None:
        said = await self.scene.slack.act(holder.user, "say", text=QUESTIONS[len(holder.questions) % 3])
        holder.questions.append(said["ts"])

    async def look_around(self, holder: Holder) -> None:
        slack = self.scene.slack
        await self.insist(holder.user, lambda: slack.act(holder.user, "home"))
        await self.insist(
            holder.user, lambda: slack.act(holder.user, "command", command="/kanta", text="help")
        )


def has(action: str) -> Callable[[Shown], bool]:
    return lambda message: action in actions_in(message.blocks)


def answers_to(scene: Scene, holder: Holder, question: str) -> list[Any]:
    """What the bot said in the thread of *question*."""
    return [each for each in scene.slack.messages(holder.user) if each.bot_id and each.thread_ts == question]


def cards_of(scene: Scene, holder: Holder) -> list[Shown]:
    """What the bot said outside threads to everybody's eyes: the card, and nothing else."""
    return [
        each
        for each in scene.slack.messages(holder.user)
        if each.bot_id and not each.thread_ts and not each.ephemeral
    ]
