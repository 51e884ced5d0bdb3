"""`ekstranet manifest`: what to paste into Slack, by the bot's own door."""

import os
import sys
from collections.abc import Sequence


def show(options: Sequence[str]) -> None:
    """Go on as the bot's door: it knows what the bot does."""
    os.execv(sys.executable, [sys.executable, "-m", "bot", "manifest", *options])  # noqa: S606  # no shell
