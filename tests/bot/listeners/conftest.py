"""The bot that keeps office hours, for listeners too."""

from tests.bot.notifications.conftest import clock, office, reopen

__all__ = ["clock", "office", "reopen"]
