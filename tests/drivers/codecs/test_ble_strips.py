"""Words of Bluetooth strips: what any strip may be told, and what it may say back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.ble_strips import MODELS, StripScene, is_dark, is_likely, model_of
from drivers.contract import (
    ACCEPTS,
    Cause,
    DriverError,
    Flash,
    Kind,
    Off,
    Rotate,
    SetColor,
    SetLevel,
    Switch,
)

channels = st.integers(0, 255)
LENGTHS = {"elk": 9, "elk07": 9, "melk": 9, "triones": 7, "zengge": 7}


@given(st.sampled_from(MODELS), channels, channels, channels)
def test_a_colour_is_one_frame_that_begins_and_ends_as_it_must(model, red, green, blue):
    frame = model.colour(red, green, blue)
    assert len(frame) == LENGTHS[model.key]
    assert (frame[0], frame[-1]) in ((0x7E, 0xEF), (0x56, 0xAA))
    assert bytes([red, green, blue]) in frame
    assert frame not in (model.on, model.off)


@given(st.binary(max_size=20))
def test_bytes_of_nonsense_say_nothing_of_being_dark(said):
    assert is_dark(said) is None or (len(said) == 12 and said[0] == 0x66)


@pytest.mark.parametrize(
    ("state", "dark"),
    [
        ("66 15 23 41 20 00 FF 00 00 00 06 99", False),
        ("66 15 24 34 20 10 FF 00 00 00 06 99", True),
        ("66 14 24 34 21 10 00 00 FE 00 03 99", True),
        ("66 15 24 34 20 10 FF 00 00 00 06", None),
    ],
)
def test_states_of_the_documents_are_understood(state, dark):
    assert is_dark(bytes.fromhex(state)) is dark


@given(
    st.builds(SetColor, channels, channels, channels, st.floats(0.01, 1))
    | st.builds(SetLevel, st.floats(0.01, 1)),
    st.floats(0, 1e6),
)
def test_what_is_steady_does_not_change(instruction, later_s):
    scene = StripScene().after("light", instruction, 0.0)
    assert not scene.moves
    assert scene.frame(later_s) == scene.frame(0.0)
    assert len(scene.frame(0.0)) == 3
    assert scene.dark().frame(later_s) == b""


@given(st.integers(1, 20), st.floats(0.5, 3.0), st.floats(0, 60))
def test_a_flash_ends_dark_and_off(times, rate_hz, since_s):
    scene = StripScene().after("light", Flash(times, 255, 0, 0, rate_hz), 10.0)
    assert scene.moves
    frame = scene.frame(10.0 + since_s)
    if since_s * rate_hz >= times + 0.001:
        assert frame == b""
    else:
        assert frame in (b"\xff\0\0", b"\0\0\0", b"")
    assert scene.frame(10.0) == b"\xff\0\0"


@pytest.mark.parametrize("off", [Off(), SetLevel(0.0), SetColor(255, 255, 255, 0.0)])
def test_what_means_off_is_off_and_not_black(off):
    shining = StripScene().after("light", SetLevel(1.0), 0.0)
    assert shining.after("light", off, 1.0).frame(1.0) == b""


def test_what_a_strip_cannot_do_is_refused():
    for output, wrong in (("light", Rotate(1, 60)), ("light", Switch(on=True)), ("x", Off())):
        with pytest.raises(DriverError) as raised:
            StripScene().after(output, wrong, 0.0)
        assert raised.value.cause is Cause.UNSUPPORTED
    assert Switch not in ACCEPTS[Kind.LIGHT]


def test_the_model_is_the_wanted_one_or_what_fits():
    assert model_of("auto", {"ffe9", "fff3"}.__contains__, "LEDnet-1").key == "zengge"
    assert model_of("elk", {"ffe9", "fff3"}.__contains__, "LEDnet-1").key == "elk"
    assert model_of("auto", {"fff3"}.__contains__, "ELK-BLEDOM").key == "elk"
    assert model_of("auto", {"fff3"}.__contains__, "MELK-OG10W").key == "elk07"
    assert model_of("melk", {"fff3"}.__contains__, "").key == "melk"
    with pytest.raises(DriverError):
        model_of("auto", lambda _: False, "")


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("ELK-BLEDOM", True),
        ("MELK-OA10", True),
        ("LEDBLE-7A", True),
        ("Mi Band", False),
        ("", False),
    ],
)
def test_names_tell_strips_from_other_things(name, likely):
    assert is_likely(name) is likely
