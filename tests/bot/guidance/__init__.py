"""The guidance: its articles, its search and its contacts."""
