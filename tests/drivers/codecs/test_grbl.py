"""Grbl's lines: what it says is understood, and nonsense is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import grbl
from drivers.codecs.lines import Lines
from drivers.codecs.machine import Known
from drivers.contract import Cause, DriverError


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ok", grbl.Ok()),
        ("error:9", grbl.Refused(9)),
        ("ALARM:3", grbl.Alarm(3)),
        ("Grbl 1.1h ['$' for help]", grbl.Banner(1.1, "Grbl 1.1h")),
        ("GrblHAL 1.1f ['$' or '$HELP' for help]", grbl.Banner(1.1, "Grbl 1.1f")),
        ("Grbl 3.7 [FluidNC v3.7.12 (wifi) '$' for help]", grbl.Banner(3.7, "Grbl 3.7")),
        ("$110=500.000", grbl.Setting(110, 500.0)),
        ("<Idle|MPos:1.500,-2.000,0.000|FS:0,0>", grbl.Status("Idle", (1.5, -2.0, 0.0), 0.0)),
        ("<Hold:0|WPos:1.0,2.0,3.0|F:48>", grbl.Status("Hold", (1.0, 2.0, 3.0), 48.0)),
        ("<Idle|MPos:1.0,2.0,3.0,4.5|FS:0,0>", grbl.Status("Idle", (1.0, 2.0, 3.0, 4.5))),
        ("<Idle|FS:0,0>", grbl.Status("Idle")),
        ("<Idle|MPos:1.5,x>", None),
        ("[MSG:Caution: Unlocked]", None),
        ("$N0=G54", None),
        ("", None),
    ],
)
def test_what_the_board_says(line, said):
    assert grbl.parse(line) == said


@given(st.text(max_size=80))
def test_nonsense_never_hurts(line):
    grbl.parse(line)
    grbl.parse(f"<{line}>")


def test_standing_is_told_from_turning_and_from_trouble():
    assert grbl.stands_in(b"<Jog|MPos:0,0,0|FS:1,0>\r\n") is None
    assert grbl.stands_in(b"<Jog|FS:1,0>\r\n<Idle|FS:0,0>\r\n") == grbl.Status("Idle")
    with pytest.raises(DriverError) as raised:
        grbl.stands_in(b"<Door:0|FS:0,0>\r\n")
    assert raised.value.cause is Cause.REFUSED


def test_a_jog_of_several_motors_is_one_line():
    assert grbl.jog({"Y": -0.25, "X": 1.5}, 60.0) == b"$J=G91G21X1.500Y-0.250F60.0\n"
    assert grbl.jog({"A": 360.0}, 0.0) == b"$J=G91G21A360.000F0.1\n"


def test_settings_are_whole_when_ok_was_said():
    assert grbl.settings_in(b"$100=250.000\r\n") is None
    assert grbl.settings_in(b"ok\r\n") is None  # the answer to something before
    known = grbl.settings_in(b"$100=250.000\r\n$111=80\r\nok\r\n")
    assert known.of(grbl.STEPS_PER_MM, "X") == 250.0
    assert known.of(grbl.MOST_MM_PER_MIN, "Y") == 80.0
    assert known.of(grbl.GAIN, "Z") == 0.0
    assert known.homes is None
    told = {100: 250.0, 110: 600.0, 120: 10.0, 22: 1.0}
    assert grbl.Settings(told).known("X") == Known(250.0, 10.0, 10.0)
    assert grbl.Settings(told).homes is True
    assert grbl.Settings({22: 0.0}).homes is False


@given(st.binary(max_size=2000), st.integers(1, 50))
def test_lines_are_the_same_however_they_are_cut(data, size):
    lines, heard = Lines(), []
    for begin in range(0, len(data), size):
        heard += lines.feed(data[begin : begin + size])
    assert heard == list(Lines().feed(data)) or max(map(len, data.splitlines() or [b""])) > 500


def test_a_line_without_end_is_not_kept():
    lines = Lines()
    assert list(lines.feed(b"x" * 100_000)) == []
    assert list(lines.feed(b"y\nok\n"))[-1] == "ok"
    assert len(lines._rest) <= 512
