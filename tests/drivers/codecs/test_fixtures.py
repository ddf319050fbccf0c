"""Lamps on a DMX line: what overlaps or cannot be is told in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from drivers.codecs.fixtures import MAPS, Fixture, LampSettings


def sentence(*fixtures) -> str:
    with pytest.raises(ValidationError) as raised:
        LampSettings.model_validate({"fixtures": fixtures})
    return raised.value.errors()[0]["msg"]


def test_two_lamps_on_one_channel_are_told_with_their_addresses():
    told = sentence({"type": "rgb", "start": 4}, {"type": "rgbw", "start": 1})
    assert told.startswith("The lamp at 1 goes up to channel 4; the one at 4 would answer")
    assert sentence({"start": 7}, {"start": 7}).startswith("The lamp at 7")


def test_what_overlaps_is_told_at_the_list_of_lamps():
    with pytest.raises(ValidationError) as raised:
        LampSettings.model_validate({"fixtures": [{"start": 7}, {"start": 7}]})
    assert raised.value.errors()[0]["loc"] == ("fixtures",)


def test_side_by_side_is_no_overlap():
    settings = LampSettings.model_validate({"fixtures": [{"start": 1}, {"start": 4}]})
    assert settings.reach == 24


def test_a_lamp_beyond_the_end_of_the_line_is_told():
    assert "channel 513" in sentence({"type": "rgb", "start": 511})
    assert LampSettings.model_validate({"fixtures": [{"start": 510}]}).reach == 512


@pytest.mark.parametrize(
    ("channels", "begins"),
    [
        ("", "Say what the channels"),
        ("0 255", "Say what the channels"),
        ("r g x", "Nothing is called “x”"),
        ("r g b 256", "Nothing is called “256”"),
    ],
)
def test_own_channels_that_make_no_sense_are_told(channels, begins):
    assert sentence({"type": "own", "channels": channels}).startswith(begins)


def test_a_line_without_lamps_is_refused():
    with pytest.raises(ValidationError):
        LampSettings.model_validate({"fixtures": []})


def test_what_own_channels_say_of_another_type_does_not_matter():
    assert Fixture(type="rgb", start=1, channels="nonsense").words == ("r", "g", "b")


@given(st.lists(st.tuples(st.sampled_from([*MAPS]), st.integers(1, 512)), min_size=1, max_size=8))
def test_no_channel_ever_belongs_to_two_lamps(placed):
    told = {"fixtures": [{"type": kind, "start": start} for kind, start in placed]}
    wanted = [
        channel
        for kind, start in placed
        for channel in range(start, start + len(MAPS[kind].split()))
    ]
    fits = max(wanted) <= 512 and len(set(wanted)) == len(wanted)
    try:
        settings = LampSettings.model_validate(told)
    except ValidationError:
        assert not fits
    else:
        assert fits
        assert max(wanted) <= settings.reach <= 512
        assert settings.reach % 2 == 0
