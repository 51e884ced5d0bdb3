"""Tests of the bot's notifications."""
