"""Chat accounts that act for their person no more, on both databases."""

from functools import partial
from typing import Any

import pytest

from services.identity.linking import check_counts
from services.identity.storage import chats
from shared.contracts.base import ActorNotProved, Command, NotAllowed, PersonId
from shared.contracts.identity import (
    ChatAccount,
    ChatAccountNotLinked,
    ChatAccountUnlinked,
    DescribePeople,
    EndLink,
    EndSessions,
    LinkedAccount,
    LinkEnd,
    ListLinkedAccounts,
    ListLinks,
    MintReadToken,
    PersonIdentified,
    SuspendChatAccount,
    UnlinkChatAccount,
    UnlinkColleague,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from simulator.town.rehearsal import LoginFailed, log_in
from tests.services.identity.conftest import AINO, BOT, Town
from tests.services.identity.test_handlers import COUNTY, link, organisation, town_verifier

AINOS_OTHER = ChatAccount(team="T0OTHER", user="U0AINO")
OPERATOR = Actor(caller=Account.OPERATOR)
HANDLERS = {
    UnlinkChatAccount: "unlink",
    UnlinkColleague: "unlink_colleague",
    SuspendChatAccount: "suspend",
    EndLink: "end_link",
    EndSessions: "end_sessions",
}


async def decide(town: Town, command: Command[Any], actor: Actor = BOT) -> Any:
    handler = getattr(town.handlers, HANDLERS[type(command)])
    return await town.database.decide(lambda tx: handler(tx, command, actor))


async def vouched(town: Town, chat: ChatAccount) -> Actor:
    """What a service reads in a token that the person behind *chat* shows."""
    request = MintReadToken(chat=chat)
    minted = await town.database.read(lambda rows: town.handlers.vouch_for_reading(rows, request, BOT))
    return town_verifier(town).actor(minted.token, caller=Account.BOT, command=None)


async def counts(town: Town, actor: Actor) -> bool:
    try:
        await town.database.read(lambda rows: check_counts(rows, actor))
    except ActorNotProved:
        return False
    return True


async def the_end(town: Town) -> ChatAccountUnlinked:
    (fact,) = await town.facts(ChatAccountUnlinked)
    assert isinstance(fact, ChatAccountUnlinked)
    return fact


async def test_whoever_unlinks_their_account_acts_through_it_no_more(town: Town) -> None:
    aino = await link(town, AINO, "Aino Mallila")
    in_hand = await vouched(town, AINO)
    assert await counts(town, in_hand)

    await decide(town, UnlinkChatAccount(chat=AINO), in_hand)

    behind = await town.behind(AINO)
    fact = await the_end(town)
    assert (behind.linked, behind.person, behind.link) == (False, None, None)
    assert (fact.person, fact.chat, fact.why, fact.linked_at, fact.by) == (
        aino,
        AINO,
        LinkEnd.REMOVED,
        None,
        aino,
    )
    assert not await counts(town, in_hand)
    with pytest.raises(ChatAccountNotLinked):
        await vouched(town, AINO)


async def test_nobody_unlinks_an_account_that_is_not_theirs(town: Town) -> None:
    await link(town, AINO, "Aino Mallila")
    bjorn = Actor(caller=Account.BOT, person=(await town.person("Björn Exempelström")).id)

    with pytest.raises(ChatAccountNotLinked):
        await decide(town, UnlinkChatAccount(chat=AINO), bjorn)

    assert (await town.behind(AINO)).linked


async def test_with_another_account_the_person_is_linked_still_and_reached_there(town: Town) -> None:
    aino = await link(town, AINO, "Aino Mallila")
    await link(town, AINOS_OTHER, "Aino Mallila")
    in_hand = await vouched(town, AINO)

    await decide(town, UnlinkChatAccount(chat=AINO), in_hand)

    request = DescribePeople(ids=(aino,))
    found = await town.database.read(lambda rows: town.handlers.describe_people(rows, request, BOT))
    assert found.people[0].chat == AINOS_OTHER
    assert found.people[0].linked_at == (await the_end(town)).linked_at is not None
    # What was signed before counts in no account; what is signed now does.
    assert not await counts(town, in_hand)
    assert await counts(town, await vouched(town, AINOS_OTHER))


async def test_a_closed_account_waits_for_its_person_and_for_nobody_else(open_town: Town) -> None:
    await log_in((await open_town.begin(AINO)).url, "Aino")
    in_hand = await vouched(open_town, AINO)
    for _ in range(2):
        await decide(open_town, SuspendChatAccount(chat=AINO))
    closed = await open_town.behind(AINO)

    with pytest.raises(ChatAccountNotLinked):
        await vouched(open_town, AINO)
    with pytest.raises(LoginFailed):
        await log_in((await open_town.begin(AINO)).url, "Björn")
    await log_in((await open_town.begin(AINO)).url, "Aino")
    again = await open_town.behind(AINO)

    assert closed.link is not None
    assert (closed.linked, closed.link.waits) == (False, LinkEnd.CLOSED)
    assert closed.person is not None
    assert (closed.person.name, closed.person.linked_at) == ("Aino Mallila", None)
    assert (await the_end(open_town)).why is LinkEnd.CLOSED
    assert again.linked
    assert again.link is not None
    assert again.link.linked_at > closed.link.linked_at
    assert not await counts(open_town, in_hand)
    assert await counts(open_town, await vouched(open_town, AINO))


async def test_a_login_that_was_begun_before_the_account_closed_does_not_open_it_again(
    open_town: Town,
) -> None:
    await log_in((await open_town.begin(AINO)).url, "Aino")
    begun = await open_town.begin(AINO)
    await decide(open_town, SuspendChatAccount(chat=AINO))

    with pytest.raises(LoginFailed):
        await log_in(begun.url, "Aino")

    assert not (await open_town.behind(AINO)).linked
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_an_account_that_is_closed_before_anybody_linked_it_is_linked_by_nobody(
    open_town: Town,
) -> None:
    begun = await open_town.begin(AINO)
    await decide(open_town, SuspendChatAccount(chat=AINO))

    with pytest.raises(LoginFailed):
        await log_in(begun.url, "Aino")

    assert await open_town.facts(ChatAccountUnlinked) == []


async def test_an_operator_ends_all_sessions_and_the_links_wait(town: Town) -> None:
    aino = await link(town, AINO, "Aino Mallila")
    await link(town, AINOS_OTHER, "Aino Mallila")

    left = await decide(town, EndSessions(person=aino), OPERATOR)

    assert {one.chat: one.waits for one in left.links} == dict.fromkeys(
        (AINO, AINOS_OTHER), LinkEnd.SIGNED_OUT
    )
    assert [fact.linked_at is None for fact in await unlinkings(town)] == [False, True]
    for chat in (AINO, AINOS_OTHER):
        with pytest.raises(ChatAccountNotLinked):
            await vouched(town, chat)


async def unlinkings(town: Town) -> list[ChatAccountUnlinked]:
    return [fact for fact in await town.facts() if isinstance(fact, ChatAccountUnlinked)]


async def test_an_operator_removes_a_link_of_the_person_they_name(town: Town) -> None:
    aino = await link(town, AINO, "Aino Mallila")
    other: PersonId = (await town.person("Björn Exempelström")).id
    with pytest.raises(ChatAccountNotLinked):
        await decide(town, EndLink(person=other, chat=AINO), OPERATOR)

    left = await decide(town, EndLink(person=aino, chat=AINO), OPERATOR)

    listed = await town.database.read(
        lambda rows: town.handlers.list_links(rows, ListLinks(person=aino), OPERATOR)
    )
    assert left.links == listed.links == ()
    assert (await the_end(town)).by is None


async def test_a_main_user_unlinks_colleagues_and_nobody_else_does(town: Town) -> None:
    county = await organisation(town, COUNTY)
    daniel_chat = ChatAccount(team="T0TOWN", user="U0DANIEL")
    daniel = await link(town, daniel_chat, "Daniel Sampleton")
    aino = (await town.person("Aino Mallila")).id
    wish = UnlinkColleague(organisation=county, chat=daniel_chat)

    with pytest.raises(NotAllowed):
        await decide(town, wish, Actor(caller=Account.BOT, person=daniel))
    await decide(town, wish, Actor(caller=Account.BOT, person=aino))

    assert (await the_end(town)).by == aino
    assert UnlinkColleague.fresh_identification
    assert not UnlinkChatAccount.fresh_identification


async def test_a_main_user_learns_nothing_of_accounts_outside_the_organisation(town: Town) -> None:
    county = await organisation(town, COUNTY)
    aino = Actor(caller=Account.BOT, person=(await town.person("Aino Mallila")).id)
    stranger = ChatAccount(team="T0TOWN", user="U0STRANGER")
    await link(town, stranger, "Heikki Rohtonen")

    for chat in (stranger, ChatAccount(team="T0TOWN", user="U0NONE")):
        with pytest.raises(ChatAccountNotLinked):
            await decide(town, UnlinkColleague(organisation=county, chat=chat), aino)


async def test_linked_accounts_are_listed_page_by_page_also_those_that_wait(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats, "MOST", 2)
    aino = await link(town, AINO, "Aino Mallila")
    await link(town, AINOS_OTHER, "Aino Mallila")
    third = ChatAccount(team=AINO.team, user="U9LAST")
    await link(town, third, "Björn Exempelström")
    await decide(town, SuspendChatAccount(chat=AINO))
    pages: list[tuple[LinkedAccount, ...]] = []
    after: ChatAccount | None = None
    while not pages or pages[-1]:
        request = ListLinkedAccounts(after=after)
        found = await town.database.read(
            partial(town.handlers.list_linked_accounts, request=request, actor=BOT)
        )
        pages.append(found.accounts)
        after = found.accounts[-1].chat if found.accounts else None

    listed = [one for page in pages for one in page]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert {one.chat: one.waits for one in listed} == {
        AINO: LinkEnd.CLOSED,
        AINOS_OTHER: None,
        third: None,
    }
    assert [one.chat for one in listed if one.person == aino] == sorted(
        (AINO, AINOS_OTHER), key=lambda chat: chat.team
    )
