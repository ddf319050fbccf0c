"""Benches of devices behind a broker: mosquitto, a device at it, and a driver.

One rule: the broker is always one that others wrote.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.drivers.transports.test_mqtt import MOSQUITTO, Broker, heard_lines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from drivers.contract import Driver
    from tests.drivers.benches.bench import Bench, Heard
    from tests.drivers.golden import Golden
    from tests.fakes.mqtt_far import MqttFar


def at_broker(
    driver_class: type[Driver],
    make_far: Callable[[int], MqttFar],
    *,
    broker_goes: bool = False,
    **settings: Any,
) -> Callable[[Path], Bench]:
    """Return what makes a bench: a broker, a device, and the driver with these settings.

    What is lost is the device, or its broker where nobody could tell that the device is gone.
    """

    def make(folder: Path) -> Bench:
        # Benches find this file; from here they would be found half made.
        from tests.drivers.benches.bench import Bench, Heard

        broker = Broker(folder)
        far = make_far(broker.port)
        heard = Heard()
        made = driver_class.settings_for(host="127.0.0.1", port=broker.port, **settings)
        driver = driver_class(made, heard.events())

        def close() -> None:
            far.close()
            broker.end()

        lose = broker.process.kill if broker_goes else far.vanish
        return Bench(driver, heard, lambda: far.resting, far.wait_for, close, lose, abandon)

    return make


@dataclass
class World:
    """A broker, a device at it, and an open driver; `heard` is what the driver told."""

    broker: Broker
    far: MqttFar
    driver: Driver
    heard: Heard


@contextlib.asynccontextmanager
async def opened(
    folder: Path,
    driver_class: type[Driver],
    make_far: Callable[[int], MqttFar],
    **settings: Any,
) -> AsyncIterator[World]:
    """Set up all of it, and take it down again."""
    from tests.drivers.benches.bench import Heard

    broker = await asyncio.to_thread(Broker, folder)
    far = make_far(broker.port)
    heard = Heard()
    made = driver_class.settings_for(host="127.0.0.1", port=broker.port, **settings)
    driver = driver_class(made, heard.events())
    try:
        await driver.open()
        yield World(broker, far, driver, heard)
    finally:
        await driver.close()
        far.close()
        broker.end()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something the loop brings about."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - drivers tell by callbacks of all kinds
            await asyncio.sleep(0.005)


async def judge(
    world: World, case: Golden, plain: Callable[[str], str] = lambda line: line
) -> None:
    """Carry out a golden case; mosquitto_sub must hear just its messages, in order.

    `plain` takes out what is made up anew each time.
    """
    wanted = [f"{topic}={payload}" for topic, payload in case.more["publish"]]
    topics = case.more.get("filters") or [topic for topic, _ in case.more["publish"]]
    filters = [part for topic in topics for part in ("-t", topic)]
    listening = await asyncio.to_thread(world.broker.listen, *filters)
    await world.driver.apply(case.output, case.instruction, case.duration_s)
    lines = await asyncio.to_thread(heard_lines, listening, len(wanted))
    assert [plain(line) for line in lines] == wanted


async def abandon(driver: Driver) -> None:
    """Leave the broker without a word to the device."""
    link, driver._link = driver._link, None
    await link.close()


def why_not(_name: str) -> str:
    """Return why a bench cannot be set up here, or ""."""
    if sys.platform == "win32" or not MOSQUITTO:
        return "mosquitto is the judge here"
    return ""
