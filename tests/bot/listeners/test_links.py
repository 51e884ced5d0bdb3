"""Linking a chat account, and taking the link away, in three languages."""

import asyncio

import pytest

from bot.words import say
from shared.contracts.identity import (
    BeginIdentification,
    ChatAccount,
    ChatAccountUnlinked,
    GetAffiliations,
    LinkEnd,
    UnlinkChatAccount,
    UnlinkColleague,
)
from shared.contracts.roles import GrantOffered
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.listeners.chat import type_in
from tests.bot.makers import TEAM, a_grant

MAIJA = ChatAccount(team=TEAM, user="U0MAIJA")
OLLE = ChatAccount(team=TEAM, user="U0OLLE")


def sent(scene: Scene, kind: type) -> list[object]:
    return [each for each in scene.town.asked if isinstance(each, kind)]


def unlinked(person: object, chat: ChatAccount, why: LinkEnd, by: object = None) -> ChatAccountUnlinked:
    values = {"person": person, "chat": chat, "why": why, "linked_at": None, "by": by}
    return ChatAccountUnlinked.model_validate(values)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("link", "yhdistetty henkilöön *Maija"),
        ("yhdista", "yhdistetty henkilöön *Maija"),
        ("koppla", "kopplat till *Maija"),
    ],
)
async def test_who_is_linked_hears_to_whom_since_when_and_how(scene: Scene, word: str, sentence: str) -> None:
    await type_in(scene, "U0MAIJA", word)
    answer = await scene.card("U0MAIJA", sentence)

    assert answer.ephemeral
    assert "bank" not in answer.text
    assert "link.remove" in actions_in(answer.blocks)
    assert sent(scene, BeginIdentification) == []


async def test_who_is_not_linked_gets_a_login_whose_only_wish_is_that(scene: Scene) -> None:
    await type_in(scene, "U0NEW", "link")
    await scene.card("U0NEW", "identify.open")

    (begun,) = sent(scene, BeginIdentification)
    assert isinstance(begun, BeginIdentification)
    assert (begun.intent.kind, begun.intent.subject, begun.chat.user) == ("link", None, "U0NEW")


async def test_two_wishes_at_once_leave_one_link(scene: Scene) -> None:
    seen: set[str] = set()

    def only_the_newest() -> bool | None:
        links = {each.ts for each in scene.slack.messages("U0NEW") if "identify.open" in said(each)}
        seen.update(links)
        return (len(seen) == 2 and links == {max(seen)}) or None

    await asyncio.gather(type_in(scene, "U0NEW", "link"), type_in(scene, "U0NEW", "link"))

    assert await scene.slack.stage.feed.until(only_the_newest, 10.0)


async def test_what_unlinking_means_is_said_before_anything_is_done(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "frånkoppla")
    question = await scene.card("U0OLLE", "Det betyder att")

    assert "dina roller fortsätter att gälla" in question.text
    button = question.blocks[-1]["elements"][0] if question.blocks else {}
    assert (button["action_id"], button["style"]) == ("link.remove", "danger")
    assert button["confirm"]["deny"]["text"] == "Behåll"
    assert sent(scene, UnlinkChatAccount) == []


