"""A stream under test: what it told, which states it went through, and its clock."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.events import Gift
from app.core.giftlist import GiftList
from app.core.ledger import LedgerState
from app.core.links import LinkReason, LinkStage, LinkState
from app.live.net import Addresses
from app.live.stream import Stream, StreamOptions
from app.tasks import Tasks
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok.evidence import News
from tests.fakes.tiktok.gifts import LION
from tests.fakes.tiktok.gifts import Gift as GiftMessage

if TYPE_CHECKING:
    from tests.fakes.tiktok import messages as m
    from tests.fakes.tiktok.server import FakeTikTok

TIKTOK_WAIT_S = 30.0


class Paper:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.entries = []

    def load(self, room_id: int, now_ms: int) -> LedgerState:
        return LedgerState.of(e for e in self.entries if room_id in (0, e.room_id))

    def record(self, entry) -> None:
        self.entries.append(entry)


@dataclass
class Listener:
    """A stream under test, what it told, and which states it went through."""

    server: FakeTikTok
    clock: FakeClock = field(default_factory=FakeClock)
    paper: Paper = field(default_factory=Paper)
    events: list = field(default_factory=list)
    states: list[LinkState] = field(default_factory=list)
    news: News = field(default_factory=News)
    tasks: Tasks = field(default_factory=Tasks)
    options: dict = field(default_factory=dict)
    budget: object = None
    asked: object = None
    known: GiftList = field(default_factory=GiftList)

    def __post_init__(self) -> None:
        urls = self.server.urls
        self.stream = Stream(
            on_event=self._on_event,
            on_state=self._on_state,
            gifts=self.known,
            clock=self.clock,
            tasks=self.tasks,
            ledger=self.paper,
            budget=self.budget,
            asked=self.asked,
            options=StreamOptions(Addresses(urls.app, urls.webcast, urls.sign), **self.options),
            random_source=random.Random(1),
        )

    def _on_event(self, event, _received_at: float) -> None:
        self.events.append(event)
        self.news.tell()

    def _on_state(self, state: LinkState) -> None:
        self.states.append(state)
        self.news.tell()

    async def until(self, fact) -> None:
        await self.news.until(fact, TIKTOK_WAIT_S)

    async def until_stage(self, stage: LinkStage, reason: LinkReason | None = None) -> LinkState:
        def fits() -> bool:
            state = self.stream.state
            return state.stage is stage and reason in (None, state.reason)

        await self.until(fits)
        return self.stream.state

    async def until_total(self, total: int) -> None:
        await self.until(lambda: self.total() >= total)

    async def until_frames(self, count: int) -> None:
        # Frames without messages tell nobody anything: there is nothing to wait on but time.
        async with asyncio.timeout(TIKTOK_WAIT_S):
            while self.stream.frames.frames < count:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.005)

    def gifts(self) -> list[Gift]:
        return [e for e in self.events if isinstance(e, Gift)]

    def total(self) -> int:
        return sum(g.count for g in self.gifts())

    def kinds(self, kind) -> list:
        return [e for e in self.events if isinstance(e, kind)]

    async def wait_over(self) -> None:
        """Move the clock to the end of the wait the link is in."""
        state = self.stream.state
        assert state.stage is LinkStage.WAITING
        await self.clock.advance(state.until - self.clock.monotonic() + 0.01)


@contextlib.asynccontextmanager
async def listening(server: FakeTikTok, user: str = "creator", **fields):
    """Listen to a user, and let go of everything afterwards."""
    one = Listener(server, **fields)
    try:
        await one.stream.listen(user)
        yield one
    finally:
        await one.stream.stop()
        await one.tasks.cancel_all()


def lion() -> m.Msg:
    """Return a fresh single gift."""
    return GiftMessage(LION).message()
