"""Recordings: whole or torn, with names or without, and played back they tell the same."""

from __future__ import annotations

import gzip
import random
import threading
from collections import Counter
from dataclasses import replace

import pytest

from app.core.events import Chat, Gift, LiveEvent, Source, StreamEnded
from app.core.giftlist import GiftKind, GiftList
from app.live.net import Addresses
from app.live.record import FIRST, FRAME, NOTE, Header, NotATape, Tape, read_header, read_records
from app.live.redact import Redactor, strip_secrets
from app.live.replay import Replay
from app.live.schema import FetchResult as Fetch
from app.live.stream import Stream, StreamOptions
from app.tasks import Tasks
from tests.fakes.clock import FakeClock
from tests.fakes.tiktok import messages as m
from tests.fakes.tiktok.evidence import News
from tests.fakes.tiktok.frames import FetchResult, Frame, PushAddress
from tests.fakes.tiktok.gifts import LION, ROSE, Combo
from tests.fakes.tiktok.gifts import Gift as GiftMessage
from tests.fakes.tiktok.script import Raw, WaitAck
from tests.fakes.tiktok.server import FakeTikTok
from tests.fakes.tiktok.viewers import ALICE, BOB, GUEST, STREAMER

HEADER = Header("creator", m.ROOM_ID, STREAMER.id, 1_790_000_000_000, "1.2.3")


class Ticker:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def tape_of(path, *things, header: Header = HEADER) -> None:
    ticker = Ticker()
    tape = Tape(path, header, ticker)
    for thing in things:
        ticker.now += 0.5
        if isinstance(thing, dict):
            tape.note(thing)
        elif isinstance(thing, FetchResult):
            tape.first(thing.encode())
        elif isinstance(thing, bytes):
            tape.frame(thing)
        else:
            tape.frame(Frame([thing]).encode().data)
    tape.close()


async def play(
    path, speed: float = 0.0, clock: FakeClock | None = None, gifts=None
) -> list[LiveEvent]:
    told: list[LiveEvent] = []
    replay = Replay(
        path,
        lambda event, _at: told.append(event),
        gifts or GiftList(),
        clock or FakeClock(),
        speed=speed,
    )
    await replay.run()
    return told


def show() -> list:
    return [
        m.chat("hi @bob and @nobody", ALICE),
        *Combo(ROSE, ALICE).frames(3),
        GiftMessage(LION, BOB, order_id="secret-order").message(),
        GiftMessage(LION, BOB, to=GUEST).message(),
        m.like(5, 100, BOB),
        m.follow(ALICE),
        m.armies(7, {STREAMER.id: 10, GUEST.id: 5}),
        m.viewer_count(12),
        m.unknown(),
        m.caption("my name is Bob"),
    ]


def test_what_was_taken_is_read_back(tmp_path):
    path = tmp_path / "a.tape.gz"
    frame = Frame([m.chat("hi")]).encode().data
    tape_of(path, {"what": "up", "room_id": 5}, FetchResult(msgs=[m.chat("old")]), frame, b"noise")
    assert read_header(path) == HEADER
    records = list(read_records(path))
    assert [r.kind for r in records] == [NOTE, FIRST, FRAME, FRAME]
    assert [r.at_us for r in records] == [500_000, 1_000_000, 1_500_000, 2_000_000]
    assert [r.data for r in records][2:] == [frame, b"noise"]


def test_the_address_and_its_tokens_are_never_recorded(tmp_path):
    path = tmp_path / "a.tape.gz"
    push = PushAddress("wss://push.example/", {"token": "very-secret"})
    tape_of(path, FetchResult(msgs=[m.chat("old")], push=push, internal_ext="secret-too"))
    with gzip.open(path) as file:
        content = file.read()
    assert b"secret" not in content
    assert b"push.example" not in content
    assert b"old" in content
    assert strip_secrets(b"\xff\xff") == b""


def test_a_torn_tail_costs_only_the_tail(tmp_path):
    path = tmp_path / "a.tape.gz"
    tape_of(
        path, *(m.chat(f"message {n} {random.Random(n).randbytes(50).hex()}") for n in range(50))
    )
    whole = path.read_bytes()
    lengths = []
    for cut in range(300, len(whole), len(whole) // 17):
        path.write_bytes(whole[:cut])
        lengths.append(len(list(read_records(path))))
    assert lengths == sorted(lengths)
    assert lengths[-1] > 40


def test_damage_in_the_middle_ends_the_tape_there(tmp_path):
    path = tmp_path / "a.tape.gz"
    tape_of(
        path, *(m.chat(f"message {n} {random.Random(n).randbytes(50).hex()}") for n in range(50))
    )
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 40):
        data[at] ^= 0xFF
    path.write_bytes(data)
    assert 0 < len(list(read_records(path))) < 50


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        gzip.compress(b"other", mtime=0),
        gzip.compress(b"GIFTWIRE-TAPE 1\n{", mtime=0),
    ],
)
async def test_what_is_no_recording_is_said_to_be_none(tmp_path, data):
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(NotATape):
        read_header(path)
    with pytest.raises(NotATape):
        await play(path)


