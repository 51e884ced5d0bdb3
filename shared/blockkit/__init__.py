"""What Slack accepts: the limits of blocks, messages and views, as one table."""
