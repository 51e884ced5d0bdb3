"""What Slack knows of apps: scopes and events by their names, and the limits of a manifest."""

from shared.slackapp.names import EVENTS, SCOPES

__all__ = ["EVENTS", "SCOPES"]
