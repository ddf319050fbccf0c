"""Frames in, messages and replies out; whatever is broken is counted and survived."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.live.wire import (
    UNPACKED_LIMIT,
    FrameReader,
    heartbeat_interval_s,
    read_first,
    unpack,
)
from tests.fakes.tiktok import frames
from tests.fakes.tiktok.frames import FetchResult, Frame, parse_client_frame, push_frame
from tests.fakes.tiktok.gifts import ROSE, gift
from tests.fakes.tiktok.messages import chat, unknown
from tests.fakes.tiktok.proto import decode, first_int, first_text

ROOM = 7512345678901234567


def reader() -> FrameReader:
    return FrameReader(ROOM, enter_id=123)


def test_a_frame_gives_its_messages_and_asks_for_its_ack():
    frame = Frame([chat("hi"), gift(ROSE)]).encode()
    one = reader()
    received = one.receive(frame.data)
    assert [m.method for m in received.messages] == [b"WebcastChatMessage", b"WebcastGiftMessage"]
    assert [m.msg_id for m in received.messages] == [m.msg_id for m in frame.msgs]
    ack = parse_client_frame(received.replies[0])
    assert (ack.kind, ack.log_id, ack.encoding) == ("ack", frame.log_id, "pb")
    assert ack.payload.startswith(b"fetch_time:")
    assert received.server_ms > 0
    assert (one.counts.frames, one.counts.data_frames, one.counts.bad_frames) == (1, 1, 0)


def test_an_ack_without_text_says_a_dash():
    data = push_frame(FetchResult(need_ack=True).encode(), log_id=7)
    ack = parse_client_frame(reader().receive(data).replies[0])
    assert (ack.log_id, ack.payload) == (7, b"-")


def test_a_frame_that_wants_no_ack_gets_none():
    assert reader().receive(Frame([chat("hi")], need_ack=False).encode().data).replies == ()


@pytest.mark.parametrize("compress", [True, False])
def test_frames_are_read_packed_and_plain(compress):
    assert reader().receive(Frame([chat("hi")], gzip=compress).encode().data) is not None


def test_the_magic_and_not_the_header_tells_what_is_packed():
    assert len(reader().receive(frames.gzip_without_header([chat("a")])).messages) == 1
    assert len(reader().receive(frames.header_without_gzip([chat("a")])).messages) == 1


def test_other_kinds_of_frames_carry_nothing():
    one = reader()
    for kind in ("hb", "ack", "im_enter_room_resp", "never_seen"):
        assert one.receive(push_frame(b"", kind=kind)) is None
    assert one.counts.bad_frames == 0


def test_text_and_empty_frames_are_ignored():
    one = reader()
    assert one.receive("hello") is None
    assert one.receive(b"") is None
    assert (one.counts.frames, one.counts.bad_frames) == (2, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 30,
        frames.truncated([gift(ROSE)]),
        frames.broken_gzip([gift(ROSE)]),
        frames.gzip_bomb(UNPACKED_LIMIT + 1),
        push_frame(gzip.compress(b"\x0a\x05")[:-9], compress=False),
        push_frame(b"\x0a\xff\xff\xff\x0f", compress=False),
        frames.twisted_frame(),
    ],
    ids=["noise", "truncated", "broken gzip", "bomb", "cut gzip", "broken body", "twisted"],
)
def test_broken_frames_are_counted_and_the_next_is_read(data):
    one = reader()
    assert one.receive(data) is None
    assert one.counts.bad_frames == 1
    assert len(one.receive(Frame([chat("still here")]).encode().data).messages) == 1


def test_a_large_frame_is_read():
    assert len(reader().receive(frames.padded([chat("hi")])).messages) == 1


def test_a_gzip_bomb_is_not_unpacked():
    bomb = gzip.compress(bytes(64 << 20))
    with pytest.raises(ValueError, match="too much"):
        unpack(bomb)


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_raise(data):
    reader().receive(data)


@given(st.data())
def test_no_damage_to_a_good_frame_raises(data):
    whole = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reader().receive(bytes(whole))


GOOD = Frame([chat("hi"), gift(ROSE), unknown()]).encode().data


def test_entering_says_who_we_are_not():
    sent = parse_client_frame(reader().enter())
    fields = decode(sent.payload)
    assert sent.kind == "im_enter_room"
    assert (first_int(fields, 1), first_int(fields, 4), first_int(fields, 8)) == (ROOM, 12, 123)
    assert (first_text(fields, 5), first_text(fields, 9)) == ("audience", "0")


def test_heartbeats_are_numbered_from_one():
    one = reader()
    numbers = []
    for _ in range(3):
        sent = parse_client_frame(one.heartbeat())
        assert sent.kind == "hb"
        fields = decode(sent.payload)
        assert first_int(fields, 1) == ROOM
        numbers.append(first_int(fields, 2))
    assert numbers == [1, 2, 3]


def test_a_frame_that_begins_anew_is_answered_with_entering_again():
    received = reader().receive(Frame([chat("hi")], is_first=True).encode().data)
    assert [parse_client_frame(r).kind for r in received.replies] == ["im_enter_room", "ack"]


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ("sample-ratio=0; ping-interval=7; max-frame=1", 7.0),
        ("ping-interval=10", 10.0),
        ("", 10.0),
        ("ping-interval=soon", 10.0),
        ("ping-interval=0", 1.0),
        ("ping-interval=100000", 60.0),
        (" ping-interval = 9", 10.0),
    ],
)
def test_the_handshake_tells_the_heartbeat_interval(options, seconds):
    assert heartbeat_interval_s(options) == seconds


def test_the_sign_answer_brings_the_messages_from_before():
    first = read_first(FetchResult(msgs=[chat("old").as_history()], cursor="c").encode())
    assert [m.is_history for m in first.messages] == [True]
    assert first.replies == ()


def test_a_broken_sign_answer_is_refused():
    with pytest.raises(ValueError, match="fetch result"):
        read_first(b"\xff" * 40)
