"""Writes the documents that are made from the code. May import everything; nothing imports it."""
