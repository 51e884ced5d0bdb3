"""The simulator's page, in a real browser against a scripted server."""
