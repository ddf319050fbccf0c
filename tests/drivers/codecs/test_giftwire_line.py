"""The line protocol's codec: golden bytes, round trips, and whatever noise a cable brings."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.verbs import instruction_from
from drivers.codecs import giftwire_line as line
from drivers.codecs.giftwire_outputs import capability_of
from drivers.contract import Hazard, Kind, QueuePolicy, Rotate, SetColor
from tests.fakes.firmware.board import crc

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "giftwire_line.toml"
CASES = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["line"]
_text = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=120)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_golden_lines(case):
    ((verb, args),) = case["instruction"].items()
    number = case["text"].split()[0]
    words = line.encode(
        case["output"], instruction_from(verb, args), round(case["duration_s"] * 1000)
    )
    assert line.frame(f"{number} {words}", summed=False) == f"{case['text']}\n".encode()
    assert (
        line.frame(f"{number} {words}", summed=True) == f"{case['text']}*{case['sum']}\n".encode()
    )


def test_the_checksum_is_the_well_known_one():
    assert line.checksum(b"123456789") == 0x29B1 == crc(b"123456789")


@given(st.binary(max_size=200))
def test_the_checksum_agrees_with_the_slow_one(data):
    assert line.checksum(data) == crc(data)


@given(st.lists(_text, max_size=20), st.booleans(), st.data())
def test_lines_come_back_whole_however_the_bytes_are_cut(texts, summed, data):
    texts = [text.strip() for text in texts]
    texts = [text for text in texts if text and (summed or "*" not in text)]
    stream = b"".join(line.frame(text, summed=summed) for text in texts)
    reader = line.LineReader()
    reader.summed = summed
    got: list[str] = []
    at = 0
    while at < len(stream):
        size = data.draw(st.integers(1, 40))
        got += reader.feed(stream[at : at + size])
        at += size
    assert got == texts
    assert reader.bad == 0


@given(st.lists(st.binary(max_size=300), max_size=30), st.booleans())
def test_noise_never_raises_and_never_hides_the_next_good_line(chunks, summed):
    reader = line.LineReader()
    reader.summed = summed
    for chunk in chunks:
        for text in reader.feed(chunk):
            line.parse(text)
    good = line.frame("OK 7", summed=True)
    assert line.Ok(7) in [line.parse(text) for text in reader.feed(b"\n" + good)]


@given(st.integers(0, 31), st.integers(1, 255))
def test_one_damaged_byte_is_always_noticed(place, change):
    raw = bytearray(line.frame("STATE motor rpm=60 left=9.5", summed=True))
    place %= len(raw) - 1
    raw[place] ^= change
    reader = line.LineReader()
    reader.summed = True
    assert "STATE motor rpm=60 left=9.5" not in reader.feed(bytes(raw))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    line.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BOOT fw=1.2", line.Boot("1.2")),
        ("BOOT", line.Boot("")),
        (
            "HELLO v=1 board=uno fw=1.0 sum=1 lease=3000 outputs=3",
            line.Hello(1, "uno", "1.0", True, 3000, 3),
        ),
        ("OK 5", line.Ok(5)),
        ("OK 5 again", line.Ok(5, again=True)),
        ("ERR 5 range", line.Err(5, "range")),
        ("SAFE 9", line.Safe(9)),
        ("SAFE", line.Safe(0)),
        ("DONE 5 lease", line.Done(5, "lease")),
        ("PRESSED", line.Pressed()),
        ("LEASE", line.Lapsed()),
        (
            "STATE motor rpm=-60 left=1.5 odd=x inf=inf",
            line.State("motor", {"rpm": -60, "rounds_left": 1.5}),
        ),
        ("HELLO v=x lease=1 outputs=1", line.Unknown("HELLO v=x lease=1 outputs=1")),
        ("OK", line.Unknown("OK")),
        ("OK -1", line.Unknown("OK -1")),
        ("OUTPUT", line.Unknown("OUTPUT")),
        ("WEATHER sunny", line.Unknown("WEATHER sunny")),
    ],
)
def test_what_a_board_says_is_understood(text, said):
    assert line.parse(text) == said


def test_an_output_becomes_a_capability():
    said = line.parse("OUTPUT m1 kind=motor hazard=none rpm=80 rounds=50 on=9000 title=Big motor")
    assert isinstance(said, line.Output)
    capability = capability_of(said)
    assert (capability.id, capability.kind, capability.title) == ("m1", Kind.MOTOR, "Big motor")
    assert capability.hazard is Hazard.MOTION  # a motor is never harmless
    assert (
        capability.limits.max_rpm,
        capability.limits.max_rounds,
        capability.limits.max_on_s,
    ) == (80, 50, 9)


def test_outputs_of_newer_boards_are_left_out():
    assert capability_of(line.Output("x", "teleporter")) is None
    assert capability_of(line.Output("x", "light", "radioactive")) is None
    light = capability_of(line.Output("x", "light"))
    assert (light.hazard, light.policy, light.limits.max_rpm) == (
        Hazard.LIGHT,
        QueuePolicy.LATEST,
        math.inf,
    )


@given(st.floats(0.001, 1e5), st.floats(0.001, 1e4), st.booleans())
def test_numbers_are_written_without_exponents(rounds, rpm, reverse):
    words = line.encode("m", Rotate(rounds, rpm, reverse), 1000).split()
    assert float(words[2].removeprefix("rounds=")) == pytest.approx(rounds, abs=0.0006)
    assert "e" not in words[2].removeprefix("rounds=")


@given(st.integers(-500, 500), st.floats(0.001, 3))
def test_colours_stay_two_digits(channel, level):
    words = line.encode("l", SetColor(channel, channel, channel, level), 1)
    assert len(words.split()[2]) == len("rgb=000000")


def test_what_is_no_line_is_refused():
    for wrong in ("two\nlines", "x" * 200):
        with pytest.raises(ValueError, match="not a line"):
            line.frame(wrong, summed=True)
    assert line.frame("é", summed=False) == b"?\n"
