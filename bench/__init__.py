"""Measurements that the README quotes; each prints a ratio against its limit."""
