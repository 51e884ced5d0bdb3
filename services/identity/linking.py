"""Chat accounts that act for their person no more: removed, closed, or signed out; and who may say so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.identity.storage import attempts, chats, organisations, people
from shared.contracts.base import ActorNotProved, Done, NotAllowed, PersonId
from shared.contracts.identity import (
    ChatAccount,
    ChatAccountNotLinked,
    ChatAccountUnlinked,
    EndLink,
    EndSessions,
    LinkedAccounts,
    LinkEnd,
    Links,
    ListLinkedAccounts,
    ListLinks,
    SuspendChatAccount,
    UnlinkChatAccount,
    UnlinkColleague,
)
from shared.messaging.actors import Actor
from shared.messaging.handling import decides, reads
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkHandlers:
    """What identity answers about links, one method for each request."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @decides(UnlinkChatAccount)
    def unlink(self, tx: Transaction, command: UnlinkChatAccount, actor: Actor) -> Done:
        person = actor.somebody()
        end(tx, command.chat, person, LinkEnd.REMOVED, by=person, now=self.now())
        return Done()

    @decides(UnlinkColleague)
    def unlink_colleague(self, tx: Transaction, command: UnlinkColleague, actor: Actor) -> Done:
        by = actor.somebody()
        if not organisations.membership(tx, command.organisation, by, self.now()):
            raise NotAllowed
        link = chats.link_of(tx, command.chat)
        # Not whether the account is linked at all: a main user learns of their own people alone.
        if (
            link is None
            or organisations.membership(tx, command.organisation, link.person, self.now()) is None
        ):
            raise ChatAccountNotLinked
        end(tx, command.chat, link.person, LinkEnd.REMOVED, by=by, now=self.now())
        return Done()

    @decides(SuspendChatAccount)
    def suspend(self, tx: Transaction, command: SuspendChatAccount, actor: Actor) -> Done:
        link = chats.link_of(tx, command.chat)
        if link is None:
            attempts.void(tx, command.chat, self.now())
        elif link.waits is None:
            end(tx, command.chat, link.person, LinkEnd.CLOSED, by=None, now=self.now())
        return Done()

    @reads(ListLinkedAccounts)
    def list_linked_accounts(
        self, rows: Transaction, request: ListLinkedAccounts, actor: Actor
    ) -> LinkedAccounts:
        return LinkedAccounts(accounts=chats.linked_accounts(rows, request.after))

    @reads(ListLinks)
    def list_links(self, rows: Transaction, request: ListLinks, actor: Actor) -> Links:
        return Links(links=chats.links(rows, request.person))

    @decides(EndLink)
    def end_link(self, tx: Transaction, command: EndLink, actor: Actor) -> Links:
        end(tx, command.chat, command.person, LinkEnd.REMOVED, by=None, now=self.now())
        return Links(links=chats.links(tx, command.person))

    @decides(EndSessions)
    def end_sessions(self, tx: Transaction, command: EndSessions, actor: Actor) -> Links:
        for link in chats.links(tx, command.person):
            if link.waits is None:
                end(tx, link.chat, command.person, LinkEnd.SIGNED_OUT, by=None, now=self.now())
        return Links(links=chats.links(tx, command.person))


def end(
    tx: Transaction, chat: ChatAccount, person: PersonId, why: LinkEnd, *, by: PersonId | None, now: datetime
) -> None:
    """
    Let *chat* act for *person* no more.

    Nothing that was signed for them before counts from now on, and no login that was begun in that account
    can be completed: whoever has it open would take the link up again.

    Raises:
        ChatAccountNotLinked: it is not linked to that person.
    """
    link = chats.link_of(tx, chat)
    if link is None or link.person != person:
        raise ChatAccountNotLinked
    attempts.void(tx, chat, now)
    if why is LinkEnd.REMOVED:
        chats.unlink(tx, chat)
        people.reach_elsewhere(tx, person, chat)
    else:
        chats.wait(tx, chat, why)
    left = [one.linked_at for one in chats.links(tx, person) if one.waits is None]
    event = ChatAccountUnlinked(
        person=person, chat=chat, why=why, linked_at=min(left, default=None), by=by, occurred_at=now
    )
    people.void(tx, person, tx.publish(event).revision)


def check_counts(rows: Transaction, actor: Actor) -> None:
    """
    Make sure that nothing has ended since *actor* was vouched for.

    Raises:
        ActorNotProved: an account of theirs was unlinked after that.
    """
    if actor.person is not None and actor.known < people.void_before(rows, actor.person):
        raise ActorNotProved(why="ended")
