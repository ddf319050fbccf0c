"""Devices made for ThingsBoard: golden calls heard by mosquitto_sub, answers, telemetry, forms."""

from __future__ import annotations

import functools
import re

import pytest
from pydantic import ValidationError

from drivers.contract import Ack, Cause, DriverError, Switch
from drivers.mqtt_thingsboard import MqttThingsBoard
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes.thingsboard import ThingsBoardDevice

GPIO = {"state": "out_1"}


def plain(line: str) -> str:
    return re.sub(r"request/\d+", "request/NUMBER", line)


@needs_mosquitto
@pytest.mark.parametrize("case", golden.read("mqtt_thingsboard"), ids=str)
async def test_golden_calls(tmp_path, case):
    case.more["filters"] = ["v1/devices/me/rpc/request/+"]
    async with opened(tmp_path, MqttThingsBoard, ThingsBoardDevice, **case.settings) as world:
        await judge(world, case, plain)


@needs_mosquitto
async def test_a_call_is_confirmed_by_its_own_answer_and_the_state_tells_its_end(tmp_path):
    async with opened(
        tmp_path, MqttThingsBoard, ThingsBoardDevice, outputs=[GPIO], sensors=["temperature"]
    ) as world:
        assert await world.driver.apply("output1", Switch(on=True), 9.0) is Ack.CONFIRMED
        await until(lambda: ("output1", 1.0) in told(world))
        assert ("value1", 21.0) in told(world)
        world.far.on["1"] = False
        world.far.after(0, world.far.tell)
        await until(lambda: world.heard.ended == ["output1"])


def told(world) -> list[tuple[str, float]]:
    return [(one.capability, one.value) for one in world.heard.observations]


@needs_mosquitto
async def test_an_error_in_the_answer_is_a_refusal(tmp_path):
    async with opened(tmp_path, MqttThingsBoard, ThingsBoardDevice, outputs=[GPIO]) as world:
        world.far.fail = "no such pin"
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("output1", Switch(on=True), 9.0)
        assert raised.value.cause is Cause.REFUSED
        assert "no such pin" in str(raised.value)
        assert not await world.driver.make_safe()


@needs_mosquitto
async def test_the_answer_to_an_older_call_confirms_nothing(tmp_path):
    async with opened(tmp_path, MqttThingsBoard, ThingsBoardDevice, outputs=[GPIO]) as world:
        world.far.mute = 2
        old = world.far.heard[0][0].replace("request", "response")
        world.far.after(0.1, functools.partial(world.broker.publish, old, "{}"))
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("output1", Switch(on=True), 9.0)
        assert raised.value.cause is Cause.NO_ANSWER


@needs_mosquitto
async def test_a_device_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(
            tmp_path, MqttThingsBoard, ThingsBoardDevice, outputs=[GPIO], prefix="v1/devices/two"
        ):
            raise AssertionError
    assert raised.value.cause is Cause.NO_ANSWER


@pytest.mark.parametrize(
    ("output", "sentence"),
    [({"on": "ON"}, "no JSON"), ({"off": "{"}, "no JSON"), ({"kind": "effect"}, "one effect")],
)
def test_what_makes_no_sense_is_told_in_a_sentence(output, sentence):
    with pytest.raises(ValidationError, match=sentence):
        MqttThingsBoard.settings_for(outputs=[output])
