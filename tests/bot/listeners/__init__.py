"""Tests of the bot's listeners."""
