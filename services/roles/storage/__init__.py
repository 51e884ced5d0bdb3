"""Where grants, their decisions and what we know of identity are kept. The only SQL of this service."""

from services.roles.storage.grants import Grants
from services.roles.storage.known import Known
from services.roles.storage.legacy import LegacyGrants
from services.roles.storage.main_users import MainUserRows
from services.roles.storage.tables import METADATA

__all__ = ["METADATA", "Grants", "Known", "LegacyGrants", "MainUserRows"]
