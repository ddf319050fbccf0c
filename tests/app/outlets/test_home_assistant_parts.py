"""Devices in the words of Home Assistant, and what it may ask of them."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actions.pulse import PulseOutput
from app.outlets import home_assistant_talk as talk
from app.outlets.home_assistant_model import HIDDEN, Device, Output, Own, Tree, slug
from app.outlets.home_assistant_parts import (
    Announcing,
    about_device,
    announcement,
    own_parts,
    parts_of,
)
from drivers.contract import (
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

TREE = Tree("ab12")
TO = Announcing(TREE, operate=True, version="1.0")
LAMP = Output("lamp", "Lamp", Kind.LIGHT, Hazard.LIGHT)


def only(output, to=TO):
    """Return the part for the output of a device that has no other."""
    return parts_of(Device("d1", "Desk", (output,)), to)[0]


# Wording as in home-assistant.io/integrations/mqtt, "Device discovery payload", and light.mqtt,
# "JSON schema"; Home Assistant 2024.3.3 itself was shown these entities and operated them.
GOLDEN = {
    "device": {
        "identifiers": ["giftwire_ab12.d1"],
        "name": "Đèn bàn",
        "manufacturer": "Giftwire",
        "via_device": "giftwire_ab12",
        "model": "WLED",
        "sw_version": "0.15",
    },
    "availability": [{"topic": "giftwire/ab12/status"}, {"topic": "giftwire/ab12/d1/status"}],
    "availability_mode": "all",
    "origin": {"name": "Giftwire", "sw_version": "1.0"},
    "components": {
        "sensor.old": {"platform": "sensor"},
        "light.lamp": {
            "platform": "light",
            "name": None,
            "unique_id": "giftwire_ab12.d1.lamp",
            "command_topic": "giftwire/ab12/d1/lamp/set",
            "state_topic": "giftwire/ab12/d1/lamp/state",
            "schema": "json",
            "supported_color_modes": ["rgb"],
            "brightness": True,
        },
        "problem": {
            "platform": "binary_sensor",
            "unique_id": "giftwire_ab12.d1.problem",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "state_topic": "giftwire/ab12/d1/problem",
        },
    },
}


def test_a_device_is_announced_as_documented():
    device = Device("d1", "Đèn bàn", (LAMP,), model="WLED", firmware="0.15")
    said = announcement(
        about_device(device, TO), parts_of(device, TO), TO, {"sensor.old": "sensor"}
    )
    assert json.loads(said) == GOLDEN
    assert TREE.config("d1") == "homeassistant/device/giftwire_ab12_d1/config"


KINDS = {
    Kind.SWITCH: ("switch", "binary_sensor"),
    Kind.LEVEL: ("number", "sensor"),
    Kind.LIGHT: ("light", "binary_sensor"),
    Kind.MOTOR: ("number", "binary_sensor"),
    Kind.PULSE: ("button", "binary_sensor"),
    Kind.EFFECT: ("switch", "binary_sensor"),
    Kind.POSITION: ("number", "sensor"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_entity_to_operate_and_to_watch(kind):
    operated, watched = KINDS[kind]
    output = Output("x", "X", kind, effects=("a",))
    assert only(output).platform == operated
    assert "command_topic" in only(output).setup
    part = only(output, Announcing(TREE))
    assert part.platform == watched
    assert "command_topic" not in part.setup
    assert part.topic
    assert part.text


def test_lights_of_one_colour_and_effects_of_many_have_their_own():
    dimmed = only(Output("x", "X", Kind.LEVEL, Hazard.LIGHT))
    assert (dimmed.platform, dimmed.setup["supported_color_modes"]) == ("light", ["brightness"])
    bulb = only(Output("x", "X", Kind.SWITCH, Hazard.LIGHT))
    assert (bulb.platform, bulb.setup["supported_color_modes"]) == ("light", ["onoff"])
    shows = only(Output("x", "X", Kind.EFFECT, effects=("storm", "off", "rain")))
    assert (shows.platform, shows.setup["options"]) == ("select", ["off", "storm", "rain"])


@pytest.mark.parametrize("hazard", sorted(HIDDEN))
@pytest.mark.parametrize("operate", [True, False])
def test_what_is_for_the_body_is_not_shown_at_all(hazard, operate):
    to = Announcing(TREE, operate=operate)
    toy = Output("toy", "Toy", Kind.LEVEL, hazard, values={"battery": 80})
    assert not parts_of(Device("d1", "Desk", (toy,)), to)
    beside = parts_of(Device("d1", "Desk", (toy, LAMP)), to)
    assert "toy" not in announcement({}, beside, to, {})


def test_sensors_tell_with_unit_and_class():
    air = Output("air", "Air", Kind.SENSOR, values={"temperature": 21.456, "humidity": math.nan})
    found = {part.key: part for part in parts_of(Device("d1", "Desk", (air,)), TO)}
    warm, damp = found["sensor.air.temperature"], found["sensor.air.humidity"]
    assert (warm.text, warm.setup["unit_of_measurement"]) == ("21.456", "°C")
    assert (warm.setup["device_class"], warm.setup["name"]) == ("temperature", "Air: Temperature")
    assert damp.text == "None"
    plug = Output("p", "Socket power (W)", Kind.SENSOR, values={"value": 12.0})
    (power, _) = parts_of(Device("d1", "Desk", (plug,)), TO)
    assert (power.setup["name"], power.setup["unit_of_measurement"]) == ("Socket power", "W")
    # What an output does is told by its entity, not once more as a number.
    motor = Output("m", "M", Kind.MOTOR, values={"rounds_left": 3, "rpm": 20})
    keys = [part.key for part in parts_of(Device("d1", "Desk", (motor,)), TO)]
    assert keys == ["number.m", "turning.m", "sensor.m.rpm", "problem"]


def test_ids_differ_whatever_outputs_are_called():
    names = ("a", "a b", "a_b", "a/b", "a+", "đèn", "a.b")
    outputs = tuple(
        Output(name, name, Kind.SENSOR, values={"value": 1.0, "b": 2.0}) for name in names
    )
    parts = parts_of(Device("d1", "Desk", outputs), TO)
    assert len({part.key for part in parts}) == len(parts)
    assert len({part.setup["unique_id"] for part in parts}) == len(parts)
    assert len({part.topic for part in parts}) == len(parts)
    assert not [part.topic for part in parts if set(part.topic) & set("+# .")]
    assert slug("relay1") == "relay1"


def test_giftwire_itself_has_stop_and_speaks_the_users_language():
    to = Announcing(TREE, language="vi")
    found = {part.key: part for part in own_parts(Own(stopped=True, gifts=3), to)}
    assert found["stop"].setup["command_topic"] == "giftwire/ab12/stop"
    assert found["stop"].setup["name"] == "DỪNG HẾT"
    assert (found["stopped"].text, found["gifts"].text, found["last_gift"].text) == ("ON", "3", "")


LIT = {"state": "ON", "brightness": 51, "color": {"r": 1, "g": 2, "b": 3}, "color_mode": "rgb"}


@pytest.mark.parametrize(
    ("output", "doing", "told"),
    [
        (Output("x", "X", Kind.LEVEL), SetLevel(0.426), "43"),
        (Output("x", "X", Kind.LEVEL), None, "0"),
        (Output("x", "X", Kind.POSITION), MoveTo(0.5), "50"),
        (Output("x", "X", Kind.MOTOR), Rotate(2.5, 60), "2.5"),
        (Output("x", "X", Kind.MOTOR), Run(60), "0"),
        (Output("x", "X", Kind.SWITCH), Switch(on=True), "ON"),
        (Output("x", "X", Kind.EFFECT, effects=("a", "b")), Play("b"), "b"),
        (Output("x", "X", Kind.EFFECT, effects=("a", "b")), None, "off"),
        (LAMP, SetColor(1, 2, 3, 0.2), LIT),
        (LAMP, None, {"state": "OFF"}),
        (
            Output("x", "X", Kind.LEVEL, Hazard.LIGHT),
            SetLevel(0.001),
            {"state": "ON", "brightness": 1, "color_mode": "brightness"},
        ),
    ],
)
def test_what_an_output_does_is_told(output, doing, told):
    text = only(replace(output, doing=doing)).text
    assert (json.loads(text) if isinstance(told, dict) else text) == told


def light(**said):
    return json.dumps({"state": "ON", **said})


RED = SetColor(255, 0, 0, 0.5)
BRIGHT = {"brightness": 255}


@pytest.mark.parametrize(
    ("output", "text", "wish"),
    [
        (Output("x", "X", Kind.SWITCH), "ON", Switch(on=True)),
        (Output("x", "X", Kind.SWITCH), "OFF", Off()),
        (Output("x", "X", Kind.SWITCH), "on", None),
        (Output("x", "X", Kind.SWITCH, Hazard.LIGHT), light(), Switch(on=True)),
        (Output("x", "X", Kind.LEVEL), "40", SetLevel(0.4)),
        (Output("x", "X", Kind.LEVEL, most_level=0.3), "400", SetLevel(0.3)),
        (Output("x", "X", Kind.LEVEL), "0", Off()),
        (Output("x", "X", Kind.LEVEL), "nan", None),
        (Output("x", "X", Kind.LEVEL, Hazard.LIGHT), light(brightness=0), Off()),
        (Output("x", "X", Kind.POSITION), "50", MoveTo(0.5)),
        (Output("x", "X", Kind.MOTOR, most_rounds=5, most_rpm=30), "99", Rotate(5, 30)),
        (Output("x", "X", Kind.MOTOR), "-1", Off()),
        (Output("x", "X", Kind.PULSE), "PRESS", Pulse()),
        (Output("x", "X", Kind.PULSE), "", None),
        (Output("x", "X", Kind.EFFECT, effects=("a", "b")), "b", Play("b")),
        (Output("x", "X", Kind.EFFECT, effects=("a", "b")), "c", None),
        (Output("x", "X", Kind.EFFECT, effects=("a",)), "ON", Play("a")),
        (Output("x", "X", Kind.SENSOR), "ON", None),
        (LAMP, light(), RED),
        (LAMP, light(**BRIGHT), SetColor(255, 0, 0, 1.0)),
        (LAMP, light(color={"r": 0, "g": 999, "b": "x"}), SetColor(0, 255, 0, 0.5)),
        (LAMP, light(flash=2), Flash(4, 255, 0, 0, 2.0)),
        (LAMP, json.dumps({"state": "OFF"}), Off()),
        (LAMP, "[]", None),
        (LAMP, '{"state": 1}', None),
    ],
)
def test_what_it_asks_is_understood_or_nothing(output, text, wish):
    found = talk.asked(output, text, RED)
    assert (found and found[0]) == wish


@given(text=st.text() | st.builds(json.dumps, st.dictionaries(st.text(), st.integers())))
def test_no_text_does_harm(text):
    for kind in Kind:
        for before in ("", '{"state": "ON", "brightness": '):
            talk.asked(Output("x", "X", kind, effects=("a", "b")), before + text)


def test_a_shot_is_as_long_as_that_of_a_rule_that_says_nothing_else():
    assert str(talk.PULSE_S) == PulseOutput.model_fields["seconds"].default.text
    assert talk.asked(Output("x", "X", Kind.PULSE), "PRESS")[1] == talk.PULSE_S


def test_our_topics_are_ours_and_no_others():
    ours = ("giftwire/ab12/stop", "giftwire/ab12/d1/lamp/set", TREE.config("d1"), TREE.config())
    assert all(TREE.owns(topic) for topic in ours)
    others = ("giftwire/ab123/stop", "homeassistant/status", "giftwire", "giftwire-safe")
    assert not any(TREE.owns(topic) for topic in others)
