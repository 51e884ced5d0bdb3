"""The workspaces that the bot is installed in: how it comes in, how it speaks there, how it goes."""
