"""The Slack face of the system. Holds no rules."""
