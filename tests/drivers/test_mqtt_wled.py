"""WLED over MQTT: golden messages heard by mosquitto_sub, its presence, the night light."""

from __future__ import annotations

import pytest

from drivers.contract import Ack, Cause, DriverError, Flash, Off, SetColor
from drivers.mqtt_wled import MqttWled
from tests.drivers import golden
from tests.drivers.mqtt_bench import judge, opened, until
from tests.drivers.transports.test_mqtt import heard_lines, needs_mosquitto
from tests.fakes.mqtt_wled import MqttWled as Strip

pytestmark = needs_mosquitto
TOPIC = "wled/a1b2c3"


@pytest.mark.parametrize("case", golden.read("mqtt_wled"), ids=str)
async def test_golden_messages(tmp_path, case):
    async with opened(tmp_path, MqttWled, Strip, topic=TOPIC, **case.settings) as world:
        await judge(world, case)


async def test_its_night_light_ends_what_we_forget(tmp_path):
    async with opened(tmp_path, MqttWled, Strip, topic=TOPIC) as world:
        assert await world.driver.apply("lamp", SetColor(1, 2, 3), 5.0) is Ack.SENT
        assert world.far.wait_for(lambda: world.far.night.get("on") is True)
        assert world.far.colour == [1, 2, 3]
        await world.driver.apply("lamp", Off(), None)
        assert world.far.wait_for(lambda: world.far.night == {"on": False})


async def test_its_late_word_ends_no_newer_activation(tmp_path):
    async with opened(tmp_path, MqttWled, Strip, topic=TOPIC) as world:
        told = world.heard.observations
        await world.driver.apply("lamp", SetColor(1, 2, 3), 5.0)
        await until(lambda: told[-1:] and told[-1].value)
        world.far.say(f"{TOPIC}/g", "0")
        await until(lambda: not told[-1].value)
        assert world.heard.ended == []


async def test_a_flash_blinks_as_often_as_asked_and_ends_dark(tmp_path):
    async with opened(tmp_path, MqttWled, Strip, topic=TOPIC) as world:
        listening = world.broker.listen("-t", f"{TOPIC}/api")
        await world.driver.apply("lamp", Flash(3, 255, 0, 0, rate_hz=10), 5.0)
        lines = heard_lines(listening, 1)
        assert '"col":[[255,0,0]]' in lines[0]
        assert world.far.wait_for(
            lambda: sum('"on":true,"bri"' in one for _, one in world.far.heard) == 1
        )
        await until(lambda: not world.driver._flashes)
        assert world.far.wait_for(lambda: world.far.resting)
        assert sum('"on":true,"bri"' in one for _, one in world.far.heard) == 3


async def test_none_at_that_topic_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(tmp_path, MqttWled, Strip, topic="wled/other"):
            raise AssertionError
    assert raised.value.cause is Cause.NO_ANSWER
