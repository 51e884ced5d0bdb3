"""Requests, events, refusals: every message that crosses the bus."""
