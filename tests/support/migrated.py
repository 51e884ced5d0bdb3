"""Databases in their newest form, for tests of what happens in them: the migrations run once for all."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from shared.storage.migrations import upgrade


def migrated(package: str, url: str) -> None:
    """
    Do what ``upgrade`` does, by copying a database that it has made before.

    One that is in some form already is upgraded from there.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _copy_file(package, url, Path(str(parsed.database)))
    elif not _has_a_form(parsed):
        _copy_database(package, parsed)
    else:
        upgrade(package, url)


def _copy_file(package: str, url: str, path: Path) -> None:
    if path.exists():
        upgrade(package, url)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_model_file(package), path)


@cache
def _model_file(package: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kanta-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = folder / f"{package}.db"
    upgrade(package, f"sqlite:///{made}")
    return made


def _copy_database(package: str, url: URL) -> None:
    server = str(url.query["host"])
    model = _model_database(package, server)
    with _administering(server) as administrator:
        administrator.execute(f'DROP DATABASE "{url.database}" WITH (FORCE)')
        administrator.execute(f'CREATE DATABASE "{url.database}" TEMPLATE "{model}"')


@cache
def _model_database(package: str, server: str) -> str:
    name = f"model_{package}"
    with _administering(server) as administrator:
        administrator.execute(f'CREATE DATABASE "{name}"')
    upgrade(package, f"postgresql+psycopg://postgres@/{name}?host={server}")
    return name


def _has_a_form(url: URL) -> bool:
    address = f"host={url.query['host']} user=postgres dbname={url.database}"
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    return found is not None and found[0] is not None


def _administering(server: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(f"host={server} user=postgres dbname=postgres", autocommit=True)
