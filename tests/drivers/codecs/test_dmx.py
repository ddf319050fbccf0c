"""Scenes of a DMX line: what each channel is at each time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.dmx import Scene
from drivers.codecs.fixtures import MAPS, LampSettings
from drivers.contract import (
    ACCEPTS,
    Cause,
    DriverError,
    Flash,
    Hazard,
    Kind,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)


def scene(*fixtures) -> Scene:
    settings = LampSettings.model_validate({"fixtures": fixtures})
    return Scene(settings.fixtures, settings.reach)


def slots(made: Scene, count: int, now_s: float = 0.0) -> list[int]:
    return list(made.frame(now_s)[:count])


def test_outputs_are_named_by_the_address_and_say_how_they_can_hurt():
    made = scene(
        {"type": "head", "start": 1}, {"type": "fog", "start": 10}, {"type": "relay", "start": 11}
    )
    assert [(one.id, one.title, one.kind, one.hazard) for one in made.capabilities()] == [
        ("lamp1", "Lamp 1", Kind.LIGHT, Hazard.LIGHT),
        ("pan1", "Pan 1", Kind.POSITION, Hazard.MOTION),
        ("tilt1", "Tilt 1", Kind.POSITION, Hazard.MOTION),
        ("fog10", "Fog 10", Kind.PULSE, Hazard.HEAT),
        ("relay11", "Relay 11", Kind.SWITCH, Hazard.MAINS),
    ]


@pytest.mark.parametrize(
    ("fixture", "wanted"),
    [
        ({"type": "rgb"}, [100, 50, 25]),
        ({"type": "rgbw"}, [75, 25, 0, 25]),
        ({"type": "dimmer"}, [100]),
        ({"type": "dimmer_rgb"}, [128, 200, 100, 50]),
        ({"type": "par7"}, [128, 200, 100, 50, 0, 0, 0]),
        ({"type": "head"}, [128, 128, 128, 200, 100, 50]),
        ({"type": "own", "channels": "D w 255 R"}, [128, 50, 255, 150]),
    ],
)
def test_a_colour_on_every_kind_of_lamp(fixture, wanted):
    made = scene({"start": 1, **fixture}).after("lamp1", SetColor(200, 100, 50, 0.5), 0.0)
    assert slots(made, len(wanted)) == wanted


def test_what_stays_the_same_is_sent_only_while_the_lamp_shines():
    dark = scene({"type": "own", "channels": "d 17 pf p"})
    assert slots(dark, 4) == [0, 0, 0, 128]
    lit = dark.after("lamp1", SetLevel(1.0), 0.0)
    assert slots(lit, 4) == [255, 17, 0, 128]
    assert slots(lit.after("lamp1", Off(), 1.0), 4) == [0, 0, 0, 128]


def test_a_flash_is_counted_from_its_own_beginning_and_ends_dark():
    made = scene({"start": 1}, {"start": 4}).after("lamp1", Flash(2, 255, 0, 0, rate_hz=2.0), 10.0)
    # Another lamp in between does not begin it anew.
    made = made.after("lamp4", SetColor(0, 9, 0), 10.6)
    seen = [slots(made, 6, 10.0 + tenths / 100)[0] for tenths in (0, 24, 26, 49, 51, 74, 76, 400)]
    assert seen == [255, 255, 0, 0, 255, 255, 0, 0]
    assert slots(made, 6, 14.0)[4] == 9
    assert made.moves
    assert not made.dark().moves


def test_a_movement_takes_its_time_and_begins_where_the_last_one_was():
    made = scene({"type": "own", "channels": "p pf"}).after("pan1", MoveTo(1.0, 2.0), 0.0)
    assert slots(made, 2, 0.0) == [128, 0]
    assert slots(made, 2, 1.0) == [192, 0]
    made = made.after("pan1", MoveTo(0.0, 1.0), 1.0)
    assert slots(made, 2, 1.0) == [192, 0]
    assert slots(made, 2, 9.0) == [0, 0]
    assert slots(made.after("pan1", Off(), 9.0), 2, 9.0) == [128, 0]


def test_the_end_of_the_way_is_the_highest_value():
    made = scene({"type": "own", "channels": "p pf"}).after("pan1", MoveTo(1.0), 0.0)
    assert slots(made, 2) == [255, 255]


def test_what_an_output_cannot_do_is_refused():
    made = scene({"type": "fog", "start": 3})
    for output, instruction in (("fog3", SetLevel(1)), ("fog1", Pulse()), ("lamp3", Off())):
        with pytest.raises(DriverError) as raised:
            made.after(output, instruction, 0.0)
        assert raised.value.cause is Cause.UNSUPPORTED


any_instruction = st.one_of(
    st.builds(Off),
    st.builds(Switch, st.booleans()),
    st.builds(SetLevel, st.floats(0, 1)),
    st.builds(SetColor, *[st.integers(0, 255)] * 3, st.floats(0, 1)),
    st.builds(Flash, st.integers(1, 9), *[st.integers(0, 255)] * 3, st.floats(0.1, 3)),
    st.builds(Rotate, st.floats(0, 9), st.floats(1, 99)),
    st.builds(Run, st.floats(1, 99)),
    st.builds(Pulse),
    st.builds(Play, st.text(max_size=5)),
    st.builds(MoveTo, st.floats(0, 1), st.floats(0, 9)),
)


@given(
    st.lists(st.sampled_from([*MAPS]), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 20), any_instruction), max_size=12),
    st.floats(0, 1e6),
)
def test_whatever_was_told_every_frame_fits_and_off_ends_all_of_it(kinds, told, now_s):
    made = scene(*({"type": kind, "start": 1 + 8 * n} for n, kind in enumerate(kinds)))
    at_rest = made.frame(0.0)
    outputs = made.capabilities()
    for number, instruction in told:
        output = outputs[number % len(outputs)]
        if isinstance(instruction, ACCEPTS[output.kind]):
            made = made.after(output.id, instruction, now_s)
            assert len(made.frame(now_s + 0.3)) == made.size
    assert made.dark().frame(now_s) == at_rest
    for output in outputs:
        made = made.after(output.id, Off(), now_s)
    assert made.frame(now_s + 1) == at_rest


def test_a_head_goes_back_to_where_it_was_said_to_rest():
    made = scene({"type": "head", "start": 1, "rest_pan": 25, "rest_tilt": 100})
    rests = {one.id: one.rest for one in made.capabilities()}
    assert rests == {"lamp1": None, "pan1": 0.25, "tilt1": 1.0}
    assert slots(made, 2) == [0x40, 0xFF]
    moved = made.after("pan1", MoveTo(0.75, 2.0), 10.0)
    assert slots(moved, 2, 11.0) == [0x80, 0xFF]
    assert slots(moved.after("pan1", Off(), 12.0), 2, 12.0) == [0x40, 0xFF]


def test_the_form_knows_where_the_next_lamp_begins():
    hint = LampSettings.model_json_schema()["properties"]["fixtures"]["next"]
    for kind, takes in hint["takes"].items():
        (fixture,) = scene({"type": kind, "start": 5}).fixtures
        assert fixture.end == 5 + takes - 1
