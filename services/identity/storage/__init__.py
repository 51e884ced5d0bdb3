"""Identity's rows, and its only SQL."""

from services.identity.storage.tables import METADATA

__all__ = ["METADATA"]
