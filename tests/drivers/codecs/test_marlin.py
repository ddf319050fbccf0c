"""Marlin's lines: what it says is understood, and no way is ever far ahead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import marlin


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("X:1.00 Y:0.00 Z:0.00 E:0.00 Count X:80 Y:0 Z:-3", marlin.Place((80, 0, -3))),
        ("ok X:0.00 Y:0.00 Z:0.00 E:0.00 Count X: 80 Y: 0 Z: 0", marlin.Place((80, 0, 0))),
        ("X:1.0 Y:2.0 Z:3.0 E:0.0 Count: A:1 B:2 C:3", marlin.Place(None)),
        ("echo:  M92 X80.00 Y80.00 Z400.00 E93.00", None),
        ("ok T:20.0 /0.0", None),
    ],
)
def test_where_it_is(line, place):
    assert marlin.place(line) == place


def test_its_name():
    said = b"FIRMWARE_NAME:Marlin bugfix-2.1.x (Nov 1 2026) SOURCE_CODE_URL:x\r\nCap:A:1\r\n"
    assert marlin.firmware(said) == "Marlin bugfix-2.1.x (Nov 1 2026)"
    assert marlin.firmware(b"FIRMWARE_NAME:Prusa-Firmware 3.1 based on Marlin\r\n") is not None
    assert marlin.firmware(b"ok\r\n") is None


def test_what_it_knows_of_its_motors():
    said = b"echo:  M92 X80.00 Y160.00 Z400\r\necho:  M203 X500.00\r\n  M201 X3000 Y9\r\nok\r\n"
    assert marlin.motors_in(said, "X") is None
    said += b"X:0.00 Y:0.00 Z:0.00 E:0.00 Count X:0 Y:0 Z:0\r\n"
    assert marlin.motors_in(said, "X") == marlin.Motors(80.0, 500.0, 3000.0)
    assert marlin.motors_in(said, "Y") == marlin.Motors(160.0, 0.0, 9.0)


@given(st.binary(max_size=300))
def test_nonsense_never_hurts(noise):
    marlin.firmware(noise)
    marlin.places_in(noise)
    marlin.motors_in(noise, "X")


@given(
    st.floats(0.1, 500),
    st.floats(0.1, 100),
    st.lists(st.floats(0.0, 3.0), max_size=40),
    st.booleans(),
)
def test_the_board_never_has_much_more_than_a_second_of_way(mm, speed, waits, reverse):
    way = marlin.Way(mm, speed, 0.0, reverse=reverse)
    now, done, sent = 100.0, 0.0, 0.0
    for wait in [0.0, *waits]:
        now += wait
        done = min(sent, done + wait * speed)
        for place in way.due(now):
            assert abs(place) > sent
            assert (place < 0) is reverse
            sent = abs(place)
        assert sent - done <= marlin.AHEAD_S * speed * 1.01
        assert sent <= mm
    for _ in range(10_000):
        if way.all_sent:
            break
        now += 0.5
        sent = max([sent, *map(abs, way.due(now))])
    assert sent == mm
