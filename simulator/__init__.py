"""Everything outside our walls, played locally: a Slack workspace, an identity provider, a demo town."""
