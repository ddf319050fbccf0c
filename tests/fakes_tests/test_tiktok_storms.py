"""Storms: the truth they claim is what a plain counter finds in their frames."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.tiktok import gifts, messages, storms
from tests.fakes.tiktok.proto import decode, first_bytes, first_int
from tests.fakes.tiktok.viewers import GUEST
from tests.fakes_tests.raw_client import raw_client

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.fakes.tiktok.messages import Msg
    from tests.fakes.tiktok.server import FakeTikTok


def counted(msgs: Iterable[Msg]) -> Counter[storms.Key]:
    """Count as simply as can be: the highest count of each streak, each single id once."""
    streaks: dict[tuple[storms.Key, int], int] = {}
    for msg in msgs:
        if msg.method != "WebcastGiftMessage":
            continue
        fields = decode(msg.payload)
        sender = first_int(decode(first_bytes(fields, 7)), 1)
        key = (sender, first_int(fields, 46), first_int(fields, 2))
        streak = first_int(fields, 11) or first_int(decode(first_bytes(fields, 1)), 2)
        streaks[key, streak] = max(streaks.get((key, streak), 0), first_int(fields, 5))
    total: Counter[storms.Key] = Counter()
    for (key, _), count in streaks.items():
        total[key] += count
    return total


def test_singles_and_combos_tell_the_truth() -> None:
    single, combo = storms.singles(200), storms.combos(40, seed=3, guests=[GUEST])
    assert counted(single.msgs) == single.truth
    assert single.truth.total() == 200
    assert counted(combo.msgs) == combo.truth
    assert {key[1] for key in combo.truth} == {0, GUEST.id}


@settings(max_examples=30)
@given(seed=st.integers(0, 10_000), rate=st.floats(0, 0.9))
def test_a_badly_told_storm_keeps_its_truth(seed: int, rate: float) -> None:
    storm = storms.combos(12, seed=seed)
    worse = storms.worsened(storm, seed=seed, rate=rate)
    assert counted(worse.msgs) == worse.truth == storm.truth


def test_a_badly_told_storm_really_is_worse() -> None:
    storm = storms.combos(60, seed=5)
    worse = storms.worsened(storm, seed=5, rate=0.3)
    ids, told = [msg.msg_id for msg in storm.msgs], [msg.msg_id for msg in worse.msgs]
    assert set(ids) - set(told)
    assert set(told) - set(ids)
    assert len(told) > len(set(told))
    fresh = next(part.msg for part in worse.parts if part.msg.msg_id not in ids)
    assert first_int(decode(first_bytes(decode(fresh.payload), 1)), 2) == fresh.msg_id


def test_the_same_seed_gives_the_same_storm() -> None:
    def told(seed: int) -> list[tuple[int, bool]]:
        return [
            (part.count, part.end) for part in storms.worsened(storms.combos(9, seed=seed)).parts
        ]

    assert told(4) == told(4) != told(5)


@settings(max_examples=20)
@given(seed=st.integers(0, 1000), connections=st.integers(1, 6))
def test_a_journey_loses_nothing(seed: int, connections: int) -> None:
    storm = storms.combos(15, seed=seed)
    plan = storms.journey(storm, connections=connections, seed=seed)
    told = [
        msg for script in plan.scripts for step in script if isinstance(step, list) for msg in step
    ]
    told += [msg for backlog in plan.backlogs for msg in backlog]
    assert len(plan.scripts) == connections
    assert len(plan.backlogs) == connections + 1
    assert plan.backlogs[0] == []
    assert counted(told) == plan.truth


def test_traffic_has_the_mix_of_a_busy_room() -> None:
    methods = Counter(msg.method for msg in storms.traffic(2000))
    assert (
        methods["WebcastLikeMessage"]
        > 1000
        > methods["WebcastChatMessage"]
        > methods["WebcastGiftMessage"]
        > 50
    )
    assert len(methods) == 6


@pytest.mark.parametrize("per_frame", [1, 10])
def test_ready_frames_hold_every_message_once(per_frame: int) -> None:
    msgs = storms.traffic(95)
    ready = storms.encoded(msgs, per_frame=per_frame)
    assert [msg for frame in ready for msg in frame.msgs] == msgs
    assert len(ready) == -(-95 // per_frame)


async def test_a_journey_plays_over_its_connections(tiktok: FakeTikTok) -> None:
    plan = storms.journey(storms.combos(10, seed=2), connections=3, seed=2)
    tiktok.room.scripts, tiktok.room.backlogs = plan.scripts, plan.backlogs
    told: list[Msg] = []
    for number in range(3):
        told += tiktok.room.next_backlog()
        async with raw_client(tiktok) as client:
            await client.enter()
            wanted = sum(isinstance(step, list) for step in plan.scripts[number]) + (number == 2)
            for _ in range(wanted):
                await client.ack(await client.frame())
            await tiktok.room.connections[number].closed() if number < 2 else None
    for connection in tiktok.room.connections:
        told += [msg for sent in connection.sent for msg in sent.msgs]
    assert told[-1].method == messages.control(messages.ENDED).method
    assert counted(told) == plan.truth


def test_gift_kinds_form_streaks_only_when_they_combine() -> None:
    for kind in gifts.CATALOGUE:
        group = first_int(decode(gifts.gift(kind).payload), 11)
        assert bool(group) is kind.combo
