"""What devices tell a broker of themselves: who is offered, and who is not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import mqtt_found
from drivers.codecs.mqtt_found import ANNOUNCED, SHELLY, TASMOTA, WLED, ZIGBEE

TASMOTA_SAID = {
    "ip": "192.168.1.40",
    "dn": "Desk  plug\n",
    "fn": ["Desk plug", None],
    "hn": "tasmota-A1B2C3-1234",
    "mac": "A0B1C2A1B2C3",
    "md": "Sonoff Basic",
    "t": "tasmota_A1B2C3",
    "ft": "%prefix%/%topic%/",
    "tp": ["cmnd", "stat", "tele"],
    "rl": [1, 0, 0, 0],
}
TASMOTA_AT = "tasmota/discovery/A0B1C2A1B2C3/config"


def tasmota(**more):
    return {TASMOTA_AT: json.dumps({**TASMOTA_SAID, **more})}


def shown(seen):
    return [(one.title, one.detail, one.settings) for one in seen]


def test_a_tasmota_is_offered_by_its_own_name_and_topic():
    (one,) = mqtt_found.tasmota(tasmota())
    assert (one.title, one.detail) == ("Desk plug", "Sonoff Basic")
    assert one.settings == {"topic": "tasmota_A1B2C3"}


def test_a_tasmota_with_another_full_topic_tells_it():
    (one,) = mqtt_found.tasmota(tasmota(ft="home/%topic%/%prefix%/"))
    assert one.settings["full_topic"] == "home/%topic%/%prefix%/"


@pytest.mark.parametrize(
    "more",
    [{"t": "a/#"}, {"t": None}, {"ft": "no prefix"}, {"tp": ["c", "s", "t"]}, {"t": "x" * 201}],
)
def test_a_tasmota_that_could_not_be_reached_is_not_offered(more):
    assert mqtt_found.tasmota(tasmota(**more)) == []


def test_a_tasmota_whose_last_will_speaks_is_gone():
    heard = {**tasmota(), "tele/tasmota_A1B2C3/LWT": "Offline"}
    assert mqtt_found.tasmota(heard) == []
    assert mqtt_found.tasmota({**heard, "tele/tasmota_A1B2C3/LWT": "Online"})


def test_shellys_of_both_generations_are_told_apart():
    heard = {
        "shellies/announce": json.dumps({"id": "shelly1-B929CC", "model": "SHSW-1"}),
        "shellies/shelly1-B929CC/online": "true",
        "shellyplus1-a8032ab12345/online": "true",
        "fan/announce": json.dumps({"id": "shellyplus2-1", "gen": 2, "model": "X", "name": "Fan"}),
    }
    assert shown(mqtt_found.shelly(heard)) == [
        ("shelly1-B929CC", "SHSW-1", {"topic": "shellies/shelly1-B929CC", "generation": "1"}),
        ("shellyplus1-a8032ab12345", "Shelly",
         {"topic": "shellyplus1-a8032ab12345", "generation": "2"}),
        ("Fan", "X", {"topic": "fan", "generation": "2"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heard",
    [
        {"lamp/online": "true"},
        {"shellyplus1-a8032ab12345/online": "false"},
        {"door/announce": '{"id": "door"}'},
        {"shellies/announce": '{"id": "shelly1-1"}', "shellies/shelly1-1/online": "false"},
        {"shellies/announce": "[1]"},
    ],
)
def test_who_only_looks_like_a_shelly_or_is_gone_is_not_offered(heard):
    assert mqtt_found.shelly(heard) == []


PLUG = {
    "friendly_name": "fan",
    "definition": {
        "vendor": "IKEA",
        "model": "E1603",
        "exposes": [
            {
                "type": "switch",
                "features": [
                    {"type": "binary", "name": "state", "property": "state", "access": 7,
                     "value_on": "ON", "value_off": "OFF"},
                ],
            }
        ],
    },
}  # fmt: skip


def test_zigbee_devices_that_switch_are_offered_and_remotes_are_not():
    remote = {"friendly_name": "remote", "definition": {"exposes": []}}
    heard = {"zigbee2mqtt/bridge/devices": json.dumps([{"type": "Coordinator"}, PLUG, remote, 7])}
    assert shown(mqtt_found.zigbee(heard)) == [("fan", "IKEA E1603", {"name": "fan"})]
    heard = {"second/bridge/devices": json.dumps([PLUG])}
    assert mqtt_found.zigbee(heard)[0].settings == {"name": "fan", "base": "second"}


def announced(**more):
    said = {
        "name": "Relay",
        "cmd_t": "desk/switch/relay/command",
        "stat_t": "desk/switch/relay/state",
        "dev": {"name": "Desk", "mdl": "esp32dev", "sw": "esphome v2025.1"},
        **more,
    }
    return {"homeassistant/switch/desk/relay/config": json.dumps(said)}


def test_what_announces_itself_is_offered_by_its_node():
    assert shown(mqtt_found.announced(announced())) == [
        ("Desk", "esp32dev esphome v2025.1", {"node": "desk"})
    ]


def test_what_has_a_driver_of_its_own_is_not_offered_twice():
    assert mqtt_found.announced(announced(o={"name": "Zigbee2MQTT"})) == []
    assert mqtt_found.announced(announced(dev={"name": "x", "mf": "Tasmota"})) == []
    assert mqtt_found.announced(announced(o={"name": "Giftwire", "sw": "0.1.0"})) == []


def test_sensors_alone_are_no_device():
    said = json.dumps({"stat_t": "desk/sensor/t/state"})
    assert mqtt_found.announced({"homeassistant/sensor/desk/t/config": said}) == []


def test_a_wled_that_is_there_is_offered():
    heard = {"wled/a1b2c3/status": "online", "wled/dead/status": "offline"}
    assert shown(mqtt_found.wled(heard)) == [("a1b2c3", "wled/a1b2c3", {"topic": "wled/a1b2c3"})]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)
_keys = st.sampled_from(["t", "ft", "tp", "id", "gen", "name", "dn", "friendly_name", "definition"])
_topics = st.sampled_from(
    [
        TASMOTA_AT,
        "shellies/announce",
        "a/announce",
        "zigbee2mqtt/bridge/devices",
        "homeassistant/switch/desk/relay/config",
        "homeassistant/device/desk/config",
        "wled/x/status",
    ]
)


@given(st.dictionaries(_topics, _json | st.dictionaries(_keys, _json), max_size=4))
def test_whatever_anybody_says_nothing_breaks(said):
    heard = {topic: json.dumps(text) for topic, text in said.items()}
    for family in (TASMOTA, SHELLY, ZIGBEE, ANNOUNCED, WLED):
        for one in family.read(heard):
            assert one.title
            assert len(one.title) <= 80
