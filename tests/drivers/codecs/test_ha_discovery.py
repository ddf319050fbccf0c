"""Home Assistant's discovery: short names, bases, whole devices, templates, and any nonsense."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.ha_discovery import Entity, entities, path_of, presences
from drivers.codecs.ha_outputs import output_of
from drivers.contract import Hazard, Kind, Pulse, SetColor, SetLevel, Switch

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["~", "avty", "avty_t", "bri_scl", "cmd_t", "cmps", "dev", "p", "schema", "sup_clrm", "stat_t",
     "spd_rng_max", "pct_cmd_t", "val_tpl", "name", "brightness", "rgb_cmd_t", "pl_on"]
)  # fmt: skip


def made(component: str, **config):
    return output_of(Entity(component, "x", config), Hazard.MAINS)


def test_short_names_and_bases_are_read_as_long_ones():
    # From Home Assistant's own documentation of the base topic.
    config = {
        "~": "garden",
        "name": "Irrigation",
        "cmd_t": "~/set",
        "stat_t": "~/state",
        "avty": [{"t": "~/here", "pl_avail": "up", "pl_not_avail": "down"}],
        "dev": {"ids": ["a"], "mdl": "Valve 2", "sw": "1.0"},
    }
    (entity,) = entities(
        "homeassistant/switch/irrigation/config", json.dumps(config), "homeassistant"
    )
    assert (entity.component, entity.name) == ("switch", "irrigation")
    assert entity.text("command_topic") == "garden/set"
    assert entity.text("state_topic") == "garden/state"
    assert entity.made_by == "Valve 2 1.0"
    (presence,) = presences(entity)
    assert presence.says("garden/here", "down") is False
    assert presence.says("garden/here", "up") is True
    assert presence.says("garden/here", "?") is None
    assert presence.says("garden", "down") is None


def test_a_whole_device_in_one_message_is_taken_apart():
    config = {
        "dev": {"ids": "ea334450945afc", "mdl": "xya"},
        "o": {"name": "bla2mqtt"},
        "cmps": {
            "some id": {
                "p": "sensor",
                "unit_of_meas": "W",
                "stat_t": "s",
                "val_tpl": "{{ value_json.p }}",
            },
            "relay": {"p": "switch", "cmd_t": "c"},
            "gone": {},
            "odd": 7,
        },
        "avty_t": "here",
    }
    found = entities("homeassistant/device/0AFFD2/config", json.dumps(config), "homeassistant")
    assert [(one.component, one.name) for one in found] == [
        ("sensor", "some_id"),
        ("switch", "relay"),
    ]
    assert [one.topic for one in presences(found[1])] == ["here"]
    sensor = output_of(found[0], Hazard.NONE)
    assert sensor.values("s", '{"p": 3}') == {"value": 3.0}
    assert sensor.values("s", "nonsense") == {}


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("", ""),
        ("{{ value }}", ""),
        ("{{ value_json.a.b }}", "a.b"),
        ("{{value_json['a b'].c|float}}", "a b.c"),
        ("{{ value_json.a + 1 }}", None),
        ("{% if value == 'x' %}ON{% endif %}", None),
    ],
)
def test_only_templates_without_code_are_read(template, path):
    assert path_of(template) == path


@pytest.mark.parametrize(
    ("component", "config", "kind"),
    [
        ("switch", {"command_topic": "c"}, Kind.SWITCH),
        ("switch", {"command_topic": "c", "entity_category": "config"}, None),
        ("switch", {"command_topic": "c", "command_template": "{{ x }}"}, None),
        ("switch", {}, None),
        ("button", {"command_topic": "c"}, Kind.PULSE),
        ("siren", {"command_topic": "c"}, Kind.SWITCH),
        ("fan", {"command_topic": "c", "percentage_command_topic": "p"}, Kind.LEVEL),
        ("light", {"command_topic": "c"}, Kind.SWITCH),
        ("light", {"command_topic": "c", "brightness_command_topic": "b"}, Kind.LEVEL),
        ("light", {"command_topic": "c", "rgb_command_topic": "r"}, Kind.LIGHT),
        ("light", {"command_topic": "c", "schema": "json"}, Kind.SWITCH),
        (
            "light",
            {"command_topic": "c", "schema": "json", "supported_color_modes": ["xy"]},
            Kind.LIGHT,
        ),
        ("light", {"command_topic": "c", "schema": "template"}, None),
        ("lock", {"command_topic": "c"}, None),
        ("cover", {"command_topic": "c"}, None),
    ],
)
def test_what_is_made_of_an_entity(component, config, kind):
    output = made(component, **config)
    assert (output.capability.kind if output else None) == kind


def test_a_lamp_with_a_topic_for_each_thing():
    config = {"command_topic": "c", "rgb_command_topic": "r", "payload_on": "1", "payload_off": "0"}
    lamp = made("light", **config)
    assert lamp.on(SetColor(255, 128, 0, 0.5), 1.0) == (("r", "128,64,0"), ("c", "1"))
    assert lamp.off() == (("c", "0"),)
    dimmed = made("light", **config, brightness_command_topic="b", brightness_scale=100)
    assert dimmed.on(SetColor(255, 128, 0, 0.5), 1.0) == (
        ("r", "255,128,0"),
        ("b", "50"),
        ("c", "1"),
    )


def test_a_siren_is_told_its_length_in_whole_seconds():
    siren = made("siren", command_topic="c")
    assert siren.on(Pulse(), 1.2) == (("c", '{"state":"ON","duration":2}'),)
    assert made("siren", command_topic="c", support_duration=False).on(Switch(on=True), 1.2) == (
        ("c", '{"state":"ON"}'),
    )
    assert siren.off() == (("c", '{"state":"OFF"}'),)


@given(st.sampled_from(["switch", "light", "fan", "siren", "device", "sensor", "button"]), ANYTHING)
def test_any_announcement_is_read_without_harm(component, said):
    read_all(component, json.dumps(said))


@given(
    st.sampled_from(["switch", "light", "fan", "siren", "device", "sensor"]),
    st.dictionaries(KEYS, ANYTHING, max_size=8),
    st.text(),
)
def test_any_configuration_is_read_without_harm(component, said, text):
    read_all(component, json.dumps({"cmd_t": "c", "stat_t": "s", **said}))
    read_all(component, text)


def read_all(component: str, text: str) -> None:
    for entity in entities(f"ha/{component}/x/config", text, "ha"):
        for presence in presences(entity):
            presence.says(presence.topic, text)
        output = output_of(entity, Hazard.MAINS)
        if output is not None:
            output.shows(entity.text("state_topic"), text)
            output.values(entity.text("state_topic"), text)
            output.off()
            if output.capability.kind is Kind.LIGHT:
                output.on(SetLevel(0.5), 1.0)
