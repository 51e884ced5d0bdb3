"""Identity's rows, and its only SQL."""

from services.identity.storage import register_tables
from services.identity.storage.katso import KATSO_IDS
from services.identity.storage.refused_logins import REFUSED_LOGINS
from services.identity.storage.tables import METADATA

__all__ = ["KATSO_IDS", "METADATA", "REFUSED_LOGINS", "register_tables"]
