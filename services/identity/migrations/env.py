"""Alembic starts here."""

from services.identity.storage import METADATA
from shared.storage.migrations import run

run(METADATA)
