"""Storms of gifts, told badly, over drops and restarts: the count is the truth, to the unit."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from app.core.giftlist import GiftList
from app.core.links import LinkStage
from app.live.accounting import Accounting
from app.live.wire import read_first
from tests.app.live.listener import Listener, Paper
from tests.fakes.tiktok.frames import FetchResult
from tests.fakes.tiktok.messages import ROOM_ID, now_ms
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.storms import Storm, combos, journey, singles, worsened
from tests.fakes.tiktok.viewers import GUEST, STREAMER


def storm(seed: int) -> Storm:
    chance = random.Random(seed)
    mixed = combos(40, seed=seed, guests=[GUEST])
    single = singles(30)
    parts = mixed.parts
    for part in single.parts:
        parts.insert(chance.randrange(len(parts)), part)
    return Storm(parts, mixed.truth + single.truth)


def counted(paper: Paper) -> Counter:
    found: Counter = Counter()
    for entry in paper.entries:
        if entry.gift_id:
            receiver = entry.streak.receiver_id if entry.streak else 0
            found[entry.viewer_id, receiver, entry.gift_id] += entry.added
    return +found


class Core:
    """One life of the core over a ledger that outlives it."""

    def __init__(self, paper: Paper) -> None:
        self.told: Counter = Counter()
        self.finals: Counter = Counter()
        self.ids: list[str] = []
        self.accounting = Accounting(self._on_event, GiftList(), ledger=paper, count_guests=True)
        self.accounting.enter(ROOM_ID, STREAMER.id, 100.0, now_ms())

    def _on_event(self, event, _at) -> None:
        self.ids.append(event.id)
        if hasattr(event, "gift_id"):
            self.told[event.viewer.id, event.receiver_id, event.gift_id] += event.count
            self.finals[event.streak] += event.final and bool(event.streak)

    def take(self, *msgs) -> None:
        self.accounting.take(read_first(FetchResult(msgs=msgs).encode()), 101.0, now_ms())


@pytest.mark.parametrize("seed", range(20))
def test_a_storm_told_badly_counts_to_the_unit(seed):
    told = worsened(storm(seed), seed=seed, rate=0.3)
    paper = Paper()
    core = Core(paper)
    for msg in told.msgs:
        core.take(msg)
    core.accounting.sweep(200.0, now_ms())
    assert +core.told == +told.truth == counted(paper)
    assert all(times == 1 for streak, times in core.finals.items() if streak)
    assert len(set(core.ids)) == len(core.ids)


@pytest.mark.parametrize("seed", range(10))
def test_restarts_in_the_middle_of_a_storm_change_nothing(seed):
    told = worsened(storm(seed), seed=seed)
    chance = random.Random(seed)
    paper, total, ids = Paper(), Counter(), []
    msgs, at = told.msgs, 0
    while at < len(msgs):
        core = Core(paper)
        # TikTok tells the last messages again; then it goes on.
        stop = min(len(msgs), at + chance.randrange(1, 60))
        for msg in msgs[max(0, at - 12) : stop]:
            core.take(msg)
        total += core.told
        ids += [one for one in core.ids if one.startswith("gift/")]
        at = stop
    assert +total == +told.truth == counted(paper)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_journey_over_drops_counts_to_the_unit(seed):
    plan = journey(storm(seed), connections=5, seed=seed)
    async with FakeTikTok() as server:
        server.room.scripts, server.room.backlogs = plan.scripts, plan.backlogs
        one = Listener(server, options={"count_guests": True})
        try:
            await one.stream.listen("creator")
            for _ in range(4):
                await one.until_stage(LinkStage.WAITING)
                await one.wait_over()
            await one.until(lambda: counted(one.paper) == +plan.truth)
            await one.until_stage(LinkStage.ONLINE)
        finally:
            await one.stream.stop()
    assert counted(one.paper) == +plan.truth
    assert one.total() == sum(plan.truth.values())
    assert not any(gift.backlog for gift in one.gifts())


async def test_a_journey_over_drops_and_restarts_counts_to_the_unit():
    plan = journey(storm(7), connections=4, seed=7)
    paper, ids = Paper(), []
    async with FakeTikTok() as server:
        server.room.scripts, server.room.backlogs = plan.scripts, plan.backlogs
        for life in itertools.count():
            one = Listener(server, paper=paper, options={"count_guests": True})
            try:
                await one.stream.listen("creator")
                if life < 3:
                    await one.until_stage(LinkStage.WAITING)
                else:
                    await one.until(lambda: counted(paper) == +plan.truth)
                    break
            finally:
                await one.stream.stop()
                ids += [gift.id for gift in one.gifts()]
    assert counted(paper) == +plan.truth
    assert len(set(ids)) == len(ids)
