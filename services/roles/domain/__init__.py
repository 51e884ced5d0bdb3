"""The rules of roles. No awaiting, no clock and no I/O in these files."""
