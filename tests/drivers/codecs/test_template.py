"""Commands somebody wrote: every one that is accepted can be filled in, whatever is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from drivers.codecs.template import GAPS, RUN_GAPS, Command, command, values_of
from drivers.codecs.template_settings import is_request, request_of
from drivers.contract import (
    DriverError,
    Instruction,
    Kind,
    MoveTo,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)

ALL = frozenset().union(*GAPS.values())
NUMBERS = st.floats(0, 1e12) | st.sampled_from([0.0, 0.5, 1.0])
LEVELS = st.floats(0, 1)
BYTES = st.integers(0, 255)
INSTRUCTIONS: st.SearchStrategy[Instruction] = st.one_of(
    st.just(Switch(on=True)),
    st.just(Pulse()),
    st.builds(SetLevel, LEVELS),
    st.builds(SetColor, BYTES, BYTES, BYTES, LEVELS),
    st.builds(Rotate, NUMBERS, NUMBERS, st.booleans()),
    st.builds(Run, NUMBERS, st.booleans()),
)


def text(written: str, values: dict[str, float], **more: str) -> str:
    return command(written, hexadecimal=False, gaps=ALL, **more).filled(values).decode()


def octets(written: str, values: dict[str, float]) -> str:
    return command(written, hexadecimal=True, gaps=ALL).filled(values).hex(" ")


HALF = values_of(SetLevel(0.5), 1.5)
ORANGE = values_of(SetColor(255, 128, 0), 2.0)
TURN = values_of(Rotate(2.5, 30.0, reverse=True), 300.0)


@pytest.mark.parametrize(
    ("written", "values", "made"),
    [
        ("P {level}", HALF, "P 50"),
        ("P {level:1023}", HALF, "P 512"),
        ("P {level:255:4}", HALF, "P 0128"),
        ("T {ms} {s}", HALF, "T 1500 1.5"),
        ("#{color} {red} {green:100} {blue}", ORANGE, "#FF8000 255 50 0"),
        ("{rounds} {rounds:200} {sign}{rpm} {direction}", TURN, "2.5 500 -30 1"),
        ('{"on": true, "bri": {level:255}}', HALF, '{"on": true, "bri": 128}'),
        ("a\\tb\\\\c\\x41", {}, "a\tb\\cA"),
    ],
)
def test_text_is_filled_in(written, values, made):
    assert text(written, values) == made


@pytest.mark.parametrize(
    ("written", "values", "made"),
    [
        ("A0 {level} {sum}", HALF, "a0 80 20"),
        ("{level:1000}", HALF, "01 f4"),
        ("{level:1000:2}{level:1000:4}", HALF, "01 f4 00 00 01 f4"),
        ("{ms} {ms:0.1:1}", HALF, "05 dc 96"),
        ("{color}{xor}", ORANGE, "ff 80 00 7f"),
        ("{rounds:200:2le} {direction}", TURN, "f4 01 01"),
        ("{ms:1:1}", TURN, "ff"),
    ],
)
def test_bytes_are_filled_in(written, values, made):
    assert octets(written, values) == made


@pytest.mark.parametrize(
    ("ending", "wanted"), [("lf", "x\n"), ("crlf", "x\r\n"), ("cr", "x\r"), ("none", "x")]
)
def test_a_line_has_its_end_and_nothing_has_none(ending, wanted):
    assert text("x", {}, ending=ending) == wanted
    assert text("", {}, ending=ending) == ""


@pytest.mark.parametrize("written", ["{nothing}", "{rounds}", "{sum}"])
def test_a_gap_of_no_sense_is_told(written):
    with pytest.raises(PydanticCustomError, match=r"means nothing here.* level ms s"):
        command(written, hexadecimal=False, gaps=GAPS[Kind.LEVEL])


@given(
    st.lists(
        st.sampled_from(
            [f"{{{name}{more}}}" for name in ALL for more in ("", ":7", ":1:8", ":9:3le")]
        )
        | st.text(st.characters(codec="utf-8", exclude_characters="{}\\"), max_size=5),
        max_size=6,
    ),
    INSTRUCTIONS,
    st.none() | NUMBERS,
)
def test_what_is_accepted_can_be_filled_in_whatever_is_asked(parts, instruction, duration_s):
    made = command("".join(parts), hexadecimal=False, ending="crlf", gaps=ALL)
    filled = made.filled(values_of(instruction, duration_s))
    assert filled.endswith(b"\r\n") or not made.parts


@given(
    st.lists(
        st.sampled_from(
            [f"{{{name}{more}}}" for name in ALL - {"sign"} for more in ("", ":7", ":1:8")]
        )
        | st.binary(max_size=3).map(bytes.hex)
        | st.sampled_from(["{sum}", "{xor}", "{crc16}", " "]),
        max_size=6,
    ),
    INSTRUCTIONS,
    st.none() | NUMBERS,
)
def test_hex_always_has_the_same_length(parts, instruction, duration_s):
    made: Command = command("".join(parts), hexadecimal=True, gaps=ALL)
    assert len(made.filled(values_of(instruction, duration_s))) == len(made.filled({}))


def test_turning_until_off_knows_no_rounds_and_a_position_is_unknown():
    assert "rounds" not in RUN_GAPS
    with pytest.raises(DriverError):
        values_of(MoveTo(0.5), 1.0)


@pytest.mark.parametrize(
    ("written", "request_made"),
    [
        ("/a?b=1", ("GET", "/a?b=1", b"")),
        ("POST /a x=1 y", ("POST", "/a", b"x=1 y")),
        ("PUT /a", ("PUT", "/a", b"")),
    ],
)
def test_a_request_is_read(written, request_made):
    assert is_request(written)
    assert request_of(written.encode()) == request_made


@pytest.mark.parametrize("written", ["", "a", "POST", "GET a", "http://x/", "/a#b", "TRACE /a"])
def test_what_is_no_request_is_told(written):
    assert not is_request(written)
