"""What devices may do at a broker: their own topics and no others, and what to enter in which menu."""

import pytest

from app.broker import filters
from drivers.mqtt_esphome import EspHomeSettings
from drivers.mqtt_generic import MqttGeneric
from drivers.mqtt_shelly import MqttShelly, ShellySettings
from drivers.mqtt_tasmota import TasmotaSettings
from drivers.mqtt_thingsboard import MqttThingsBoard
from drivers.mqtt_wled import MqttWledSettings
from drivers.mqtt_zigbee2mqtt import ZigbeeSettings

# What each really subscribes and publishes (sources: as in the drivers), and what is others'.
CASES = {
    "tasmota": (
        TasmotaSettings(topic="plug"),
        ["cmnd/plug/#", "cmnd/tasmotas/#"],
        ["tele/plug/LWT", "stat/plug/RESULT", "tasmota/discovery/A0B1C2A1B2C3/config"],
        ["cmnd/lamp/POWER", "stat/lamp/POWER", "homeassistant/switch/x/config"],
    ),
    "shelly": (
        ShellySettings(topic="shellyplus1-a"),
        ["shellyplus1-a/rpc", "shellyplus1-a/command", "shellies/command"],
        ["shellyplus1-a/online", "shellyplus1-a/status/switch:0", "shellies/announce"],
        ["shellyplus1-b/rpc", "shellies/command"],
    ),
    "old shelly": (
        ShellySettings(topic="shellies/shelly1-B9", generation="1"),
        ["shellies/command", "shellies/shelly1-B9/relay/0/command", "shellies/shelly1-B9/command"],
        ["shellies/shelly1-B9/online", "shellies/announce"],
        ["shellies/command", "shellies/shelly1-C1/relay/0/command"],
    ),
    "zigbee": (
        ZigbeeSettings(name="fan"),
        ["zigbee2mqtt/#", "homeassistant/status"],
        ["zigbee2mqtt/bridge/state", "homeassistant/switch/0x1/switch/config"],
        ["cmnd/plug/POWER", "other/fan/set"],
    ),
    "esphome": (
        EspHomeSettings(node="desk"),
        ["desk/switch/relay/command"],
        ["desk/status", "homeassistant/switch/desk/relay/config", "desk/debug"],
        ["lamp/switch/relay/command", "homeassistant/switch/lamp/relay/config"],
    ),
    "esphome below another topic": (
        EspHomeSettings(node="desk", below="home/desk"),
        ["home/desk/switch/relay/command"],
        ["home/desk/status", "homeassistant/switch/desk/relay/config"],
        ["desk/status"],
    ),
    "wled": (
        MqttWledSettings(topic="wled/a1"),
        ["wled/a1", "wled/a1/col", "wled/a1/api", "wled/all"],
        ["wled/a1/status", "wled/a1/g", "wled/a1/v"],
        ["wled/b2/status", "wled/all"],
    ),
    "thingsboard": (
        MqttThingsBoard.settings_for(outputs=[{}], prefix="v1/devices/fan"),
        ["v1/devices/fan/rpc/request/+", "v1/devices/fan/attributes"],
        ["v1/devices/fan/telemetry", "v1/devices/fan/rpc/response/7"],
        ["v1/devices/me/telemetry", "v1/devices/fan/rpc/request"],
    ),
    "generic": (
        MqttGeneric.settings_for(
            outputs=[{"topic": "fan/set", "state_topic": "fan/state"}], available_topic="fan/there"
        ),
        ["fan/set"],
        ["fan/state", "fan/there"],
        ["fan/set", "fan/else"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_device_may_do_what_it_does_and_nothing_of_others(name):
    settings, read, write, others = CASES[name]
    at = settings.at_broker()
    for one in read:
        assert filters.any_holds(one, at.read), one
    for one in write:
        assert filters.any_matches(one, at.write), one
    for one in others:
        assert not filters.any_matches(one, at.write), one
    assert not filters.any_holds("#", (*at.read, *at.write))


@pytest.mark.parametrize("name", CASES)
def test_every_menu_asks_for_place_name_and_password(name):
    at = CASES[name][0].at_broker()
    texts = " ".join(text for _, text in at.lines)
    assert all(slot in texts for slot in ("{host}", "{port}", "{user}", "{password}"))
    assert at.where
    assert at.after


def test_devices_behind_one_bridge_are_one_client_and_plugs_are_not():
    assert (
        ZigbeeSettings(name="a").at_broker().client == ZigbeeSettings(name="b").at_broker().client
    )
    assert (
        TasmotaSettings(topic="a").at_broker().client
        != TasmotaSettings(topic="b").at_broker().client
    )


def test_a_shelly_may_answer_whoever_of_us_asks_and_nobody_else():
    settings = ShellySettings(topic="shellyplus1-a")
    driver = MqttShelly(settings, None)
    at = settings.at_broker()
    assert filters.any_matches(driver._rpc.answers, at.write)
    assert not filters.any_matches("giftwire-1/rpc", at.write)
