"""Described MQTT devices: golden messages heard by mosquitto_sub, states, presence, forms."""

from __future__ import annotations

import functools

import pytest
from pydantic import ValidationError

from drivers.contract import Ack, Cause, DriverError, Off, Switch
from drivers.mqtt_generic import MqttGeneric
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import heard_lines, needs_mosquitto
from tests.fakes.mqtt_desk import Desk

RELAY = {"topic": "desk/relay/set", "state_topic": "desk/relay/state"}


@needs_mosquitto
@pytest.mark.parametrize("case", golden.read("mqtt_generic"), ids=str)
async def test_golden_messages(tmp_path, case):
    async with opened(tmp_path, MqttGeneric, Desk, **case.settings) as world:
        await judge(world, case)


@needs_mosquitto
async def test_what_the_device_tells_confirms_a_command_and_its_end(tmp_path):
    nested = {**RELAY, "state_path": "outputs.0.state"}
    make = functools.partial(Desk, nested=True)
    async with opened(tmp_path, MqttGeneric, make, outputs=[nested]) as world:
        assert await world.driver.apply("output1", Switch(on=True), 9.0) is Ack.CONFIRMED
        world.far.after(0, lambda: world.far.set("relay", on=False))
        await until(lambda: world.heard.ended == ["output1"])
        # It was off already, and tells only what changed.
        assert await world.driver.apply("output1", Off(), None) is Ack.SENT


@needs_mosquitto
async def test_a_device_that_tells_no_change_did_nothing(tmp_path):
    async with opened(tmp_path, MqttGeneric, Desk, outputs=[RELAY]) as world:
        world.far.mute = 9
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("output1", Switch(on=True), 9.0)
        assert raised.value.cause is Cause.NO_ANSWER


@needs_mosquitto
async def test_one_without_a_state_is_never_called_confirmed(tmp_path):
    make = functools.partial(Desk, silent=True)
    async with opened(tmp_path, MqttGeneric, make, outputs=[{"topic": "desk/x/set"}]) as world:
        assert await world.driver.apply("output1", Switch(on=True), 9.0) is Ack.SENT
        assert await world.driver.make_safe()


@needs_mosquitto
async def test_a_device_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(
            tmp_path,
            MqttGeneric,
            Desk,
            outputs=[RELAY],
            available_topic="desk/here",
            missing="ONLINE",
            available="never",
        ):
            raise AssertionError
    assert raised.value.cause is Cause.NO_ANSWER


@needs_mosquitto
async def test_the_broker_switches_a_single_output_off_when_we_vanish(tmp_path):
    async with opened(tmp_path, MqttGeneric, Desk, outputs=[RELAY]) as world:
        await world.driver.apply("output1", Switch(on=True), 9.0)
        listening = world.broker.listen("-t", "desk/relay/set")
        world.driver._link._connection._client.socket().shutdown(2)
        assert heard_lines(listening, 1) == ["desk/relay/set=OFF"]
        assert world.far.wait_for(lambda: world.far.resting)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ({"topic": "a", "timed": True}, "told how long"),
        ({"topic": "a", "kind": "effect"}, "at least one effect"),
        ({"topic": "a", "on": "x", "off": "x"}, "different texts"),
        ({"topic": "a/#"}, "pattern"),
        ({"topic": "a", "off": ""}, "at least 1 character"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(output, sentence):
    with pytest.raises(ValidationError, match=sentence):
        MqttGeneric.settings_for(outputs=[output])
