"""One scripted conversation, and all that people saw of it, with ids and times of the run taken out."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.roles import (
    GrantAccepted,
    GrantDeclined,
    GrantId,
    GrantOffered,
    GrantStatus,
    GrantView,
    Phase,
)
from simulator.wire import Json
from tests.bot.conftest import Scene
from tests.bot.contacts_chat import opened
from tests.bot.contacts_town import ContactsOffice
from tests.bot.listeners.test_commands import chosen, modal, offer_state, offered, type_in
from tests.bot.makers import a_grant

EVERYBODY = ("U0MAIJA", "U0OLLE", "U0NEW")
# What is made up anew in each run: uuids, timestamps, Slack's ids and hashes, digests, addresses.
MADE_UP = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\b\d{10}\.[0-9a-f]{6,8}\b|\b[VbB][0-9A-F]{10}\b|\b[0-9a-f]{32,64}\b|127\.0\.0\.1:\d+"
)


@dataclass
class Transcript:
    """What people saw, in order."""

    scene: Scene
    seen: list[Any] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, shown: object) -> None:
        """Write down what was *shown*, by names that are the same in each run."""
        text = json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)
        self.seen.append((what, MADE_UP.sub(self._name, text)))

    def _name(self, found: re.Match[str]) -> str:
        return self._names.setdefault(found[0], f"#{len(self._names) + 1}")

    async def look(self, what: str) -> None:
        """Write down all that everybody sees, once nothing is on its way any more."""
        slack = self.scene.slack
        await slack.settled()
        await self.scene.bot.turns.idle()
        await slack.settled()
        for user in EVERYBODY:
            messages = [_shown(each) for each in slack.messages(user)]
            home = slack.stage.views.homes.get(user)
            top = slack.stage.views.top(user)
            self.note(f"{what}: messages of {user}", messages)
            self.note(f"{what}: Home of {user}", home.body if home else None)
            self.note(f"{what}: modal of {user}", top.body if top else None)
        self.note(f"{what}: the hall", [_shown(each) for each in slack.messages("C0HALL")])


def _shown(message: Any) -> Json:
    return {
        "from": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread": message.thread_ts,
        "ephemeral": message.only_for,
        "edited": message.edited_ts is not None,
    }


async def converse(scene: Scene) -> Transcript:
    """Offer, decline with a reason, accept, come too late, ask why, look after contacts, ask, choose."""
    transcript, slack, town = Transcript(scene), scene.slack, scene.town
    ContactsOffice(town).open()

    await type_in(scene, "U0MAIJA", "anna")
    view = await modal(scene, "U0MAIJA", "grant.offer")
    await transcript.look("a form to offer with")
    found = await slack.act(
        "U0MAIJA",
        "suggest",
        container={"type": "view", "view_id": view["id"]},
        block_id="person",
        action_id="grant.person",
        query="olle",
    )
    transcript.note("people found", offered(found))
    state = offer_state(scene, inducted=False)
    transcript.note("refused", await slack.act("U0MAIJA", "submit", view_id=view["id"], state=state))
    state = offer_state(scene, inducted=True)
    transcript.note("taken", await slack.act("U0MAIJA", "submit", view_id=view["id"], state=state))
    first = next(iter(town.grants.values()))
    await scene.bot.hearing.hear(GrantOffered(grant=first))
    await transcript.look("offered")

    await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.decline"), "grant.decline")
    view = await modal(scene, "U0OLLE", "grant.decline")
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "No time, my payload is full"}}}
    transcript.note("declined", await slack.act("U0OLLE", "submit", view_id=view["id"], state=reason))
    await scene.bot.hearing.hear(GrantDeclined(grant=town.grants[first.id]))
    await transcript.look("declined")

    second = await _offer(scene)
    await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.accept"), "grant.accept")
    await scene.card("U0OLLE", "Godkänd")
    await scene.bot.hearing.hear(GrantAccepted(grant=town.grants[second.id]))
    await transcript.look("accepted")

    third = await _offer(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    closed = {"status": GrantStatus.WITHDRAWN, "phase": Phase.WITHDRAWN, "version": third.version + 1}
    town.put(third.model_copy(update=closed | {"holder": town.maija.id}))
    await scene.press("U0OLLE", card, "grant.accept")
    await transcript.look("too late")

    await type_in(scene, "U0OLLE", "varför")
    view = await modal(scene, "U0OLLE", "why.explain")
    asked = {"action": {"action": chosen("billing.read")}}
    transcript.note("why", await slack.act("U0OLLE", "submit", view_id=view["id"], state=asked))
    await transcript.look("why")

    await opened(scene)
    await transcript.look("contacts")
    await slack.act("U0OLLE", "say", text="Hur godkänner jag en roll?")
    await slack.act("U0MAIJA", "say", channel="C0HALL", text="<@U0SIMULATOR> Miten hyväksyn roolin?")
    await transcript.look("questions")
    await type_in(scene, "U0MAIJA", "my payload please")
    await type_in(scene, "U0MAIJA", "kieli sv")
    await transcript.look("a menu and a language")
    for user in EVERYBODY:
        await slack.act(user, "home")
        await slack.act(user, "messages_tab")
    await transcript.look("Homes")
    return transcript


async def _offer(scene: Scene) -> GrantView:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    return town.grants[GrantId(grant.id)]
