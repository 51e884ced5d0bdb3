"""Fixtures that every test may use, and how examples are drawn."""

import os

from hypothesis import HealthCheck, settings

# The same examples in every run: what fails here fails for everybody, and nothing fails by chance. Whoever
# looks for new ones sets KANTA_TEST_RANDOM. How quick a busy machine is, no rule has to answer for.
settings.register_profile(
    "calm",
    deadline=None,
    derandomize="KANTA_TEST_RANDOM" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("calm")

pytest_plugins = ["tests.support.browser", "tests.support.bus", "tests.support.databases"]
