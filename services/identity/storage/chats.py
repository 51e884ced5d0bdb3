"""Chat accounts as rows: whom they are linked to, and what is spoken to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, select, tuple_, update

from services.identity.domain.identification import Claimed, Identified
from services.identity.storage import people
from services.identity.storage.tables import CHAT_LANGUAGES, CHAT_LINKS, PEOPLE
from shared.contracts.base import Language, PersonId
from shared.contracts.identity import ChatAccount, ChatIdentity, LinkedAccount, LinkEnd, LinkView
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

MOST = 500

_LINKS = select(CHAT_LINKS, PEOPLE.c.identified_at, PEOPLE.c.method, PEOPLE.c.level).join(
    PEOPLE, PEOPLE.c.id == CHAT_LINKS.c.person
)


def identity(rows: Transaction, chat: ChatAccount) -> ChatIdentity:
    """Who is behind *chat*, and what is spoken to it."""
    link = link_of(rows, chat)
    theirs = (PEOPLE.c.id == link.person,) if link is not None else _same(PEOPLE, chat)
    row = rows.connection.execute(people.QUERY.where(*theirs)).one_or_none()
    return ChatIdentity(
        person=None if row is None else people.view(row),
        linked=link is not None and link.waits is None,
        language=language(rows, chat),
        link=link,
    )


def link_of(rows: Transaction, chat: ChatAccount) -> LinkView | None:
    """The link of *chat*, whether or not it may act."""
    row = rows.connection.execute(_LINKS.where(*_same(CHAT_LINKS, chat))).one_or_none()
    return None if row is None else _link(row)


def links(rows: Transaction, person: PersonId) -> tuple[LinkView, ...]:
    """All links of *person*, the oldest first."""
    query = _LINKS.where(CHAT_LINKS.c.person == person)
    ordered = query.order_by(CHAT_LINKS.c.linked_at, CHAT_LINKS.c.chat_team, CHAT_LINKS.c.chat_user)
    return tuple(_link(row) for row in rows.connection.execute(ordered))


def linked_accounts(rows: Transaction, after: ChatAccount | None) -> tuple[LinkedAccount, ...]:
    """The next accounts after *after* that are linked to anybody, whether or not they may act."""
    ids = CHAT_LINKS.c.chat_team, CHAT_LINKS.c.chat_user
    query = select(CHAT_LINKS).order_by(*ids).limit(MOST)
    if after is not None:
        query = query.where(tuple_(*ids) > (after.team, after.user))
    return tuple(
        LinkedAccount(
            chat=ChatAccount(team=row.chat_team, user=row.chat_user),
            person=PersonId(row.person),
            waits=row.waits,
        )
        for row in rows.connection.execute(query)
    )


def unlink(tx: Transaction, chat: ChatAccount) -> None:
    """Remove the link of *chat*."""
    tx.connection.execute(delete(CHAT_LINKS).where(*_same(CHAT_LINKS, chat)))


def wait(tx: Transaction, chat: ChatAccount, why: LinkEnd) -> None:
    """Let *chat* wait until its person has identified anew."""
    tx.connection.execute(update(CHAT_LINKS).where(*_same(CHAT_LINKS, chat)).values(waits=why.value))


def linked(rows: Transaction, chat: ChatAccount) -> tuple[PersonId, Identified | None] | None:
    """The person linked to *chat*, and their last strong identification."""
    query = (
        select(PEOPLE.c.id, PEOPLE.c.identified_at, PEOPLE.c.method, PEOPLE.c.level)
        .join(CHAT_LINKS, CHAT_LINKS.c.person == PEOPLE.c.id)
        .where(*_same(CHAT_LINKS, chat), CHAT_LINKS.c.waits.is_(None))
    )
    row = rows.connection.execute(query).one_or_none()
    if row is None:
        return None
    person = PersonId(row.id)
    if row.identified_at is None:
        return person, None
    return person, Identified(person=person, at=row.identified_at, method=row.method, level=row.level)


def claimed(tx: Transaction, chat: ChatAccount) -> Claimed:
    """Who has a claim to *chat*."""
    announced_for = select(PEOPLE.c.id).where(*_same(PEOPLE, chat))
    linked_to = select(CHAT_LINKS.c.person).where(*_same(CHAT_LINKS, chat))
    return Claimed(
        linked_to=tx.connection.execute(linked_to).scalar_one_or_none(),
        announced_for=tx.connection.execute(announced_for).scalar_one_or_none(),
    )


def link(tx: Transaction, chat: ChatAccount, person: PersonId, now: datetime) -> tuple[PersonId, datetime]:
    """Link *chat* to *person*, unless it is linked; whom it is linked to now, and since when."""
    _put(tx, CHAT_LINKS, chat, {"person": person, "linked_at": now}, over=False)
    waited = (CHAT_LINKS.c.person == person, CHAT_LINKS.c.waits.is_not(None))
    again = update(CHAT_LINKS).where(*_same(CHAT_LINKS, chat), *waited)
    tx.connection.execute(again.values(linked_at=now, waits=None))
    query = select(CHAT_LINKS.c.person, CHAT_LINKS.c.linked_at).where(*_same(CHAT_LINKS, chat))
    row = tx.connection.execute(query.with_for_update()).one()
    return PersonId(row.person), row.linked_at


def language(rows: Transaction, chat: ChatAccount) -> Language | None:
    """What was chosen to be spoken to *chat*."""
    query = select(CHAT_LANGUAGES.c.language).where(*_same(CHAT_LANGUAGES, chat))
    return rows.connection.execute(query).scalar_one_or_none()


def speak(tx: Transaction, chat: ChatAccount, chosen: Language) -> None:
    """Speak *chosen* to *chat* from now on."""
    _put(tx, CHAT_LANGUAGES, chat, {"language": chosen}, over=True)


def _link(row: Row[Any]) -> LinkView:
    return LinkView(
        chat=ChatAccount(team=row.chat_team, user=row.chat_user),
        person=PersonId(row.person),
        linked_at=row.linked_at,
        waits=row.waits,
        identified_at=row.identified_at,
        method=row.method,
        level=row.level,
    )


def _same(table: Table, chat: ChatAccount) -> tuple[Any, Any]:
    return table.c.chat_team == chat.team, table.c.chat_user == chat.user


def _put(tx: Transaction, table: Table, chat: ChatAccount, values: dict[str, Any], *, over: bool) -> None:
    row = {"chat_team": chat.team, "chat_user": chat.user, **values}
    upsert(tx.connection, table, row, key=["chat_team", "chat_user"], over=over)
