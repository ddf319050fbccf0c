"""Two captures of real streams through the decoder and the accounting, against counts by hand.

By hand means: the gift messages of each capture were listed in order (viewer, gift, group, running
count, end), grouped by viewer, gift and group, and of each group the highest running count was
added up on paper; gifts without a group count one each. combo-minute: Rose 1 + 11 + 1 + 10 + 1,
Heart Me 1, Team Bracelet 6 (2 coins each). many-rooms: Ice Cream Cone 1, It's corn 1, Rose 1 + 1 +
10, Finger Heart 1 (5 coins), TikTok 4.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from app.core.events import Chat, Follow, Gift, Join, Like, LiveEvent, Share, Source, ViewerCount
from app.core.giftlist import GiftList
from app.live.replay import Replay
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok.proto import decode, first_bytes, first_int, first_text

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "captures"

GIFTS_BY_HAND = {
    "combo-minute": {"Rose": 24, "Heart Me": 1, "Team Bracelet": 6},
    "many-rooms": {
        "Rose": 12,
        "Ice Cream Cone": 1,
        "It's corn": 1,
        "Finger Heart": 1,
        "TikTok": 4,
    },
}
COINS_BY_HAND = {"combo-minute": 37, "many-rooms": 23}
COMBOS_BY_HAND = {"combo-minute": 6, "many-rooms": 7}


def capture(name: str) -> Path:
    path = FOLDER / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is not there: real captures are not part of the project")
    return path


async def play(path: Path, speed: float = 0.0) -> tuple[list[LiveEvent], Replay]:
    told: list[LiveEvent] = []
    replay = Replay(
        path, lambda event, _at: told.append(event), GiftList(), FakeClock(), speed=speed
    )
    await replay.run()
    return told, replay


def plain_count(path: Path) -> Counter[str]:
    """Count gifts without any of our code but a protobuf reader of the tests."""
    highest: Counter[tuple] = Counter()
    with gzip.open(path, "rt") as lines:
        for number, line in enumerate(lines):
            facts = json.loads(line)
            if facts["method"] != "WebcastGiftMessage":
                continue
            fields = decode(base64.b64decode(facts["payload"]))
            who = first_int(decode(first_bytes(fields, 7)), 1)
            name = first_text(decode(first_bytes(fields, 15)), 16)
            group = first_int(fields, 11) or -number - 1
            key = (name, who, group)
            highest[key] = max(highest[key], first_int(fields, 5))
    totals: Counter[str] = Counter()
    for (name, _who, _group), count in highest.items():
        totals[name] += count
    return totals


@pytest.mark.parametrize("name", GIFTS_BY_HAND)
async def test_a_real_stream_counts_as_by_hand(name):
    path = capture(name)
    told, replay = await play(path)
    gifts = [event for event in told if isinstance(event, Gift)]
    counted: Counter[str] = Counter()
    for gift in gifts:
        counted[gift.name] += gift.count
    assert dict(counted) == GIFTS_BY_HAND[name]
    assert counted == plain_count(path)
    assert sum(gift.count * gift.coins for gift in gifts) == COINS_BY_HAND[name]
    finals = Counter(gift.streak for gift in gifts if gift.final and gift.streak)
    assert len(finals) == COMBOS_BY_HAND[name]
    assert set(finals.values()) == {1}
    assert replay.counts.bad_messages == 0
    assert replay.counts.failed_events == 0


@pytest.mark.parametrize(("name", "messages"), [("combo-minute", 215), ("many-rooms", 847)])
async def test_every_message_of_a_real_stream_is_read_or_known_to_be_unread(name, messages):
    told, replay = await play(capture(name))
    assert replay.counts.messages == messages
    kinds = Counter(type(event) for event in told)
    for kind in (Join, Like, Chat, ViewerCount):
        assert kinds[kind] == 21
    assert kinds[Follow] + kinds[Share] == 21
    assert len({event.id for event in told}) == len(told)
    assert all(event.source is Source.REPLAY for event in told)


async def test_real_viewers_have_ids_names_and_levels():
    told, _ = await play(capture("combo-minute"))
    people = [event.viewer for event in told if isinstance(event, (Gift, Chat, Like))]
    assert all(person.id > 0 and person.handle for person in people)
    assert any(person.gifter_level > 0 for person in people)
    assert any(person.is_follower for person in people)


async def test_a_second_replay_tells_the_same_again_under_other_ids():
    path = capture("combo-minute")
    first, _ = await play(path)
    second, _ = await play(path)
    assert [type(e) for e in first] == [type(e) for e in second]
    assert not {e.id for e in first} & {e.id for e in second}
