"""The accounting file: what was acknowledged is there, once, whatever happened to the program."""

import dataclasses
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ledger import LedgerEntry, LedgerState, MessageKey, StreakCount, StreakKey
from app.core.notices import NoticeCode
from app.store.ledger import REMEMBER_ENTRIES, Ledger, decode, encode, read_entries
from tests.app.store.ledger_writer import entry
from tests.app.store.rig import Clock, files_no_longer_than
from tests.app.store.unprivileged import unprivileged

ROOT = Path(__file__).parents[3]
MINUTE_MS = 60_000
whole = st.integers(-(2**63), 2**63 - 1)
entries = st.builds(
    LedgerEntry,
    room_id=whole,
    method=st.text(),
    message_id=whole,
    counted=whole,
    added=whole,
    final=st.booleans(),
    at_ms=whole,
    event_id=st.text(),
    streak=st.none() | st.builds(StreakKey, whole, whole, whole, whole),
    order_id=st.text(),
    gift_id=whole,
    name=st.text(),
    coins=whole,
    viewer_id=whole,
    handle=st.text(),
)


@pytest.fixture
def notices():
    return []


@pytest.fixture
def open_ledger(tmp_path, notices):
    opened = []

    def make(folder=tmp_path / "ledger", **options):
        ledger = Ledger(folder, notices.append, **options)
        ledger.open()
        opened.append(ledger)
        return ledger

    yield make
    for ledger in opened:
        ledger.close()


def numbers(ledger):
    return [found.message_id for found in ledger.entries()]


@given(entries)
def test_an_entry_comes_back_as_it_was_written(one):
    line = encode(one)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == one


@given(entries, st.data())
def test_a_cut_or_changed_line_is_no_entry(one, data):
    line = encode(one)[:-1]
    cut = data.draw(st.integers(0, len(line) - 1))
    assert decode(line[:cut]) is None
    bit = data.draw(st.integers(0, 7))
    changed = bytes([*line[:cut], line[cut] ^ (1 << bit), *line[cut + 1 :]])
    assert decode(changed) is None


@given(st.binary())
def test_no_bytes_break_the_reader(line):
    decode(line)


def test_a_json_value_that_is_no_list_is_no_entry():
    for body in (b"{}", b"7", b"[]", b'[1,"a",2,3,4,0,5,"e",[1],"",0,"",0,0,""]', b"[" * 5000):
        assert decode(b"%08x %b" % (zlib.crc32(body), body)) is None


def test_an_empty_ledger_knows_nothing(open_ledger):
    assert open_ledger().load(7, 0) == LedgerState()


def test_what_was_recorded_is_known_to_the_next_run(open_ledger):
    first = open_ledger()
    key = StreakKey(1, 2, 3, 4)
    for number in (1, 2, 3):
        first.record(entry(number))
    first.record(dataclasses.replace(entry(4), streak=None, order_id="o4", message_id=0))
    state = open_ledger().load(7, entry(4).at_ms)
    assert state.seen == {MessageKey("WebcastGiftMessage", n) for n in (1, 2, 3)}
    assert state.orders == {"o4"}
    assert state.streaks == {key: StreakCount(3, final=False, at_ms=entry(3).at_ms)}
    assert [found.event_id for found in state.entries] == ["e1", "e2", "e3", "e4"]


def test_a_stream_sees_its_own_entries_and_zero_sees_all(open_ledger):
    ledger = open_ledger()
    ledger.record(entry(1))
    ledger.record(dataclasses.replace(entry(2), room_id=8))
    now = entry(2).at_ms
    assert [found.message_id for found in ledger.load(7, now).entries] == [1]
    assert [found.message_id for found in ledger.load(8, now).entries] == [2]
    assert [found.message_id for found in ledger.load(0, now).entries] == [1, 2]


def many(ledger, count, at_ms):
    for number in range(count):
        ledger.record(dataclasses.replace(entry(number), at_ms=at_ms))


def test_only_the_last_quarter_of_an_hour_is_loaded_from_a_long_ledger(open_ledger):
    ledger = open_ledger()
    many(ledger, 500, at_ms=0)
    many(ledger, REMEMBER_ENTRIES, at_ms=20 * MINUTE_MS)
    state = ledger.load(7, 20 * MINUTE_MS)
    assert len(state.entries) == REMEMBER_ENTRIES


@pytest.mark.parametrize("jump_ms", [-(10**9), 10**9, 10**12])
def test_a_clock_that_jumps_makes_no_running_combo_forgotten(open_ledger, jump_ms):
    ledger = open_ledger()
    start = 2 * 10**12
    ledger.record(dataclasses.replace(entry(1), at_ms=start))
    ledger.record(dataclasses.replace(entry(2), at_ms=start + jump_ms))
    state = ledger.load(7, start)
    assert [found.message_id for found in state.entries] == [1, 2]
    assert state.streaks[StreakKey(1, 2, 3, 4)].counted == 2


def test_a_tail_torn_at_any_byte_loses_only_itself(tmp_path, notices):
    lines = [encode(entry(number)) for number in range(3)]
    whole_file = b"".join(lines)
    before_last = len(whole_file) - len(lines[-1])
    for cut in range(before_last, len(whole_file) + 1):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / "ledger-00000001.log").write_bytes(whole_file[:cut])
        ledger = Ledger(folder, notices.append)
        ledger.open()
        ledger.record(entry(9))
        ledger.close()
        # Without its newline only, the last line is whole: its checksum says so.
        last = [2] if cut >= len(whole_file) - 1 else []
        assert [one.message_id for one in read_entries(folder)] == [0, 1, *last, 9]
    assert notices == []


