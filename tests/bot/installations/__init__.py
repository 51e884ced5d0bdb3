"""Tests of how the bot comes into workspaces."""
