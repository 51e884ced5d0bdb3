"""What Slack accepts: the limits of blocks, messages and views, as one table."""

from shared.blockkit.errors import BlockError
from shared.blockkit.validation import Surface, validate_blocks, validate_view

__all__ = ["BlockError", "Surface", "validate_blocks", "validate_view"]
