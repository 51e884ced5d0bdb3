"""How things look in Slack: pure functions from contracts to blocks."""
