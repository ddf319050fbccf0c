"""The events of a backtest: from the journal, a recording, a script; all count as real ones."""

import gzip

import pytest

from app import paths
from app.backtest.sources import LONGEST_GAP_S, SourceError, read_events
from app.core.backtests import PastStream, Recording, Scripted
from app.core.events import Chat, Gift, Source
from app.core.giftlist import GiftList
from app.live.gift_seed import read_gifts
from app.live.record import Header, Tape
from tests.app.backtest import profile as one
from tests.app.store.samples import START_MS
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.frames import Frame
from tests.fakes.tiktok.viewers import STREAMER


@pytest.fixture
def read(tmp_path):
    parts = one.made(tmp_path)
    gifts = GiftList(read_gifts(paths.resources() / "gifts" / "starter.json"))
    return lambda source, told=lambda _: None: read_events(source, gifts, parts.journal, told)


def test_a_past_stream_begins_with_its_first_event(read):
    events = read(PastStream(room_id=one.ROOM))
    assert [at_s for at_s, _ in events] == [0, 1, 2]
    assert all(isinstance(event, Gift) and event.count == 2 for _, event in events)


def test_a_recording_of_ours_tells_its_chats(read, tmp_path):
    events = read(Recording(path=str(tmp_path / "recordings" / "one.tape.gz")))
    assert [event.text for _, event in events if isinstance(event, Chat)] == ["hi", "bye"]


@pytest.mark.parametrize("source", [Scripted(name="calm"), PastStream(room_id=one.ROOM)])
def test_every_event_counts_as_a_real_one(read, source):
    assert {event.source for _, event in read(source)} == {Source.LIVE}


def test_a_silence_of_days_is_shortened(read, tmp_path):
    seconds = iter([0, 0, 1, 200_000, 200_001, 200_002])
    header = Header("creator", m.ROOM_ID, STREAMER.id, START_MS, "1.2.3")
    tape = Tape(tmp_path / "two-days.tape.gz", header, seconds.__next__)
    for words in ("day one", "day two"):
        tape.frame(Frame([m.chat(words)]).encode().data)
    tape.close()
    events = read(Recording(path=str(tmp_path / "two-days.tape.gz")))
    chats = [(at_s, event.text) for at_s, event in events if isinstance(event, Chat)]
    assert [text for _, text in chats] == ["day one", "day two"]
    assert chats[1][0] - chats[0][0] <= LONGEST_GAP_S


def test_a_recording_without_any_event_is_told(read, tmp_path):
    path = tmp_path / "nothing.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n"))
    with pytest.raises(SourceError) as told:
        read(Recording(path=str(path)))
    assert told.value.code in ("nothing_in_it", "not_a_recording")


def test_whoever_listens_hears_of_long_readings_and_may_stop_them(read, tmp_path):
    class EnoughError(Exception):
        pass

    def stop(count):
        assert count > 0
        raise EnoughError

    path = tmp_path / "long.tape.gz"
    ticks = iter(range(10**6))
    tape = Tape(
        path, Header("c", m.ROOM_ID, STREAMER.id, START_MS, "1"), lambda: next(ticks) / 1000
    )
    for number in range(2500):
        tape.frame(Frame([m.chat(f"hi {number}")]).encode().data)
    tape.close()
    with pytest.raises(EnoughError):
        read(Recording(path=str(path)), stop)
