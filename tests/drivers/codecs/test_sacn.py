"""Streaming ACN: byte for byte what a library that others wrote makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.sacn import ANY_ORDER, Stream

data_packet = pytest.importorskip("sacn.messages.data_packet", reason="the library is the judge")


@given(
    st.integers(1, 63999),
    st.binary(min_size=16, max_size=16),
    st.integers(0, 200),
    st.integers(0, 255),
    st.binary(max_size=512),
)
def test_a_frame_is_byte_for_byte_that_of_the_library(universe, source, priority, order, slots):
    told = {"cid": tuple(source), "sourceName": "Giftwire", "universe": universe}
    told |= {"priority": priority, "sequence": order}
    stream = Stream(universe, source, priority=priority)
    shown = tuple(slots.ljust(512, b"\x00"))
    theirs = data_packet.DataPacket(**told, dmxData=shown)
    assert stream.show(slots, order) == bytes(theirs.getBytes())
    ended = data_packet.DataPacket(**told, dmxData=(0,) * 512, streamTerminated=True)
    assert stream.end(order) == bytes(ended.getBytes())
    assert stream.group == theirs.calculate_multicast_addr()


@given(st.integers(0, 255))
def test_of_the_frames_in_any_order_at_most_one_is_late(last):
    taken = []
    for order in (*ANY_ORDER, ANY_ORDER[-1] + 1):
        if not -20 < (order - last + 128) % 256 - 128 <= 0:
            taken.append(order)
            last = order
    assert len(taken) >= 3
    # The end is among them, and something dark before it.
    assert taken[-1] == ANY_ORDER[-1] + 1


def test_a_long_name_leaves_room_for_its_end():
    packet = Stream(1, bytes(16), name="x" * 99).show(b"", 0)
    assert packet[44:108] == b"x" * 63 + b"\x00"
