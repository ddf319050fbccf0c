"""Devices that answer late, twice, wrongly or not at all: what they did not say is not believed.

One rule: the far end is the bench's own; only what it says is held back, doubled or garbled.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Ack, Cause, DriverError, Off
from tests.drivers.benches import BENCHES, why_not
from tests.fakes.far_end import FarEnd
from tests.fakes.mqtt_far import MqttFar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from drivers.contract import Capability
    from tests.drivers.benches.bench import Bench

# giftwire_line and ble_uart have boards that do all this by themselves, and tests of their own; what
# is asked by number (OBS, Home Assistant) is tried with `Talking`. Who only tells of changes (ESPHome)
# is left out of `late`: it has nothing to tell of an OFF that changes nothing.
CABLES = (
    "firmata with four pins",
    "modbus_relay on an ordinary board",
    "openshock with two shockers",
)
PLAIN = ("marlin with a motor", "template on a cable, with answers")
BROKERS = ("mqtt_shelly with two relays", "mqtt_zigbee2mqtt plug")
late = pytest.mark.parametrize(
    "name", [*CABLES, *BROKERS, *PLAIN, "grbl with a motor", "mqtt_tasmota plug"], indirect=True
)
twice = pytest.mark.parametrize(
    "name",
    [*CABLES, *PLAIN, *BROKERS, "grbl with a motor", "mqtt_esphome node"],
    indirect=True,
)
wrong = pytest.mark.parametrize("name", [*CABLES, *PLAIN, *BROKERS], indirect=True)


class Mouth:
    """Stands between a far end and its wire. `way` is "", "mute", "held", "twice" or "wrong"."""

    def __init__(self, far: FarEnd | MqttFar) -> None:
        self.way = ""
        self._say = far.say
        self._cable = isinstance(far, FarEnd)
        self._held: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        far.say = self._crookedly

    def _crookedly(self, *said, **more) -> None:
        if self.way == "held":
            with self._lock:
                self._held.append(lambda: self._say(*said, **more))
        elif self.way == "wrong":
            self._say(*self._garbled(*said), **more)
        elif self.way != "mute":
            for _ in range(2 if self.way == "twice" else 1):
                self._say(*said, **more)

    def _garbled(self, *said):
        if self._cable:
            return (bytes(one if one in b"\r\n" else one ^ 0x15 for one in said[0]),)
        return said[0], "MAYBE"

    def let_go(self) -> int:
        """Say what was held back; return how much that was."""
        with self._lock:
            held, self._held = self._held, []
        for say in held:
            say()
        return len(held)


@pytest.fixture
def name(request) -> str:
    if reason := why_not(request.param):
        pytest.skip(reason)
    return request.param


@pytest.fixture
async def world(name, tmp_path) -> AsyncIterator[tuple[Bench, Mouth, Capability]]:
    bench = await asyncio.to_thread(BENCHES[name], tmp_path)
    far = bench.wait_for.__self__
    assert isinstance(far, FarEnd | MqttFar)
    mouth = Mouth(far)
    yield bench, mouth, (await bench.open())[0]
    mouth.way = ""
    await bench.driver.close()
    bench.close()


async def speak(mouth: Mouth, way: str) -> None:
    """Change how it speaks; what it said before (some are asked for signs of life) has arrived."""
    mouth.way = way
    await asyncio.sleep(0.03)


async def on(bench: Bench, capability: Capability) -> Ack:
    return await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)


async def off(bench: Bench, capability: Capability) -> Ack:
    return await bench.driver.apply(capability.id, Off(), None)


async def believed(asking) -> bool:
    """Say whether a command counts as confirmed; what else may come of it is a DriverError."""
    with contextlib.suppress(DriverError):
        return await asking is Ack.CONFIRMED
    return False


async def is_safe_again(bench: Bench, mouth: Mouth) -> None:
    """What speaks plainly again is made safe; or it was given up, and told so once."""
    mouth.way = ""
    if not bench.heard.lost:
        async with asyncio.timeout(10):
            while not await bench.driver.make_safe():
                assert not bench.heard.lost
        assert bench.wait_for(bench.resting)
    assert len(bench.heard.lost) <= 1


@late
async def test_an_answer_that_comes_too_late_does_not_say_that_it_is_safe(world):
    bench, mouth, capability = world
    await speak(mouth, "held")
    assert not await believed(on(bench, capability))
    mouth.way = "mute"
    asked = asyncio.gather(bench.driver.make_safe())
    await asyncio.sleep(0.05)  # it has been asked, and nothing else says so
    assert mouth.let_go()
    assert await asked == [False]
    await is_safe_again(bench, mouth)


@twice
async def test_answers_that_come_twice_leave_nothing_to_believe(world):
    bench, mouth, capability = world
    mouth.way = "twice"
    for _ in range(3):
        assert await on(bench, capability) is Ack.CONFIRMED
        assert await off(bench, capability) is Ack.CONFIRMED
    await speak(mouth, "mute")
    with pytest.raises(DriverError) as raised:
        await on(bench, capability)
    assert raised.value.cause is Cause.NO_ANSWER
    await is_safe_again(bench, mouth)


@wrong
async def test_answers_of_nonsense_confirm_nothing(world):
    bench, mouth, capability = world
    await speak(mouth, "wrong")
    assert not await believed(on(bench, capability))
    await is_safe_again(bench, mouth)
