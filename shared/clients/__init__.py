"""One class per service: its requests as methods."""
