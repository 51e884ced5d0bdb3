"""A running stack for each journey, or one for several that mind only people of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.stack import Stack, running_stack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """One for a module: a start costs as much as ten journeys. Its tests run in a loop that lasts as long."""
    async with running_stack(tmp_path_factory.mktemp("shared") / "var") as running:
        yield running


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[Stack]:
    """Everything, started as a newcomer starts it."""
    async with running_stack(tmp_path / "var") as running:
        yield running
