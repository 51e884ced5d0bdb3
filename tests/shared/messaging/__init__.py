"""Requests and events over a real bus."""
