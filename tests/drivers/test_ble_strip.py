"""Bluetooth strips: golden bytes, slow radios, flashes, and strips that say one thing and do another."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.ble_strip import BleStrip
from drivers.codecs import ble_strips
from drivers.contract import Cause, DriverError, Flash, Off, SetColor
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.drivers.transports.far import no_side_loop
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.bluez.daemon import Bluez

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not() or "-")

ELK_OFF = bytes.fromhex("7e0004000000ff00ef")


@pytest.fixture
def bluez() -> Iterator[Bluez]:
    from tests.fakes.bluez.daemon import Bluez

    made = Bluez()
    yield made
    made.close()


def strip_of(model: str = "elk"):
    from tests.fakes.bluez.gadgets import ElkStrip, TrionesStrip

    if model == "elk07":
        return ElkStrip(name="ELK-BLEDOB")
    if model == "zengge":
        return TrionesStrip("B4:99:4C:2A:0E:4A", "LEDnet-4C2A0E4A")
    return TrionesStrip() if model == "triones" else ElkStrip()


async def opened(bluez, strip, **settings):
    bluez.add(strip)
    heard = Heard()
    driver = BleStrip(BleStrip.settings_for(device=strip.address, **settings), heard.events())
    try:
        await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver, heard


@pytest.mark.parametrize("case", golden.read("ble_strip"), ids=str)
async def test_golden_bytes(bluez, case):
    strip = strip_of(case.settings["model"])
    driver, _ = await opened(bluez, strip, **case.settings)
    before = len(strip.frames)
    await driver.apply(case.output, case.instruction, case.duration_s)
    assert bluez.wait_for(lambda: strip.frames[before:] == list(case.frames))
    await driver.close()


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("elk", "ELK-BLEDOM"),
        ("elk07", "ELK-BLEDOB"),
        ("triones", "Triones"),
        ("zengge", "Magic Home"),
    ],
)
async def test_the_kind_is_found_out_from_what_the_strip_offers(bluez, model, name):
    strip = strip_of(model)
    driver, _ = await opened(bluez, strip)
    assert driver.firmware == name
    assert strip.resting
    await driver.apply("light", SetColor(1, 2, 3), 5.0)
    assert bluez.wait_for(lambda: strip.rgb == (1, 2, 3) and strip.on)
    await driver.close()
    assert not strip.on
    assert no_side_loop()


async def test_a_melk_is_greeted_first(bluez):
    from tests.fakes.bluez.gadgets import ElkStrip

    strip = ElkStrip(name="MELK-OC10  5D")
    driver, _ = await opened(bluez, strip)
    assert driver.firmware == "MELK"
    assert strip.frames[:3] == [b"\x7e\x07\x83", b"\x7e\x04\x04", ELK_OFF]
    await driver.apply("light", SetColor(1, 2, 3), 5.0)
    assert bluez.wait_for(lambda: strip.rgb == (1, 2, 3) and strip.on)
    await driver.close()


async def test_a_strip_wired_in_another_order_shows_what_was_meant(bluez):
    strip = strip_of()
    driver, _ = await opened(bluez, strip, order="grb")
    await driver.apply("light", SetColor(1, 2, 3), 5.0)
    assert bluez.wait_for(lambda: strip.rgb == (2, 1, 3))
    await driver.close()


async def test_a_strip_of_another_kind_is_told(bluez):
    with pytest.raises(DriverError) as raised:
        await opened(bluez, strip_of("elk"), model="triones")
    assert raised.value.cause is Cause.UNSUPPORTED


async def test_a_slow_radio_gets_the_newest_colour_and_no_queue(bluez):
    strip = strip_of()
    driver, _ = await opened(bluez, strip)
    strip.faults.write_s = 0.1
    for red in range(50):
        driver._show._show(driver._show._scene.after("light", SetColor(red, 0, 0), 0.0))
        await asyncio.sleep(0.005)
    assert bluez.wait_for(lambda: strip.rgb == (49, 0, 0))
    assert len(strip.frames) < 15
    await driver.close()


async def test_stop_passes_everything_that_waits_for_a_slow_radio(bluez):
    strip = strip_of()
    driver, _ = await opened(bluez, strip)
    strip.faults.write_s = 0.05
    await driver.apply("light", Flash(100, rate_hz=3.0), 60.0)
    assert bluez.wait_for(lambda: strip.on)
    thread = threading.Thread(target=driver.stop_now)
    thread.start()
    thread.join()
    assert bluez.wait_for(lambda: strip.frames[-1] == ELK_OFF and not strip.on)
    await asyncio.sleep(0.3)
    assert strip.frames[-1] == ELK_OFF
    await driver.close()


async def test_flashes_are_counted_while_the_loop_is_blocked_and_end_dark(bluez):
    strip = strip_of()
    driver, _ = await opened(bluez, strip)
    await driver.apply("light", Flash(2, 9, 8, 7, rate_hz=3.0), 60.0)
    assert bluez.wait_for(lambda: strip.frames[-1] == ELK_OFF and len(strip.frames) > 2)  # blocks
    bright = bytes.fromhex("7e000503") + bytes([9, 8, 7]) + b"\x00\xef"
    assert strip.frames.count(bright) == 2
    await driver.close()


async def test_a_strip_that_says_it_shines_is_not_called_safe(bluez):
    strip = strip_of("triones")
    driver, _ = await opened(bluez, strip)
    assert await driver.make_safe()
    strip.took = lambda *_: None  # it takes everything and does nothing
    assert not await driver.make_safe()
    with pytest.raises(DriverError) as raised:
        await driver.check()
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


async def test_an_answer_that_comes_late_is_not_taken_for_the_one_after_off(bluez):
    strip = strip_of("triones")
    driver, _ = await opened(bluez, strip)
    tell, take, late = strip.notify, strip.took, []
    strip.notify = lambda *told: late.append(told)
    with pytest.raises(DriverError):
        await driver.check()  # while it is dark
    strip.notify = tell
    await driver.apply("light", SetColor(255, 0, 0), 60.0)
    assert await asyncio.to_thread(bluez.wait_for, lambda: not strip.resting)

    def stuck(uuid, data):
        while late and data == ble_strips.ASK_STATE:
            tell(*late.pop())
        if data == ble_strips.ASK_STATE:
            take(uuid, data)

    strip.took = stuck
    assert not await driver.make_safe()
    strip.took = take
    assert await driver.make_safe()
    assert strip.resting
    await driver.close()


async def test_a_strip_that_never_told_its_state_is_safe_when_it_took_the_bytes(bluez):
    strip = strip_of("triones")
    strip.mute = True
    driver, _ = await opened(bluez, strip)
    assert await driver.make_safe()
    await driver.check()
    await driver.apply("light", Off(), None)
    await driver.close()


async def test_strips_are_found_and_everything_else_is_left_out(bluez):
    from tests.fakes.bluez.gadgets import Switchable

    for one in (strip_of("elk"), strip_of("triones"), strip_of("zengge"), Switchable()):
        bluez.add(one)
    found = await BleStrip.discover()
    assert {one.title for one in found} == {"ELK-BLEDOM", "Triones-FFFF00008119", "LEDnet-4C2A0E4A"}
    assert not any(one.connected or one.writes for one in bluez.gadgets)


async def test_switching_bluetooth_off_is_a_loss_and_it_comes_back(bluez):
    strip = strip_of()
    driver, heard = await opened(bluez, strip)
    bluez.power(on=False)
    await until(lambda: heard.lost)
    assert not await driver.make_safe()
    await driver.close()
    bluez.power(on=True)
    again = BleStrip(BleStrip.settings_for(device=strip.address), Heard().events())
    await again.open()
    await again.close()


# A core in a process of its own, as the guardian's child is.
CORE = """
import asyncio, sys
from drivers.ble_strip import BleStrip
from drivers.contract import DriverEvents, SetColor

