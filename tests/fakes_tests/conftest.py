"""A running loopback TikTok for each test of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes_tests.listener import Listener

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def tiktok() -> AsyncIterator[FakeTikTok]:
    async with FakeTikTok() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest.fixture
async def listener(tiktok: FakeTikTok) -> AsyncIterator[Listener]:
    with tiktok.overrides():
        # The library waits 20 s for a peer that does not answer its close.
        found = Listener(ws_kwargs={"close_timeout": 0.5})
        yield found
        await found.close()
