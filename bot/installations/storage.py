"""Installations and pending installs as rows; tokens are sealed before they come here."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.installations.installation import Installation
from bot.installations.tables import installations, installing, workspaces
from bot.installations.vault import Unreadable, Vault
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert


def put(tx: Transaction, one: Installation, vault: Vault) -> None:
    """Write *one* down, over an earlier one in the same place."""
    row = {
        "place": one.place,
        "team": one.team,
        "enterprise": one.enterprise,
        "org_wide": one.org_wide,
        "name": one.name,
        "bot_user": one.bot_user,
        "scopes": ",".join(one.scopes),
        "installer": one.installer,
        "installed_at": one.installed_at,
        "renewing_until": None,
        **_sealed(one, vault),
    }
    upsert(tx.connection, installations, row, key=["place"])


def renew(tx: Transaction, one: Installation, vault: Vault) -> None:
    """Write down the new tokens of *one*, unless it has been ended or put anew in the meantime."""
    same = (installations.c.place == one.place, installations.c.installed_at == one.installed_at)
    changed = _sealed(one, vault) | {"renewing_until": None}
    tx.connection.execute(update(installations).where(*same).values(changed))


def claim(tx: Transaction, place: str, now: datetime, until: datetime) -> bool:
    """Be the one that renews the tokens of *place*, until *until*; False if somebody else is."""
    free = installations.c.renewing_until.is_(None) | (installations.c.renewing_until < now)
    claiming = update(installations).where(installations.c.place == place, free)
    return tx.connection.execute(claiming.values(renewing_until=until)).rowcount == 1


def find(rows: Transaction, place: str, vault: Vault) -> Installation | None:
    """
    The installation in *place*.

    Raises:
        Unreadable: its tokens were sealed with a key that we do not have.
    """
    row = rows.connection.execute(select(installations).where(installations.c.place == place)).one_or_none()
    return None if row is None else _read(row, vault)


def places(rows: Transaction) -> list[str]:
    return list(rows.connection.execute(select(installations.c.place)).scalars())


def end(tx: Transaction, place: str, before: datetime | None) -> bool:
    """Delete the installation in *place* with its tokens, if it was made before *before*."""
    here = installations.c.place == place
    if before is not None:
        here &= installations.c.installed_at <= before
    return tx.connection.execute(delete(installations).where(here)).rowcount == 1


def seal_anew(tx: Transaction, vault: Vault) -> int:
    """Seal all tokens with the first key; how many could not be read."""
    unreadable = 0
    for row in tx.connection.execute(select(installations).with_for_update()).all():
        try:
            one = _read(row, vault)
        except Unreadable:
            unreadable += 1
            continue
        same = installations.c.place == one.place
        tx.connection.execute(update(installations).where(same).values(_sealed(one, vault)))
    return unreadable


def organisation_of(rows: Transaction, team: str) -> str | None:
    query = select(workspaces.c.enterprise).where(workspaces.c.team == team)
    return rows.connection.execute(query).scalar_one_or_none()


def note_organisation(tx: Transaction, team: str, enterprise: str) -> None:
    upsert(tx.connection, workspaces, {"team": team, "enterprise": enterprise}, key=["team"])


def begin(tx: Transaction, state: str, browser: str, now: datetime, expires_at: datetime) -> None:
    """Remember that the *browser* went to Slack with *state*; both are digests."""
    tx.connection.execute(delete(installing).where(installing.c.expires_at < now))
    row = {"state": state, "browser": browser, "expires_at": expires_at}
    tx.connection.execute(insert(installing).values(row))


def come_back(tx: Transaction, state: str, now: datetime) -> str | None:
    """Take *state* back, once; the digest of the browser that left with it."""
    fresh = (installing.c.state == state, installing.c.expires_at >= now)
    browser = tx.connection.execute(select(installing.c.browser).where(*fresh)).scalar_one_or_none()
    taken = tx.connection.execute(delete(installing).where(*fresh)).rowcount == 1
    return browser if taken else None


def _sealed(one: Installation, vault: Vault) -> dict[str, Any]:
    return {
        "token": vault.seal(one.place, one.token),
        "refresh": None if one.refresh is None else vault.seal(one.place, one.refresh),
        "expires_at": one.expires_at,
    }


def _read(row: Row[Any], vault: Vault) -> Installation:
    return Installation(
        place=row.place,
        team=row.team,
        enterprise=row.enterprise,
        org_wide=row.org_wide,
        name=row.name,
        bot_user=row.bot_user,
        scopes=tuple(scope for scope in row.scopes.split(",") if scope),
        installer=row.installer,
        installed_at=row.installed_at,
        token=vault.open(row.place, row.token),
        refresh=None if row.refresh is None else vault.open(row.place, row.refresh),
        expires_at=row.expires_at,
    )