def test_a_disk_that_refuses_stops_the_recording_and_says_so(tmp_path):
    why: list[str] = []
    ended = threading.Event()
    tape = Tape(
        tmp_path / "no such folder" / "a.tape.gz",
        HEADER,
        Ticker(),
        lambda reason: (why.append(reason), ended.set()),
    )
    assert ended.wait(10)
    tape.frame(b"not taken any more")
    tape.close()
    assert tape.stopped
    assert why == ["No such file or directory"]


def test_a_full_disk_stops_the_recording_and_says_so(tmp_path):
    if not (full := __import__("pathlib").Path("/dev/full")).exists():
        pytest.skip("this system has no /dev/full")
    why: list[str] = []
    tape = Tape(full, HEADER, Ticker(), why.append)
    for _ in range(200):
        tape.frame(random.Random(1).randbytes(5000))
    tape.close()
    assert why == ["No space left on device"]


def test_a_tape_is_readable_up_to_the_last_second_while_it_is_written(tmp_path):
    path = tmp_path / "a.tape.gz"
    tape = Tape(path, HEADER, Ticker())
    tape.frame(b"one")
    for _ in range(200):
        if len(list_or_none(path)) == 1:
            break
        threading.Event().wait(0.05)
    assert [r.data for r in read_records(path)] == [b"one"]
    tape.close()


def list_or_none(path) -> list:
    try:
        return list(read_records(path))
    except (NotATape, OSError):
        return []


# ---------------------------------------------------------------- without names

PEOPLE = [ALICE, BOB, GUEST]


def test_hidden_names_are_nowhere_in_the_file(tmp_path):
    path = tmp_path / "a.tape.gz"
    hidden = replace(HEADER, names_hidden=True)
    up = {"what": "up", "room_id": m.ROOM_ID, "host_id": STREAMER.id}
    tape_of(path, up, FetchResult(msgs=show()), *show(), header=hidden)
    content = b""
    for record in read_records(path):
        frame = Fetch.FromString(record.data) if record.kind == FIRST else None
        content += frame.SerializeToString() if frame else record.data
    for viewer in PEOPLE:
        for trace in (viewer.nickname.encode(), b"@" + viewer.handle.encode()):
            assert trace not in content
    for trace in (b"tiktokcdn", b"secret-order", b"my name is", b"MS4wLjAB", b"anchor_id"):
        assert trace not in content
    assert b"@viewer" in content
    assert read_header(path).names_hidden
    assert read_header(path).host_id != STREAMER.id


async def test_hidden_names_change_nothing_but_names(tmp_path):
    things = show()
    plain, hidden = tmp_path / "plain.tape.gz", tmp_path / "hidden.tape.gz"
    tape_of(plain, *things)
    tape_of(hidden, *things, header=replace(HEADER, names_hidden=True))
    first, second = await play(plain), await play(hidden)
    assert [type(e) for e in first] == [type(e) for e in second]
    facts = [
        [(g.gift_id, g.count, g.total, g.final, g.coins) for g in told if isinstance(g, Gift)]
        for told in (first, second)
    ]
    assert facts[0] == facts[1]
    people = dict.fromkeys((a.viewer.id, b.viewer.id) for a, b in zip(first, second, strict=True))
    assert len({real for real, _ in people}) == len({shown for _, shown in people}) == len(people)
    levels = [[e.viewer.gifter_level for e in told] for told in (first, second)]
    assert levels[0] == levels[1]
    assert [e.text for e in second if isinstance(e, Chat)] == ["hi @viewer0 and @viewer0"]


def test_the_same_person_has_the_same_number_in_one_file():
    redactor = Redactor()
    assert redactor.person(0) == 0
    assert [redactor.person(n) for n in (77, 88, 77)] == [1001, 1002, 1001]


def test_frames_that_cannot_be_read_are_emptied_when_names_are_hidden():
    redactor = Redactor()
    assert redactor.frame(b"\xff" * 20) == b""
    assert redactor.frame(Frame([m.chat("x")]).encode().data[:60]) == b""


# ---------------------------------------------------------------- playing


