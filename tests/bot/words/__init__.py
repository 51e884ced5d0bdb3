"""Tests of the bot's words."""
