"""Behind a broker a word has no number: an older "OFF" is never taken for the one of STOP.

One rule: the far ends lag, as Wi-Fi and Zigbee do, and say what they did in the order they did it.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools

import pytest

from app.tasks import Tasks
from drivers.contract import DriverError, Flash, Off, Switch
from drivers.mqtt_generic import MqttGeneric
from drivers.mqtt_shelly import MqttShelly
from drivers.mqtt_tasmota import MqttTasmota
from drivers.mqtt_zigbee2mqtt import MqttZigbee2Mqtt
from tests.drivers.mqtt_bench import opened
from tests.drivers.transports.test_mqtt import needs_mosquitto
from tests.fakes.mqtt_far import MqttFar
from tests.fakes.tasmota import Tasmota

pytestmark = needs_mosquitto
ON = Switch(on=True)
LAG_S = 0.12


class Plug(MqttFar):
    """A plug of one relay; `repeats` says its state after every command, else only changes."""

    filters = ("plug/set", "plug/relay/0/command", "plug/command", "zigbee2mqtt/plug/set")
    repeats = False
    state = "plug/state"

    def begin(self) -> None:
        self.say(self.state, "OFF", retain=True)

    def take(self, topic: str, text: str) -> None:
        on = "ON" in text.upper()
        if self.repeats or on is not bool(self.on.get("1")):
            self.on["1"] = on
            self.tell()

    def tell(self) -> None:
        self.say(self.state, "ON" if self.on.get("1") else "OFF")


class OldShelly(Plug):
    """The first generation: it tells its relay when it changes, now and then, and when asked."""

    state = "plug/relay/0"

    def begin(self) -> None:
        self.say("plug/online", "true", retain=True)

    def take(self, topic: str, text: str) -> None:
        if topic == "plug/command":
            self.tell()
        else:
            super().take(topic, text)

    def tell(self) -> None:
        self.say(self.state, "on" if self.on.get("1") else "off")


class Zigbee(Plug):
    """A plug behind Zigbee2MQTT, which tells the state after every command."""

    repeats = True
    state = "zigbee2mqtt/plug"

    def begin(self) -> None:
        feature = {
            "type": "binary",
            "name": "state",
            "property": "state",
            "access": 7,
            "value_on": "ON",
            "value_off": "OFF",
        }
        exposes = [{"type": "switch", "features": [feature]}]
        device = {"friendly_name": "plug", "definition": {"exposes": exposes}}
        self.say("zigbee2mqtt/bridge/state", "online", retain=True)
        self.say("zigbee2mqtt/bridge/devices", [device], retain=True)

    def tell(self) -> None:
        self.say(self.state, {"state": "ON" if self.on.get("1") else "OFF"})


GENERIC = {"outputs": [{"topic": "plug/set", "state_topic": "plug/state"}]}
PLUGS = {
    "generic": (MqttGeneric, Plug, GENERIC, "output1"),
    "old shelly": (MqttShelly, OldShelly, {"topic": "plug", "generation": "1"}, "relay1"),
    "zigbee": (MqttZigbee2Mqtt, Zigbee, {"name": "plug"}, "state"),
    "tasmota": (MqttTasmota, Tasmota, {"topic": "plug"}, "relay1"),
    "plain tasmota": (
        MqttTasmota,
        functools.partial(Tasmota, echoes=False),
        {"topic": "plug"},
        "relay1",
    ),
}
plugs = pytest.mark.parametrize(("driver", "far", "settings", "output"), PLUGS.values(), ids=PLUGS)


async def quietly(command) -> None:
    with contextlib.suppress(DriverError):
        await command


async def stopped_while_on_its_way(world, output, older):
    """Have the far end lag, with something older before the ON; press STOP, and be made safe."""
    tasks, far = Tasks(), world.far
    far.slow_s = LAG_S
    asked = tasks.spawn("older", quietly(older()))
    await asyncio.sleep(0.01)
    command = tasks.spawn("on", quietly(world.driver.apply(output, ON, 9.0)))
    await asyncio.sleep(0.01)
    world.driver.stop_now()
    safe = await world.driver.make_safe()
    really = far.resting and any(_is_on(one) for one in far.heard)
    await asyncio.wait({asked, command}, timeout=5)
    await tasks.cancel_all()
    return safe, really


def _is_on(heard: tuple[str, str]) -> bool:
    _, text = heard
    return text.upper().endswith("ON") or '"ON"' in text


@plugs
async def test_a_word_of_before_the_on_does_not_confirm_stop(
    tmp_path, driver, far, settings, output
):
    async with opened(tmp_path, driver, far, **settings) as world:
        if isinstance(world.far, Tasmota | OldShelly):
            older = world.driver.check  # it answers to that with its state
        else:
            older = functools.partial(world.driver.apply, output, Off(), None)
        safe, really = await stopped_while_on_its_way(world, output, older)
        assert really or not safe
        async with asyncio.timeout(10):
            while not safe:
                safe = await world.driver.make_safe()
        assert world.far.resting


@pytest.mark.parametrize(
    ("driver", "far", "settings", "output"), [PLUGS["generic"], PLUGS["zigbee"]]
)
async def test_what_says_nothing_of_an_off_it_does_not_need_is_safe_in_the_end(
    tmp_path, driver, far, settings, output
):
    async with opened(tmp_path, driver, far, **settings) as world:
        # The ON is lost on its way: there will never be a word for it.
        heeds, world.far.take = world.far.take, lambda *_: None
        tasks = Tasks()
        command = tasks.spawn("on", quietly(world.driver.apply(output, ON, 9.0)))
        assert await asyncio.to_thread(
            world.far.wait_for, lambda: any(map(_is_on, world.far.heard))
        )
        world.far.take = heeds
        async with asyncio.timeout(10):
            while not await world.driver.make_safe():
                pass
        await command
        assert world.far.resting


async def test_the_dark_half_of_a_flash_does_not_confirm_stop_without_an_echo_either(tmp_path):
    make = functools.partial(Tasmota, light="rgb", echoes=False)
    async with opened(tmp_path, MqttTasmota, make, topic="plug") as world:
        world.far.slow_s = 0.04
        await world.driver.apply("lamp", Flash(50, rate_hz=20), 9.0)
        await asyncio.sleep(0.25)
        world.driver.stop_now()
        async with asyncio.timeout(10):
            while not await world.driver.make_safe():
                pass
        assert world.far.resting
        assert not world.far.wait_for(lambda: not world.far.resting, 0.3)
