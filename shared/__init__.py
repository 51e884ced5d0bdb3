"""What the bot, the CLI and every service agree on. Knows none of them."""
