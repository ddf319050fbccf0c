"""Firmata's bytes: messages survive any cut, numbers the trip through the protocol's own floats."""

from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import accel_stepper, firmata

_QUICK = b"\xf9\x02\x05\x91\x7f\x01\xf0\x6e\x08\x01\x01\xf7\x00\x7f\xf0\x62\x0a\x00\x10\x03\x00\x00\x08\xf7"


def read(data: bytes) -> list[firmata.Said]:
    return list(firmata.Reader().feed(data))


def test_messages_are_read():
    version, port, state, place = read(_QUICK)
    assert version == firmata.Version(2, 5)
    assert port == firmata.Port(1, 0xFF)
    assert state == firmata.Sysex(firmata.STATE, b"\x08\x01\x01")
    assert isinstance(place, firmata.Sysex)
    assert accel_stepper.where(place.data) == accel_stepper.Where(0, -400, complete=True)


@given(st.lists(st.integers(1, len(_QUICK) - 1)))
def test_it_does_not_matter_where_messages_are_cut(cuts):
    reader, heard = firmata.Reader(), []
    edges = sorted({0, len(_QUICK), *cuts})
    for begin, end in itertools.pairwise(edges):
        heard += reader.feed(_QUICK[begin:end])
    assert heard == read(_QUICK)


@given(st.binary(max_size=300))
def test_nonsense_never_hurts_and_what_follows_is_read(noise):
    assert read(noise + _QUICK)[-4:] == read(_QUICK)


def test_a_message_without_end_is_given_up():
    reader = firmata.Reader()
    assert list(reader.feed(b"\xf0" + bytes(100_000))) == []
    assert len(reader._rest) <= 4097
    assert list(reader.feed(b"\xf7" + _QUICK)) == read(_QUICK)


@given(st.integers(0, 127), st.integers(0, (1 << 28) - 1))
def test_analog_values_keep_their_bits(pin, value):
    frame = firmata.analog(pin, value)
    if frame[0] != 0xF0:
        assert frame == bytes([0xE0 | pin, value & 0x7F, value >> 7])
    else:
        assert frame[2] == pin
        assert sum(one << 7 * n for n, one in enumerate(frame[3:-1])) == value


def test_what_pins_can_do():
    said = bytes([127, 0, 1, 1, 1, 127, 1, 1, 3, 8, 127])
    assert firmata.capabilities(said) == ({}, {0: 1, 1: 1}, {1: 1, 3: 8})
    assert firmata.analog_pins(bytes([127, 127, 0, 1])) == {0: 2, 1: 3}


def test_the_name_of_a_sketch():
    name = b"".join(bytes([one, 0]) for one in b"StandardFirmata.ino")
    assert firmata.firmware_name(b"\x02\x05" + name) == "StandardFirmata 2.5"
    assert firmata.firmware_name(b"") == "Firmata"
    assert firmata.firmware_name(b"\x02\x05\x07\x00") == "Firmata 2.5"


def test_floats_are_those_of_the_description():
    # 1 step an hour and 100 steps a second, examples 1 and 2 of accelStepperFirmata.md.
    assert accel_stepper.speed(0, 1 / 3600)[4:-1].hex() == "31452905"
    assert accel_stepper.speed(0, 100.0)[4:-1].hex() == "01000034"


@given(st.floats(1e-4, 80_000))
def test_floats_keep_six_digits(value):
    one, two, three, four = accel_stepper.speed(0, value)[4:-1]
    digits = one | two << 7 | three << 14 | (four & 3) << 21
    assert math.isclose(digits * 10.0 ** ((four >> 2 & 15) - 11), value, rel_tol=2e-6)


@given(st.integers(-accel_stepper.MOST_STEPS, accel_stepper.MOST_STEPS))
def test_places_come_back_as_they_went(steps):
    frame = accel_stepper.move_to(3, steps)
    assert all(one < 0x80 for one in frame[1:-1])
    said = bytes([6, 3]) + frame[4:-1]
    assert accel_stepper.where(said) == accel_stepper.Where(3, steps, complete=False)
