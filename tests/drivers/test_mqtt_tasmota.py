"""Tasmota: golden messages heard by mosquitto_sub, clocks of the device, lamps and old firmware."""

from __future__ import annotations

import functools

import pytest

from drivers.codecs.tasmota import pulse_time
from drivers.contract import Ack, Kind, Off, Switch
from drivers.mqtt_tasmota import MqttTasmota
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes.tasmota import Tasmota

pytestmark = needs_mosquitto


@pytest.mark.parametrize("case", golden.read("mqtt_tasmota"), ids=str)
async def test_golden_messages(tmp_path, case):
    full = case.settings.get("full_topic", "%prefix%/%topic%/")
    far = functools.partial(Tasmota, full=full, **case.more.get("far", {}))
    async with opened(tmp_path, MqttTasmota, far, topic="plug", **case.settings) as world:
        await judge(world, case)


async def test_it_tells_its_firmware_and_stays_off_after_a_power_cut(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        assert world.driver.firmware == "Tasmota 15.1.0(tasmota)"
        assert world.far.wait_for(lambda: world.far.power_on_state == 0)


async def test_what_the_power_cut_does_is_left_alone_where_the_user_wants_that(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug", stay_off=False) as world:
        assert world.far.power_on_state == 3


@pytest.mark.parametrize("timed", [True, False])
async def test_the_device_ends_what_it_was_told_to_turn_on_and_says_so(tmp_path, timed):
    make = functools.partial(Tasmota, timed=timed, relays=2)
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        assert await world.driver.apply("relay2", Switch(on=True), 0.3) is Ack.CONFIRMED
        said = len(world.far.heard)
        await until(lambda: world.heard.ended == ["relay2"])
        assert world.far.resting
        assert len(world.far.heard) == said


async def test_its_button_ends_an_activation_and_starts_none(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        world.far.after(0, lambda: world.far.set(1, on=True))
        await until(lambda: world.heard.observations[-1].value == 1.0)
        world.far.after(0, lambda: world.far.set(1, on=False))
        await until(lambda: world.heard.observations[-1].value == 0.0)
        assert world.heard.ended == []
        await world.driver.apply("relay1", Switch(on=True), 9.0)
        world.far.after(0, lambda: world.far.set(1, on=False))
        await until(lambda: world.heard.ended == ["relay1"])


async def test_off_by_us_is_no_end_by_itself(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        await world.driver.apply("relay1", Switch(on=True), 9.0)
        assert await world.driver.apply("relay1", Off(), None) is Ack.CONFIRMED
        assert await world.driver.make_safe()
        assert world.heard.ended == []


async def test_the_lamp_is_behind_the_last_relay(tmp_path):
    make = functools.partial(Tasmota, relays=3, light="rgb")
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        kinds = {name: one.capability.kind for name, one in world.driver._outputs.items()}
        assert kinds == {"relay1": Kind.SWITCH, "relay2": Kind.SWITCH, "lamp": Kind.LIGHT}


@pytest.mark.parametrize(
    ("duration_s", "number"),
    [
        (0.001, 1),
        (0.1, 1),
        (1.25, 13),
        (11.1, 111),
        (11.11, 112),
        (12, 112),
        (13, 113),
        (9e9, 64900),
    ],
)
def test_pulse_time_is_never_shorter_than_what_was_asked(duration_s, number):
    assert pulse_time(duration_s) == number
