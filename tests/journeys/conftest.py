"""One running stack for the journeys of a module; each journey uses people of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stack import Stack, running_stack


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[Stack]:
    """Everything, started as a newcomer starts it."""
    async with running_stack(tmp_path / "var") as running:
        yield running
