"""Shelly: golden messages heard by mosquitto_sub, numbered answers, clocks of the device."""

from __future__ import annotations

import functools
import re

import pytest

from drivers.contract import Ack, Cause, DriverError, Off, Switch
from drivers.mqtt_shelly import MqttShelly
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes.shelly import OldShelly, Shelly

pytestmark = needs_mosquitto
TOPIC = "shellyplus1-a1b2c3"


def plain(line: str) -> str:
    return re.sub(r'"id":\d+,"src":"giftwire-[0-9a-f]{12}"', '"id":ID,"src":"SRC"', line)


@pytest.mark.parametrize("case", golden.read("mqtt_shelly"), ids=str)
async def test_golden_messages(tmp_path, case):
    make = OldShelly if case.settings else functools.partial(Shelly, **case.more["far"])
    async with opened(tmp_path, MqttShelly, make, **{"topic": TOPIC, **case.settings}) as world:
        await judge(world, case, plain)


async def test_it_tells_its_model_and_what_it_draws(tmp_path):
    async with opened(tmp_path, MqttShelly, Shelly, topic=TOPIC) as world:
        assert world.driver.firmware == "Plus1 1.4.4"
        await world.driver.check()
        assert ("watts", 3.5) in [(one.name, one.value) for one in world.heard.observations]


async def test_the_device_ends_what_it_was_told_to_turn_on_and_says_so(tmp_path):
    async with opened(tmp_path, MqttShelly, Shelly, topic=TOPIC) as world:
        assert await world.driver.apply("relay1", Switch(on=True), 0.3) is Ack.CONFIRMED
        said = len(world.far.heard)
        await until(lambda: world.heard.ended == ["relay1"])
        assert world.far.resting
        assert len(world.far.heard) == said


async def test_off_does_not_flip_back(tmp_path):
    async with opened(tmp_path, MqttShelly, Shelly, topic=TOPIC) as world:
        await world.driver.apply("relay1", Switch(on=True), 0.2)
        await world.driver.apply("relay1", Off(), None)
        assert not world.far.wait_for(lambda: not world.far.resting, 0.4)
        assert world.heard.ended == []


async def test_a_refusal_is_told_in_the_devices_words(tmp_path):
    async with opened(tmp_path, MqttShelly, Shelly, topic=TOPIC) as world:
        world.far.refuse = True
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("relay1", Switch(on=True), 1.0)
        assert raised.value.cause is Cause.REFUSED
        assert "bad argument" in str(raised.value)


async def test_an_answer_to_another_question_confirms_nothing(tmp_path):
    async with opened(tmp_path, MqttShelly, Shelly, topic=TOPIC) as world:
        # The answer, and the word that it changed.
        world.far.mute = 2
        answers = world.driver._rpc.answers
        for said in ('{"id":1,"result":{}}', '{"id":"x","result":{}}', "[1]", "{", '{"id":99}'):
            world.far.after(0.1, functools.partial(world.broker.publish, answers, said))
        with pytest.raises(DriverError) as raised:
            await world.driver.apply("relay1", Switch(on=True), 9.0)
        assert raised.value.cause is Cause.NO_ANSWER


async def test_one_of_the_first_generation_that_was_off_confirms_off(tmp_path):
    topic = "shellies/shelly1-A1B2C3"
    async with opened(tmp_path, MqttShelly, OldShelly, topic=topic, generation="1") as world:
        assert await world.driver.apply("relay1", Off(), None) is Ack.CONFIRMED
        assert await world.driver.apply("relay1", Switch(on=True), 1.0) is Ack.CONFIRMED
        world.far.after(0, lambda: world.far.set("0", on=False))
        await until(lambda: world.heard.ended == ["relay1"])
