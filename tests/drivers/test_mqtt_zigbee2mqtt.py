"""Zigbee2MQTT: golden messages heard by mosquitto_sub, exposes, presence of device and bridge."""

from __future__ import annotations

import functools

import pytest

from drivers.codecs.zigbee2mqtt import device_in, outputs_of
from drivers.contract import Ack, Cause, DriverError, Hazard, Kind, Switch
from drivers.mqtt_zigbee2mqtt import MqttZigbee2Mqtt
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes import zigbee2mqtt
from tests.fakes.zigbee2mqtt import Zigbee2Mqtt


def kinds(exposes: list) -> dict[str, Kind]:
    device = {"definition": {"exposes": exposes}}
    made = outputs_of(device, "t", Hazard.MAINS, timed=False)
    return {one.capability.id: one.capability.kind for one in made}


@needs_mosquitto
@pytest.mark.parametrize("case", golden.read("mqtt_zigbee2mqtt"), ids=str)
async def test_golden_messages(tmp_path, case):
    make = functools.partial(Zigbee2Mqtt, exposes=getattr(zigbee2mqtt, case.more["far"]))
    async with opened(tmp_path, MqttZigbee2Mqtt, make, name="desk/plug", **case.settings) as world:
        await judge(world, case)


@pytest.mark.parametrize(
    ("exposes", "found"),
    [
        (zigbee2mqtt.PLUG, {"state": Kind.SWITCH, "power": Kind.SENSOR}),
        (zigbee2mqtt.TWO, {"state_l1": Kind.SWITCH, "state_l2": Kind.SWITCH}),
        (zigbee2mqtt.LAMP, {"state": Kind.LIGHT}),
        (zigbee2mqtt.DIMMER, {"state": Kind.LEVEL}),
        (zigbee2mqtt.SIREN, {"alarm": Kind.SWITCH}),
        ([{"type": "light", "features": [zigbee2mqtt.state()]}], {"state": Kind.SWITCH}),
        ([{"type": "cover", "features": [zigbee2mqtt.state()]}], {}),
        ([1, {}, {"type": "switch"}, {"type": "switch", "features": [1, {"name": "state"}]}], {}),
        ("nonsense", {}),
    ],
)
def test_what_is_exposed_becomes_outputs_and_sensors(exposes, found):
    assert kinds(exposes) == found


@pytest.mark.parametrize("text", ["", "{", "[1]", "{}", '[{"friendly_name":"y"}]', "[" * 9999])
def test_a_list_without_the_device_has_no_device(text):
    assert device_in(text, "x") == {}


@needs_mosquitto
async def test_values_of_sensors_are_told(tmp_path):
    async with opened(tmp_path, MqttZigbee2Mqtt, Zigbee2Mqtt, name="desk/plug") as world:
        assert world.driver.firmware == "Xiaomi ZNCZ02LM"
        await world.driver.check()
        told = [(one.capability, one.name, one.value) for one in world.heard.observations]
        assert ("power", "value", 3.5) in told


@needs_mosquitto
async def test_its_address_names_it_too_and_an_unknown_one_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(tmp_path, MqttZigbee2Mqtt, Zigbee2Mqtt, name="other"):
            raise AssertionError
    assert raised.value.cause is Cause.NOT_FOUND


@needs_mosquitto
async def test_a_device_that_takes_nothing_is_told(tmp_path):
    async with opened(tmp_path, MqttZigbee2Mqtt, Zigbee2Mqtt, name="desk/plug") as world:
        world.far.asleep = True
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("state", Switch(on=True), 9.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert not await world.driver.make_safe()


@needs_mosquitto
async def test_a_device_that_leaves_is_lost_even_with_its_bridge_there(tmp_path):
    async with opened(tmp_path, MqttZigbee2Mqtt, Zigbee2Mqtt, name="desk/plug") as world:
        world.far.there(here=False)
        await until(lambda: world.heard.lost)
        assert [one.cause for one in world.heard.lost] == [Cause.LOST]


@needs_mosquitto
async def test_the_device_counts_time_where_the_user_says_it_can(tmp_path):
    make = functools.partial(Zigbee2Mqtt, exposes=zigbee2mqtt.TWO)
    async with opened(tmp_path, MqttZigbee2Mqtt, make, name="desk/plug", timed=True) as world:
        assert await world.driver.apply("state_l1", Switch(on=True), 0.3) is Ack.CONFIRMED
        await until(lambda: world.heard.ended == ["state_l1"])
        assert world.far.resting
