"""The rules of identity: no clock, no rows, no network."""
