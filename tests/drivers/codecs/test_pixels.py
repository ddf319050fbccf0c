"""LED strips: frames a board understands, and effects that never strobe."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import pixels
from drivers.contract import (
    Cause,
    DriverError,
    Flash,
    Off,
    Play,
    Rotate,
    SetColor,
    SetLevel,
)


@given(st.integers(1, pixels.MOST_LEDS))
def test_the_head_of_an_adalight_frame_says_how_many_leds(leds):
    frame = pixels.adalight(bytes(3 * leds))
    assert frame[:3] == b"Ada"
    assert frame[3] * 256 + frame[4] == leds - 1
    assert frame[3] ^ frame[4] ^ 0x55 == frame[5]
    assert len(frame) == 6 + 3 * leds


@given(st.binary(min_size=3, max_size=3000))
def test_a_tpm2_frame_says_how_many_bytes(shown):
    frame = pixels.tpm2(shown)
    assert (frame[:2], frame[-1:]) == (b"\xc9\xda", b"\x36")
    assert int.from_bytes(frame[2:4], "big") == len(shown)
    assert frame[4:-1] == shown


@pytest.mark.parametrize("order", list(map("".join, itertools.permutations("rgb"))))
def test_the_bytes_stand_as_the_strip_wants_them(order):
    frame = pixels.Strip(2, order).after("strip", SetColor(1, 2, 3), 0.0).frame(0.0)
    assert frame == bytes({"r": 1, "g": 2, "b": 3}[one] for one in order) * 2


def test_what_was_told_last_is_seen_and_what_was_before_comes_back():
    strip = pixels.Strip(1).after("strip", SetColor(9, 9, 9), 1.0)
    strip = strip.after("effect", Play("rainbow"), 2.0)
    assert strip.frame(2.0) == bytes([255, 0, 0])
    assert strip.after("effect", Off(), 3.0).frame(3.0) == bytes([9, 9, 9])
    flashing = strip.after("strip", Flash(1, 7, 7, 7, rate_hz=1.0), 3.0)
    assert flashing.frame(3.1) == bytes([7, 7, 7])
    assert flashing.after("strip", Off(), 4.0).frame(6.0) == bytes([255, 0, 0])


def test_what_it_cannot_do_is_refused():
    strip = pixels.Strip(3)
    for output, instruction in (
        ("strip", Play("rainbow")),
        ("strip", Rotate(1, 1)),
        ("effect", SetLevel(1.0)),
        ("effect", Play("strobe")),
        ("elsewhere", Off()),
    ):
        with pytest.raises(DriverError) as raised:
            strip.after(output, instruction, 0.0)
        assert raised.value.cause is Cause.UNSUPPORTED


@given(
    st.sampled_from([*pixels.EFFECTS]), st.integers(1, 200), st.floats(0, 1e5), st.floats(0, 1e5)
)
def test_an_effect_fits_the_strip_at_every_time_and_off_ends_it(name, leds, began_s, since_s):
    strip = pixels.Strip(leds).after("effect", Play(name), began_s)
    assert len(strip.frame(began_s + since_s)) == 3 * leds
    assert strip.moves
    assert strip.dark().frame(began_s) == bytes(3 * leds)
    assert not strip.dark().moves


@pytest.mark.parametrize("name", pixels.EFFECTS)
def test_no_led_of_an_effect_flashes_more_than_three_times_a_second(name):
    for place in (0.0, 0.3, 0.77):
        levels = [sum(pixels.EFFECTS[name](place, n / 100)) for n in range(1000)]
        # A flash is a rise by a fifth of full brightness and a fall again.
        flashes, low, rising = 0, levels[0], True
        for level in levels:
            if rising and level > low + 153:
                flashes, rising, low = flashes + 1, False, level
            elif not rising and level < low - 153:
                rising, low = True, level
            low = min(low, level) if rising else max(low, level)
        assert flashes / 10 <= 3


@pytest.mark.parametrize("name", pixels.EFFECTS)
def test_an_effect_is_seen_and_changes(name):
    strip = pixels.Strip(60).after("effect", Play(name), 0.0)
    assert len({strip.frame(n / 10) for n in range(1, 9)}) == 8
