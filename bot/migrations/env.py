"""Alembic starts here."""

from bot.storage import METADATA
from shared.storage.migrations import run

run(METADATA)
