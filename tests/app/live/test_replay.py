"""Playing the public capture format, packed or not, whole or damaged."""

from __future__ import annotations

import base64
import gzip
import json

import pytest

from app.core.events import Chat, Gift, StreamEnded, StreamStarted
from app.core.giftlist import GiftList
from app.live.record import NotATape
from app.live.replay import Replay, read_steps
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.gifts import ROSE, Combo

START_MS = 1_701_792_300_000


def line(msg: m.Msg, at: str) -> bytes:
    payload = base64.b64encode(msg.payload).decode()
    facts = {"received_at": at, "method": msg.method, "stream": "x", "payload": payload}
    return json.dumps(facts).encode() + b"\n"


def lines() -> list[bytes]:
    old = m.Stamp(create_ms=START_MS)
    return [
        line(m.chat("one", at=old), "2023-12-05T16:05:00.123456789"),
        line(m.chat("two", at=old), "2023-12-05T16:05:02Z"),
        *(line(msg, "2023-12-05T16:05:03") for msg in Combo(ROSE).frames(3)),
    ]


async def play(path, **options):
    told = []
    replay = Replay(
        path, lambda event, _at: told.append(event), GiftList(), FakeClock(), speed=0, **options
    )
    await replay.run()
    return told


@pytest.mark.parametrize("packed", [True, False])
async def test_a_capture_is_played_packed_and_plain(tmp_path, packed):
    path = tmp_path / "capture"
    data = b"".join(lines())
    path.write_bytes(gzip.compress(data) if packed else data)
    told = await play(path)
    assert isinstance(told[0], StreamStarted)
    assert isinstance(told[-1], StreamEnded)
    assert [e.text for e in told if isinstance(e, Chat)] == ["one", "two"]
    assert not any(e.backlog for e in told)
    assert sum(e.count for e in told if isinstance(e, Gift)) == 3


def test_the_times_of_a_capture_are_kept(tmp_path):
    path = tmp_path / "capture"
    path.write_bytes(b"".join(lines()))
    assert [round(step.at_s, 1) for step in read_steps(path)] == [0.0, 0.0, 1.9, 2.9, 2.9, 2.9, 2.9]


async def test_damaged_lines_are_left_out(tmp_path):
    path = tmp_path / "capture"
    good = lines()
    bad = [
        b"{\n",
        b'{"received_at": "yesterday"}\n',
        b'{"received_at": 1, "payload": 2}\n',
        b"[]\n",
    ]
    path.write_bytes(good[0] + b"".join(bad) + good[1])
    assert [e.text for e in await play(path) if isinstance(e, Chat)] == ["one", "two"]


@pytest.mark.parametrize("data", [b"", b"\n", b"hello\n", b"{}\n"])
def test_what_is_no_capture_is_refused(tmp_path, data):
    path = tmp_path / "capture"
    path.write_bytes(data)
    with pytest.raises(NotATape):
        list(read_steps(path))


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="missing"):
        list(read_steps(tmp_path / "missing"))


async def test_named_replays_repeat_their_ids(tmp_path):
    path = tmp_path / "capture"
    path.write_bytes(b"".join(lines()))
    first, second = await play(path, name="a"), await play(path, name="a")
    assert [e.id for e in first] == [e.id for e in second]
    assert all(e.id.startswith("replay-a/") for e in first)