def test_rubbish_in_the_middle_is_stepped_over(open_ledger, tmp_path):
    ledger = open_ledger()
    ledger.record(entry(1))
    ledger.close()
    path = tmp_path / "ledger" / "ledger-00000001.log"
    path.write_bytes(path.read_bytes() + b"\x00\xff rubbish\n" + encode(entry(2)))
    assert numbers(open_ledger()) == [1, 2]


def test_segments_are_bounded_and_old_ones_go(open_ledger, tmp_path):
    clock = Clock()
    ledger = open_ledger(clock=clock, segment_bytes=1000)
    for number in range(100):
        ledger.record(entry(number))
        clock.now += 1.0
    assert numbers(ledger) == list(range(100))
    clock.now += 3600.0
    for number in range(100, 120):
        ledger.record(entry(number))
        clock.now += 1.0
    kept = numbers(ledger)
    assert kept[0] > 50
    assert kept[-20:] == list(range(100, 120))


def test_names_do_not_stay_longer_than_a_stream_goes_on(open_ledger, tmp_path):
    first = open_ledger(clock=Clock())
    first.record(entry(1))
    first.close()
    clock = Clock()
    ledger = open_ledger(clock=clock)
    for number in range(2, 200):
        ledger.record(entry(number))
        clock.now += 60.0
    kept = numbers(ledger)
    assert 15 < len(kept) < 90
    assert kept == list(range(kept[0], 200))


def test_a_storm_cannot_fill_the_disk(open_ledger, tmp_path):
    ledger = open_ledger(clock=Clock(), segment_bytes=1000, max_segments=5)
    for number in range(500):
        ledger.record(entry(number))
    files = list((tmp_path / "ledger").iterdir())
    assert len(files) <= 5
    assert sum(file.stat().st_size for file in files) < 5 * 1500
    assert numbers(ledger)[-1] == 499


def test_many_restarts_in_a_row_forget_nothing(open_ledger):
    for number in range(100):
        ledger = open_ledger(max_segments=3)
        ledger.record(entry(number))
        ledger.close()
    assert numbers(open_ledger()) == list(range(100))


def test_without_a_folder_it_remembers_for_this_run(open_ledger, notices):
    ledger = open_ledger(folder=None)
    ledger.record(entry(1))
    ledger.record(entry(2))
    assert [found.message_id for found in ledger.load(7, 0).entries] == [1, 2]
    assert notices == []


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
@pytest.mark.parametrize("room", [0, 1, 50, 100])
def test_what_a_full_disk_refuses_is_kept_and_written_when_there_is_room(
    open_ledger, notices, room
):
    clock = Clock()
    ledger = open_ledger(clock=clock)
    ledger.record(entry(1))
    used = len(encode(entry(1)))
    with files_no_longer_than(used + room):
        for number in (2, 3, 4):
            clock.now += 60.0
            ledger.record(entry(number))
            assert numbers(ledger) == list(range(1, number + 1))
    assert [notice.code for notice in notices] == [NoticeCode.DISK_FULL]
    assert ledger.waiting == 3
    clock.now += 60.0
    ledger.record(entry(5))
    assert ledger.waiting == 0
    assert [notice.code for notice in notices] == [NoticeCode.DISK_FULL, NoticeCode.SAVED_AGAIN]
    ledger.close()
    assert numbers(open_ledger()) == [1, 2, 3, 4, 5]


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file sizes")
def test_every_length_of_a_half_written_line_is_survived(tmp_path, notices):
    used = len(encode(entry(1)))
    for room in range(len(encode(entry(2))) + 1):
        ledger = Ledger(tmp_path / str(room), notices.append)
        ledger.open()
        ledger.record(entry(1))
        with files_no_longer_than(used + room):
            ledger.record(entry(2))
        ledger.write_waiting()
        ledger.record(entry(3))
        ledger.close()
        assert [one.message_id for one in read_entries(tmp_path / str(room))] == [1, 2, 3]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_folder_that_cannot_be_written_is_told_once_and_counting_goes_on():
    notices = []
    clock = Clock()
    with unprivileged() as folder:
        folder.chmod(0o555)
        ledger = Ledger(folder / "ledger", notices.append, clock=clock)
        ledger.open()
        for number in range(5):
            clock.now += 60.0
            ledger.record(entry(number))
        assert [one.message_id for one in ledger.load(7, 0).entries] == list(range(5))
        assert [notice.code for notice in notices] == [NoticeCode.JOURNAL_IN_MEMORY]
        folder.chmod(0o755)
        ledger.close()
        assert [one.message_id for one in read_entries(folder / "ledger")] == list(range(5))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be killed often enough")
def test_every_acknowledged_entry_survives_being_killed_at_any_moment(tmp_path):
    """200 kills of a program that does nothing but write; each next one goes on in the same files."""
    seed = str(random.randrange(10**9))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("ledger_writer.py")), tmp_path, seed],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    told = [int(line) for line in done.stdout.split()]
    found = [one.message_id for one in read_entries(tmp_path)]
    assert len(told) > 1000, f"too little was written (seed {seed})"
    assert set(told) <= set(found), f"lost (seed {seed})"
    assert found == sorted(set(found)), f"doubled or out of order (seed {seed})"
