"""How long a test waits for what must come: none passes sooner for it, and a busy machine takes its time."""

PATIENCE = 60.0
