"""Marlin's lines: what it says is understood, and no way is ever far ahead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import marlin
from drivers.codecs.machine import Known
from drivers.codecs.turns import Piece


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (
            "X:1.00 Y:0.00 Z:0.00 E:2.50 Count X:80 Y:0 Z:-3",
            marlin.Place({"X": 80, "Y": 0, "Z": -3}, {"X": 1.0, "Y": 0.0, "Z": 0.0, "E": 2.5}),
        ),
        (
            "ok X:0.00 Y:0.00 Z:0.00 E:0.00 Count X: 80 Y: 0 Z: 0",
            marlin.Place({"X": 80, "Y": 0, "Z": 0}, dict.fromkeys("XYZE", 0.0)),
        ),
        (
            "X:1.0 Y:2.0 Z:3.0 E:0.0 Count: A:1 B:2 C:3",
            marlin.Place(None, {"X": 1.0, "Y": 2.0, "Z": 3.0, "E": 0.0}),
        ),
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


def test_it_has_introduced_itself_when_it_says_ok():
    said = b"ok\r\nFIRMWARE_NAME:Marlin 2.1\r\nCap:EMERGENCY_PARSER:1\r\n"
    assert marlin.introduction(said) is None
    assert marlin.has_emergency_parser(marlin.introduction(said + b"ok\r\n"))
    assert not marlin.has_emergency_parser(b"Cap:EMERGENCY_PARSER:0\r\n")


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("Marlin 1.1.9 (Github)", True),
        ("Marlin Ver 1.0.1", False),
        ("Marlin V1; Sprinter/grbl mashup for gen6", False),
        ("Marlin 2.1.2", False),
        ("Marlin bugfix-2.1.x", False),
        ("Marlin bugfix-1.1.x", True),
    ],
)
def test_old_ones_are_known(name, old):
    assert marlin.is_old(name) is old


def test_what_it_knows_of_its_motors():
    said = b"echo:  M92 X80.00 Y160.00 Z400 E93\r\necho:  M203 X500.00\r\n  M201 X3000 Y9\r\nok\r\n"
    assert marlin.known_in(said) is None
    known = marlin.known_in(said + b"X:0.00 Y:0.00 Z:0.00 E:0.00 Count X:0 Y:0 Z:0\r\n")
    assert known["X"] == Known(80.0, 500.0, 3000.0)
    assert known["Y"] == Known(160.0, 0.0, 9.0)
    assert known["E"] == Known(93.0, 0.0, 0.0)


def test_an_extruder_goes_along_with_the_others():
    both = Piece({"E": 2.0, "X": -3.0, "Y": 4.0}, {"E": 9.0, "X": 3.0, "Y": 4.0}, 1.0)
    assert marlin.go(both) == b"G1 X-3.000 Y4.000 E2.000 F300.0\n"
    assert marlin.go(Piece({"E": 2.0}, {"E": 9.0}, 1.0)) == b"G1 E2.000 F540.0\n"


def test_only_axes_with_a_motor_are_looked_for():
    assert marlin.homes(("X", "E")) == ("home", "home X")
    assert marlin.home("home X") == b"G28 X\n"


@given(st.binary(max_size=300))
def test_nonsense_never_hurts(noise):
    marlin.firmware(noise)
    marlin.place_in(noise)
    marlin.known_in(noise)
    marlin.introduction(noise)
