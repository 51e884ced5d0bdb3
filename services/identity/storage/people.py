"""People as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, Select, and_, insert, or_, select, update

from services.identity.domain.identification import Identified
from services.identity.storage.katso import KATSO_IDS
from services.identity.storage.organisations import as_id
from services.identity.storage.tables import CHAT_LINKS, MEMBERS, PEOPLE
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.identity import ChatAccount, PersonView
from shared.storage.transaction import Transaction

MOST_FOUND = 25
MOST_SEARCHED = 100

LINK_OF_PERSON = and_(
    CHAT_LINKS.c.chat_team == PEOPLE.c.chat_team,
    CHAT_LINKS.c.chat_user == PEOPLE.c.chat_user,
    CHAT_LINKS.c.person == PEOPLE.c.id,
    CHAT_LINKS.c.waits.is_(None),
)
SHOWN = (
    PEOPLE.c.id,
    PEOPLE.c.name,
    PEOPLE.c.language,
    PEOPLE.c.chat_team,
    PEOPLE.c.chat_user,
    PEOPLE.c.identified_at,
    PEOPLE.c.method,
    CHAT_LINKS.c.linked_at,
)
QUERY: Select[*tuple[Any, ...]] = select(*SHOWN).select_from(PEOPLE).outerjoin(CHAT_LINKS, LINK_OF_PERSON)


def view(row: Row[*tuple[Any, ...]]) -> PersonView:
    """A row of QUERY as colleagues see it."""
    chat = None if row.chat_user is None else ChatAccount(team=row.chat_team, user=row.chat_user)
    return PersonView(
        id=PersonId(row.id),
        name=row.name,
        language=row.language,
        chat=chat,
        linked_at=row.linked_at,
        identified_at=row.identified_at,
    )


def of_code(rows: Transaction, code_digest: str) -> PersonId | None:
    """Whom a personal identity code belongs to."""
    query = select(PEOPLE.c.id).where(PEOPLE.c.code_digest == code_digest)
    return rows.connection.execute(query).scalar_one_or_none()


def known_by(rows: Transaction, person: PersonId) -> str:
    """What somebody is known by who is known."""
    return str(
        rows.connection.execute(select(PEOPLE.c.code_digest).where(PEOPLE.c.id == person)).scalar_one()
    )


def get(rows: Transaction, person: PersonId) -> PersonView:
    """Somebody who is known to be known."""
    return view(rows.connection.execute(QUERY.where(PEOPLE.c.id == person)).one())


def add(tx: Transaction, *, name: str, language: Language, code_digest: str) -> PersonId:
    """Make somebody known."""
    person = PersonId(uuid4())
    values = {
        "id": person,
        "name": name,
        "name_key": name.casefold(),
        "language": language,
        "code_digest": code_digest,
        "method": "",
    }
    tx.connection.execute(insert(PEOPLE), values)
    return person


def sealed_code(rows: Transaction, person: PersonId) -> str | None:
    """The personal identity code of *person*, sealed, if it is kept."""
    query = select(PEOPLE.c.code_sealed).where(PEOPLE.c.id == person)
    return rows.connection.execute(query).scalar_one_or_none()


def sealed_codes(tx: Transaction) -> list[tuple[PersonId, str]]:
    """Every sealed code, which nobody else changes until the commit."""
    query = select(PEOPLE.c.id, PEOPLE.c.code_sealed).where(PEOPLE.c.code_sealed.is_not(None))
    rows = tx.connection.execute(query.order_by(PEOPLE.c.id).with_for_update())
    return [(PersonId(row.id), row.code_sealed) for row in rows]


def keep_code(tx: Transaction, person: PersonId, sealed: str) -> None:
    """Keep the code of *person* in this form from now on."""
    tx.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(code_sealed=sealed))


def rename(tx: Transaction, person: PersonId, name: str) -> None:
    """Call *person* by *name* from now on."""
    change = update(PEOPLE).where(PEOPLE.c.id == person)
    tx.connection.execute(change.values(name=name, name_key=name.casefold()))


def speak(tx: Transaction, person: PersonId, language: Language) -> bool:
    """Speak *language* to *person*; whether that is new."""
    change = update(PEOPLE).where(PEOPLE.c.id == person, PEOPLE.c.language != language)
    return tx.connection.execute(change.values(language=language)).rowcount == 1


def reach(tx: Transaction, person: PersonId, chat: ChatAccount) -> None:
    """Reach *person* at *chat* from now on."""
    change = update(PEOPLE).where(PEOPLE.c.id == person)
    tx.connection.execute(change.values(chat_team=chat.team, chat_user=chat.user))


def reach_elsewhere(tx: Transaction, person: PersonId, gone: ChatAccount) -> None:
    """Reach *person* at *gone* no more, but at another account that they linked, if there is one."""
    query = (
        select(CHAT_LINKS.c.chat_team, CHAT_LINKS.c.chat_user)
        .where(CHAT_LINKS.c.person == person, CHAT_LINKS.c.waits.is_(None))
        .order_by(CHAT_LINKS.c.linked_at.desc())
        .limit(1)
    )
    other = tx.connection.execute(query).one_or_none()
    here = (PEOPLE.c.chat_team == gone.team, PEOPLE.c.chat_user == gone.user)
    team, user = (other.chat_team, other.chat_user) if other else (None, None)
    change = update(PEOPLE).where(PEOPLE.c.id == person, *here)
    tx.connection.execute(change.values(chat_team=team, chat_user=user))


def void(tx: Transaction, person: PersonId, revision: int) -> None:
    """Let nothing count that was signed for *person* before fact *revision*."""
    tx.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(void_before=revision))


def void_before(rows: Transaction, person: PersonId) -> int:
    """From which fact on what is signed for *person* counts."""
    query = select(PEOPLE.c.void_before).where(PEOPLE.c.id == person)
    return rows.connection.execute(query).scalar_one_or_none() or 0


def identified(tx: Transaction, last: Identified) -> None:
    """Note when and how somebody last identified, and how sure it was."""
    newer = or_(PEOPLE.c.identified_at.is_(None), PEOPLE.c.identified_at < last.at)
    change = update(PEOPLE).where(PEOPLE.c.id == last.person, newer)
    tx.connection.execute(change.values(identified_at=last.at, method=last.method, level=last.level))


def not_identified_since(tx: Transaction, person: PersonId, at: datetime) -> None:
    """Take back the identification of *at*, if no later one took its place."""
    change = update(PEOPLE).where(PEOPLE.c.id == person, PEOPLE.c.identified_at == at)
    tx.connection.execute(change.values(identified_at=None, method="", level=None))


def describe(rows: Transaction, ids: Sequence[PersonId]) -> tuple[PersonView, ...]:
    """Those of *ids* that are known, in their order."""
    found = {row.id: view(row) for row in rows.connection.execute(QUERY.where(PEOPLE.c.id.in_(ids)))}
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


def find(rows: Transaction, text: str) -> tuple[PersonView, ...]:
    """People of this id, chat user id, Katso ID or name."""
    of_katso = select(KATSO_IDS.c.person).where(KATSO_IDS.c.katso_id == text)
    linked = select(CHAT_LINKS.c.person).where(CHAT_LINKS.c.chat_user == text)
    same: list[ColumnElement[bool]] = [
        PEOPLE.c.chat_user == text,
        PEOPLE.c.name_key == text.casefold(),
        PEOPLE.c.id.in_(linked),
        PEOPLE.c.id.in_(of_katso),
    ]
    if (an_id := as_id(text)) is not None:
        same.append(PEOPLE.c.id == an_id)
    query = QUERY.where(or_(*same)).order_by(PEOPLE.c.name_key, PEOPLE.c.id).limit(MOST_FOUND)
    return tuple(view(row) for row in rows.connection.execute(query))


def search(rows: Transaction, organisation: OrganisationId, text: str) -> tuple[PersonView, ...]:
    """People of *organisation* whose name holds *text*, by name."""
    query = (
        QUERY.join(MEMBERS, MEMBERS.c.person == PEOPLE.c.id)
        .where(MEMBERS.c.organisation == organisation)
        .where(PEOPLE.c.name_key.contains(text.casefold(), autoescape=True))
        .order_by(PEOPLE.c.name_key, PEOPLE.c.id)
        .limit(MOST_SEARCHED)
    )
    return tuple(view(row) for row in rows.connection.execute(query))
