"""Alembic starts here."""

from services.contacts.storage import METADATA
from shared.storage.migrations import run

run(METADATA)
