"""One suite for the ground that services stand on, run on SQLite and on PostgreSQL."""
