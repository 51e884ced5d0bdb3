"""The roles service."""