async def main():
    nothing = DriverEvents(lambda _: None, lambda _: None, lambda: None)
    driver = BleStrip(BleStrip.settings_for(device=sys.argv[1]), nothing)
    await driver.open()
    await driver.apply("light", SetColor(255, 0, 0), 60.0)
    await driver.check()  # it is out
    print("on", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def _shine_and_die(address: str) -> None:
    command = [sys.executable, "-c", CORE, address]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as core:
        assert core.stdout.readline() == b"on\n"
        core.kill()


async def test_after_kill_9_the_strip_shines_until_the_guardian_darkens_it(bluez):
    from tests.drivers.transports.far import sent_by_the_guardian

    strip = strip_of()
    bluez.add(strip)
    await asyncio.to_thread(_shine_and_die, strip.address)
    assert strip.on
    assert strip.connected  # the system keeps the link of a program that died
    driver = BleStrip(BleStrip.settings_for(device=strip.address), Heard().events())
    driver.address, driver._model = strip.address, ble_strips.MODELS[2]
    await asyncio.to_thread(sent_by_the_guardian, driver.safe_recipe())
    assert not strip.on
    assert not strip.connected


async def test_the_guardian_leaves_a_dead_link_and_makes_a_new_one(bluez):
    from tests.drivers.transports.far import sent_by_the_guardian
    from tests.fakes.bluez.crash import crash

    strip = strip_of()
    driver, _ = await opened(bluez, strip)
    await driver.apply("light", SetColor(255, 0, 0), 60.0)
    assert bluez.wait_for(lambda: strip.on)
    recipe = driver.safe_recipe()
    link, driver._link = driver._link, None
    await crash(link)
    strip.faults.writes.append(("org.bluez.Error.Failed", "Not connected"))
    await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert not strip.on
    assert strip.connects == 2
    await driver.close()


async def test_the_guardian_waits_for_a_device_that_is_out_of_reach_only_so_long(bluez):
    from app.guardian import recipes

    recipe = recipes.Recipe(
        "ble", "BE:58:00:01:02:03", (ELK_OFF,), 0, b"", 0.1, 0.0, {"characteristic": "fff3"}
    )
    with pytest.raises(TimeoutError, match="cannot be reached"):
        await asyncio.to_thread(_send_for, recipe, 0.4)


def _send_for(recipe, open_s):
    from app.guardian.ways import ble

    return ble.send([recipe], open_s)
