"""What Slack is told of the app: written from what the bot does, never by hand."""

# Each scope, because of a method that the sender calls or an event that it listens to.
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:read",
    "chat:write",
    "commands",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "team:read",
    "users:read",
)
