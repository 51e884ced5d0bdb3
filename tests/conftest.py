"""Fixtures that every test may use."""

pytest_plugins = ["tests.support.browser", "tests.support.bus", "tests.support.databases"]
