"""ESPHome and Home Assistant's discovery: golden messages, what was announced, presence."""

from __future__ import annotations

import functools

import pytest

from drivers.contract import Ack, Cause, DriverError, Kind, Off, Pulse, Switch
from drivers.mqtt_esphome import MqttEspHome
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes.mqtt_esphome import PARTS, EspHome

pytestmark = needs_mosquitto


@pytest.mark.parametrize("case", golden.read("mqtt_esphome"), ids=str)
async def test_golden_messages(tmp_path, case):
    async with opened(tmp_path, MqttEspHome, EspHome, node="desk") as world:
        await judge(world, case)


async def test_what_is_announced_becomes_outputs_and_sensors(tmp_path):
    make = functools.partial(EspHome, parts=(*PARTS, "button/confetti", "button/restart"))
    async with opened(tmp_path, MqttEspHome, make, node="desk") as world:
        kinds = {name: one.capability.kind for name, one in world.driver._outputs.items()}
        assert kinds == {
            "switch_relay": Kind.SWITCH,
            "light_lamp": Kind.LIGHT,
            "light_bulb": Kind.LEVEL,
            "fan_fan": Kind.LEVEL,
            "fan_simple": Kind.SWITCH,
            "sensor_heat": Kind.SENSOR,
            "button_confetti": Kind.PULSE,
        }
        assert world.driver.firmware == "esp32dev 2026.10.0"
        told = [(one.capability, one.value) for one in world.heard.observations]
        assert ("sensor_heat", 21.5) in told
        await world.driver.apply("button_confetti", Pulse(), 0.5)
        assert world.far.wait_for(lambda: world.far.pressed == 1)


async def test_only_what_the_user_named_is_touched(tmp_path):
    async with opened(tmp_path, MqttEspHome, EspHome, node="desk", only=["switch_relay"]) as world:
        assert list(world.driver._outputs) == ["switch_relay"]
        world.far.after(0, lambda: world.far.set("fan/simple", on=True))
        assert await world.driver.make_safe()
        assert world.far.wait_for(lambda: world.far.on["fan/simple"])


async def test_a_switch_confirms_what_changed_and_says_when_it_ends(tmp_path):
    async with opened(tmp_path, MqttEspHome, EspHome, node="desk") as world:
        assert await world.driver.apply("switch_relay", Switch(on=True), 9.0) is Ack.CONFIRMED
        world.far.after(0, lambda: world.far.set("switch/relay", on=False))
        await until(lambda: world.heard.ended == ["switch_relay"])
        assert await world.driver.apply("switch_relay", Off(), None) is Ack.SENT


async def test_a_switch_that_was_left_on_is_off_once_it_is_opened(tmp_path):
    def left_on(port):
        far = EspHome(port)
        far.after(0, lambda: far.set("switch/relay", on=True))
        assert far.wait_for(lambda: far.on["switch/relay"])
        return far

    async with opened(tmp_path, MqttEspHome, left_on, node="desk") as world:
        assert world.far.resting


async def test_a_device_that_left_is_told_though_the_broker_keeps_its_words(tmp_path):
    def gone(port):
        far = EspHome(port)
        far.say("desk/status", "offline", retain=True)
        return far

    with pytest.raises(DriverError) as raised:
        async with opened(tmp_path, MqttEspHome, gone, node="desk"):
            raise AssertionError
    assert raised.value.cause is Cause.NO_ANSWER


async def test_a_device_that_never_announced_itself_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(tmp_path, MqttEspHome, EspHome, node="other"):
            raise AssertionError
    assert raised.value.cause is Cause.NOT_FOUND
