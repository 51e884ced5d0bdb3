"""Alembic starts here."""

from bot.installations.tables import METADATA
from shared.storage.migrations import run

run(METADATA)
