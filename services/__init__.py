"""Each service owns its rules and its rows, and is reached only through messages."""