async def test_a_replay_is_marked_and_shares_nothing(tmp_path):
    path = tmp_path / "a.tape.gz"
    tape_of(path, *Combo(ROSE).frames(3))
    gifts = GiftList([GiftKind(ROSE.id, "Rose of today", 9, combo=True)])
    first, second = await play(path, gifts=gifts), await play(path, gifts=gifts)
    assert all(e.source is Source.REPLAY for e in first)
    assert sum(e.count for e in second if isinstance(e, Gift)) == 3
    assert not {e.id for e in first} & {e.id for e in second}
    assert gifts.get(ROSE.id).coins == 9
    assert gifts.learnt() == ()


async def test_a_replay_keeps_the_time_of_the_recording(tmp_path):
    path = tmp_path / "a.tape.gz"
    tape_of(path, m.chat("at 0.5 s"), m.chat("at 1.0 s"))
    for speed, times in ((1.0, [0.5, 1.0]), (2.0, [0.25, 0.5]), (0.0, [0.0, 0.0])):
        clock = FakeClock()
        start, heard = clock.now, []
        tasks = Tasks()
        replay = Replay(
            path,
            lambda e, at, heard=heard: heard.append(at) if isinstance(e, Chat) else None,
            GiftList(),
            clock,
            speed=speed,
        )
        task = tasks.spawn("replay", replay.run())
        while not task.done():
            await clock.advance(0.05)
        assert [round(at - start, 1) for at in heard] == [round(t + 0.001, 1) for t in times]


async def test_a_combo_without_end_ends_by_the_time_of_the_recording(tmp_path):
    path = tmp_path / "a.tape.gz"
    later = [m.viewer_count(n) for n in range(40)]
    tape_of(path, Combo(ROSE).progress(2), *later)
    told = await play(path)
    final = next(i for i, e in enumerate(told) if isinstance(e, Gift) and e.final)
    assert 25 < final < 40


async def test_reconnects_on_a_tape_are_followed(tmp_path):
    path = tmp_path / "a.tape.gz"
    up = {"what": "up", "room_id": m.ROOM_ID, "host_id": STREAMER.id}
    combo = Combo(ROSE)
    steps = [combo.progress(1), combo.progress(2)]
    tape_of(
        path,
        up,
        FetchResult(),
        *steps,
        {"what": "down: lost"},
        up,
        FetchResult(msgs=[s.as_history() for s in steps]),
        combo.end(5),
    )
    gifts = [e for e in await play(path) if isinstance(e, Gift)]
    assert sum(g.count for g in gifts) == 5
    assert [g.backlog for g in gifts] == [False, False, False]


async def test_a_stream_recorded_and_played_tells_the_same(tmp_path):
    """The whole way: server, socket, tape, and back through the same decoder."""
    path = tmp_path / "a.tape.gz"
    news, told, clock, tasks = News(), [], FakeClock(), Tasks()

    async with FakeTikTok() as server:
        urls = server.urls
        stream = Stream(
            on_event=lambda e, _at: (told.append(e), news.tell()),
            on_state=lambda _state: None,
            gifts=GiftList(),
            clock=clock,
            tasks=tasks,
            options=StreamOptions(Addresses(urls.app, urls.webcast, urls.sign)),
        )
        stream.start_recording(path, hide_names=False, app_version="9.9")
        assert stream.recording == path
        server.room.scripts = [[*show(), Raw(b"\xff\xff"), Raw("text"), WaitAck()]]
        await stream.listen("creator")
        await news.until(
            lambda: sum(isinstance(e, Gift) and e.gift_id == LION.id for e in told) == 1
        )
        connection = await server.room.connection()
        await connection.until(
            lambda: connection.all_acked() and len(connection.acks) == len(show())
        )
        assert await stream.stop_recording() == path
        assert stream.recording is None
        await stream.stop()
    played = [e for e in await play(path) if not isinstance(e, StreamEnded)]

    def facts(events):
        return Counter((type(e), e.viewer.handle, getattr(e, "count", 0)) for e in events)

    assert facts(played) == facts(told)


async def test_recording_to_a_place_that_cannot_be_leaves_the_stream_alone(tmp_path):
    news, why, told = News(), [], []
    async with FakeTikTok() as server:
        urls = server.urls
        stream = Stream(
            on_event=lambda e, _at: (told.append(e), news.tell()),
            on_state=lambda _state: None,
            gifts=GiftList(),
            clock=FakeClock(),
            tasks=Tasks(),
            options=StreamOptions(Addresses(urls.app, urls.webcast, urls.sign)),
        )
        await stream.listen("creator")
        await server.room.connection()

        def stopped(reason: str) -> None:
            why.append(reason)
            news.tell()

        stream.start_recording(tmp_path / "no" / "folder.gz", hide_names=True, on_stopped=stopped)
        await news.until(lambda: bool(why))
        assert stream.recording is None
        await server.room.push(m.chat("still here"))
        await news.until(lambda: any(isinstance(e, Chat) for e in told))
        await stream.stop()
    assert why == ["No such file or directory"]
