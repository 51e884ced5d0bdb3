"""Requests and events over NATS. The only place that imports nats."""