async def test_whoever_unlinks_sees_nothing_of_theirs_any_more(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    card = await scene.card("U0OLLE", "grant.accept")
    await scene.slack.act("U0OLLE", "home")
    await scene.slack.wait_for_home("U0OLLE", lambda view: "grant.accept" in str(view))
    await type_in(scene, "U0OLLE", "unlink")
    await scene.press("U0OLLE", await scene.card("U0OLLE", "Det betyder att"), "link.remove")
    await scene.card("U0OLLE", "Kopplingen är borttagen")
    await scene.slack.wait_for_home("U0OLLE", lambda view: "identify.begin" in str(view))

    # The offer waits: whoever presses it is asked who they are.
    await scene.press("U0OLLE", card, "grant.accept")
    await scene.card("U0OLLE", "identify.open")
    assert town.grants[grant.id].version == 1


async def test_a_second_press_asks_for_no_login(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "unlink")
    question = await scene.card("U0OLLE", "Det betyder att")
    await scene.press("U0OLLE", question, "link.remove")
    await scene.card("U0OLLE", "Kopplingen är borttagen")
    await scene.press("U0OLLE", question, "link.remove")
    await scene.card("U0OLLE", "inte kopplat till någon")

    assert sent(scene, BeginIdentification) == []


async def test_a_main_user_unlinks_a_colleague_who_is_told(scene: Scene) -> None:
    town = scene.town
    await type_in(scene, "U0MAIJA", "irrota <@U0OLLE|olle>")
    question = await scene.card("U0MAIJA", "Poistetaanko tunnuksen <@U0OLLE>")
    await scene.press("U0MAIJA", question, "link.remove_colleague")
    await scene.card("U0MAIJA", "ei voi enää toimia kenenkään puolesta")
    await scene.bot.hearing.hear(unlinked(town.olle.id, OLLE, LinkEnd.REMOVED, town.maija.id))

    told = await scene.card("U0OLLE", "huvudanvändare eller tjänstens administratör")
    (wish,) = sent(scene, UnlinkColleague)
    assert isinstance(wish, UnlinkColleague)
    assert (wish.organisation, wish.chat) == (town.clinic.id, OLLE)
    assert not told.ephemeral


async def test_a_second_press_on_the_link_of_a_colleague_says_that_it_is_gone_and_takes_nothing_more(
    scene: Scene,
) -> None:
    await type_in(scene, "U0MAIJA", "irrota <@U0OLLE|olle>")
    question = await scene.card("U0MAIJA", "Poistetaanko tunnuksen <@U0OLLE>")
    await scene.press("U0MAIJA", question, "link.remove_colleague")
    await scene.card("U0MAIJA", "ei voi enää toimia kenenkään puolesta")
    gone = scene.town.people[scene.town.olle.id]
    await scene.press("U0MAIJA", question, "link.remove_colleague")

    await scene.card("U0MAIJA", say("links.colleague_not_linked", "fi", account="<@U0OLLE>"))
    assert scene.town.people[scene.town.olle.id] == gone
    assert sent(scene, BeginIdentification) == []


async def test_a_main_user_whose_identification_is_old_identifies_first(scene: Scene) -> None:
    scene.town.fresh.clear()
    await type_in(scene, "U0MAIJA", "unlink <@U0OLLE|olle>")
    question = await scene.card("U0MAIJA", "Poistetaanko tunnuksen <@U0OLLE>")
    await scene.press("U0MAIJA", question, "link.remove_colleague")

    await scene.card("U0MAIJA", "identify.open")
    assert scene.town.people[scene.town.olle.id].linked_at is not None


async def test_who_is_no_main_user_cannot_ask_about_others(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "unlink <@U0MAIJA|maija>")
    answer = await scene.card("U0OLLE", "inte kopplat till någon i de organisationer")

    assert "link.remove_colleague" not in actions_in(answer.blocks)
    assert "Maija" not in said(answer)


async def test_who_was_signed_out_is_told_and_is_nobody_here_before_a_new_login(scene: Scene) -> None:
    town = scene.town
    await scene.bot.kit.people.identity(OLLE)
    town.unlink(town.olle)
    town.waiting[OLLE] = LinkEnd.SIGNED_OUT
    event = unlinked(town.olle.id, OLLE, LinkEnd.SIGNED_OUT)
    for _ in range(2):
        await scene.bot.hearing.hear(event)
    await scene.card("U0OLLE", "loggat ut dig")
    await type_in(scene, "U0OLLE", "link")
    await scene.card("U0OLLE", "Du har loggats ut")
    await scene.card("U0OLLE", "identify.open")

    told = [each for each in scene.slack.messages("U0OLLE") if "loggat ut dig" in said(each)]
    assert len(told) == 1
    assert not (await scene.bot.kit.people.identity(OLLE)).linked


async def test_a_kept_proof_that_counts_no_more_is_asked_for_anew_once(scene: Scene) -> None:
    town, kit = scene.town, scene.bot.kit
    await kit.bus.call(GetAffiliations(), on_behalf=kit.people.acting(MAIJA))
    town.void_tokens = True

    found = await kit.bus.call(GetAffiliations(), on_behalf=kit.people.acting(MAIJA))

    assert found.affiliations
    assert not town.void_tokens
