"""What devices behind a broker share, seen on a Tasmota: late, double and no answers, lost brokers."""

from __future__ import annotations

import asyncio
import functools
import signal
import sys
import threading
import time

import pytest

from app.gateway.pipe import recipe_as_told
from app.guardian import recipes
from drivers.contract import Ack, Cause, DriverError, Flash, Off, SetLevel, Switch
from drivers.mqtt_tasmota import MqttTasmota
from drivers.transports import mqtt
from tests.drivers.benches.bench import Heard
from tests.drivers.mqtt_bench import opened, until
from tests.drivers.transports.far import mqtt_threads
from tests.drivers.transports.test_mqtt import Broker, needs_mosquitto
from tests.fakes.tasmota import Tasmota

pytestmark = needs_mosquitto
ON = Switch(on=True)


async def failed(what) -> Cause:
    with pytest.raises(DriverError) as raised:
        await what
    return raised.value.cause


async def test_a_broker_that_ends_while_a_command_waits_for_its_answer_is_told_at_once(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        world.far.mute = 99
        turning = failed(world.driver.apply("relay1", ON, 9.0))

        async def end() -> None:
            assert await asyncio.to_thread(world.far.wait_for, lambda: bool(world.far.on.get("1")))
            world.broker.process.kill()

        cause, _ = await asyncio.gather(turning, end())
        assert cause is Cause.LOST
        await until(lambda: world.heard.lost)
        assert len(world.heard.lost) == 1
        assert not await world.driver.make_safe()
        world.driver.stop_now()


async def test_a_device_that_leaves_is_lost_though_the_broker_stays(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        world.far.vanish()
        await until(lambda: world.heard.lost)
        assert [one.cause for one in world.heard.lost] == [Cause.LOST]
        assert await failed(world.driver.apply("relay1", Off(), None)) is Cause.LOST
        assert await failed(world.driver.check()) is Cause.LOST


async def test_a_flapping_broker_leaves_nothing_behind(tmp_path):
    broker = await asyncio.to_thread(Broker, tmp_path)
    heard = []
    try:
        for _ in range(3):
            far = Tasmota(broker.port)
            heard.append(Heard())
            settings = MqttTasmota.settings_for(host="127.0.0.1", port=broker.port, topic="plug")
            driver = MqttTasmota(settings, heard[-1].events())
            await driver.open()
            assert await driver.apply("relay1", ON, 9.0) is Ack.CONFIRMED
            broker.process.kill()
            broker.process.wait(20)
            await until(lambda: heard[-1].lost)
            await driver.close()
            far.close()
            broker.again()
    finally:
        broker.end()
    assert [len(one.lost) for one in heard] == [1, 1, 1]
    assert mqtt_threads() == 0
    assert mqtt._connections == {}


@pytest.mark.skipif(sys.platform == "win32", reason="a process is frozen by a signal")
async def test_a_frozen_broker_holds_nobody_up(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        world.broker.process.send_signal(signal.SIGSTOP)
        assert await failed(world.driver.apply("relay1", ON, 9.0)) is Cause.NO_ANSWER
        began = time.monotonic()
        world.driver.stop_now()
        assert not await world.driver.make_safe()
        assert time.monotonic() - began < 1.0  # the contract's own bound, not a speed
        world.broker.process.send_signal(signal.SIGCONT)
        # All that waited is carried out in its order, and ends with OFF.
        assert world.far.wait_for(lambda: world.far.told("cmnd/plug/POWER1")[-2:] == ["OFF"] * 2)
        assert world.far.wait_for(lambda: world.far.resting)


async def test_an_answer_that_is_late_confirms_nothing_that_came_after(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        world.far.mute = 2
        assert await failed(world.driver.apply("relay1", ON, 9.0)) is Cause.NO_ANSWER
        # Now it comes, when nobody waits; and what ends then was nobody's newest activation.
        world.far.say("stat/plug/POWER", "ON")
        world.far.say("stat/plug/POWER", "OFF")
        await until(lambda: [one.value for one in world.heard.observations[-2:]] == [1.0, 0.0])
        assert world.heard.ended == []
        world.far.mute = 2
        assert await failed(world.driver.apply("relay1", Off(), None)) is Cause.NO_ANSWER


async def test_an_answer_that_comes_twice_or_is_nonsense_does_no_harm(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        assert await world.driver.apply("relay1", ON, 9.0) is Ack.CONFIRMED
        for said in ("ON", "ON", "MAYBE", "", "\x00"):
            world.far.say("stat/plug/POWER", said)
        for said in ('{"POWER":"ON"}', '{"POWER":7}', "[[", "[1]", "null"):
            world.far.say("stat/plug/RESULT", said)
        assert await world.driver.apply("relay1", Off(), None) is Ack.CONFIRMED
        assert world.heard.ended == []
        assert world.heard.lost == []


async def test_stop_ends_the_waiting_at_once_and_reaches_every_output(tmp_path):
    make = functools.partial(Tasmota, relays=8)
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        for relay in range(1, 8):
            await world.driver.apply(f"relay{relay}", ON, 9.0)
        world.far.mute = 999
        turning = failed(world.driver.apply("relay8", ON, 9.0))

        async def stop() -> None:
            assert await asyncio.to_thread(world.far.wait_for, lambda: bool(world.far.on.get("8")))
            thread = threading.Thread(target=world.driver.stop_now)
            thread.start()
            thread.join()
            assert world.far.wait_for(lambda: world.far.resting)

        cause, _ = await asyncio.gather(turning, stop())
        assert cause is Cause.REFUSED


async def test_stop_ends_a_flash_for_good(tmp_path):
    make = functools.partial(Tasmota, light="rgb")
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        await world.driver.apply("lamp", Flash(50, rate_hz=10), 9.0)
        assert world.far.wait_for(lambda: not world.far.resting)
        world.driver.stop_now()
        assert await world.driver.make_safe()
        said = len(world.far.told("cmnd/plug/Color1"))
        assert not world.far.wait_for(lambda: not world.far.resting, 0.3)
        assert len(world.far.told("cmnd/plug/Color1")) == said
        # And a steady level ends one, too.
        await world.driver.apply("lamp", Flash(50, rate_hz=10), 9.0)
        await world.driver.apply("lamp", SetLevel(0.5), 9.0)
        assert world.driver._flashes == {}


async def test_an_off_of_a_flash_is_not_taken_for_the_one_of_stop(tmp_path):
    make = functools.partial(Tasmota, light="rgb")
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        # It lags behind: bright and dark of the flash wait for it when STOP comes.
        world.far.slow_s = 0.04
        await world.driver.apply("lamp", Flash(50, rate_hz=20), 9.0)
        await asyncio.sleep(0.25)
        world.driver.stop_now()
        while not await world.driver.make_safe():
            pass
        assert world.far.resting
        assert not world.far.wait_for(lambda: not world.far.resting, 0.3)


async def test_devices_at_one_broker_share_one_connection(tmp_path):
    async with opened(tmp_path, MqttTasmota, Tasmota, topic="plug") as world:
        far = Tasmota(world.broker.port, topic="second")
        heard = Heard()
        settings = MqttTasmota.settings_for(
            host="127.0.0.1", port=world.broker.port, topic="second"
        )
        second = MqttTasmota(settings, heard.events())
        await second.open()
        assert mqtt_threads() == 1
        await second.apply("relay1", ON, 9.0)
        await world.driver.close()
        assert await second.apply("relay1", Off(), None) is Ack.CONFIRMED
        await second.close()
        far.close()
        assert heard.lost == []


async def test_who_answers_is_there_whatever_the_broker_keeps(tmp_path):
    def replaced(port):
        far = Tasmota(port)
        # As after a session that was taken over: the old one's will comes last.
        far.say("tele/plug/LWT", "Offline", retain=True)
        return far

    async with opened(tmp_path, MqttTasmota, replaced, topic="plug") as world:
        assert await world.driver.apply("relay1", ON, 9.0) is Ack.CONFIRMED


async def test_nobody_at_that_topic_is_told(tmp_path):
    with pytest.raises(DriverError) as raised:
        async with opened(tmp_path, MqttTasmota, Tasmota, topic="other"):
            raise AssertionError
    assert raised.value.cause is Cause.NO_ANSWER


def test_a_password_is_shown_nowhere():
    settings = MqttTasmota.settings_for(topic="plug", user="me", password="open sesame")
    driver = MqttTasmota(settings, Heard().events())
    assert "sesame" not in repr(settings) + repr(driver._options)
    recipe = mqtt.publish_recipe(driver._options, [("cmnd/plug/POWER1", "OFF")])
    assert b"open sesame" in recipe.frames[0]
    assert "sesame" not in repr(recipe) + repr(recipes.read(recipe_as_told(recipe)))
