"""Alembic starts here."""

from services.roles.storage import METADATA
from shared.storage.migrations import run

run(METADATA)
