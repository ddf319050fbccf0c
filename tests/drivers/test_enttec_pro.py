"""DMX USB Pro: golden bytes, OLA as the host of our stand-in box, and boxes that misbehave."""

from __future__ import annotations

import asyncio
import os

import pytest

from drivers.contract import Ack, Cause, DriverError, Flash, Off, SetColor
from drivers.enttec_pro import EnttecPro
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.fakes import ola

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def box():
    from tests.fakes.enttec_box import EnttecBox

    made = EnttecBox()
    yield made
    made.close()


async def opened(box, **settings):
    heard = Heard()
    driver = EnttecPro(EnttecPro.settings_for(port=box.path, **settings), heard.events())
    try:
        await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver, heard


@pytest.mark.parametrize("case", golden.read("enttec_pro"), ids=str)
async def test_golden_bytes(box, case):
    driver, _ = await opened(box, **case.settings)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    (frame,) = case.frames
    assert box.wait_for(lambda: frame in box.heard)
    await driver.close()


@pytest.mark.skipif(bool(ola.why_not()), reason=ola.why_not() or "here")
async def test_a_host_that_others_wrote_takes_our_stand_in_for_the_real_box(box):
    plugins = {"usbserial": {"device_dir": "FOLDER/dev", "device_prefix": "ttyUSB"}}
    host = ola.Ola(plugins, {"5-12345678-O-0": 7})
    levels = [255, 128, 64, 1, *range(20)]
    try:
        host.device(box.path)
        assert await asyncio.to_thread(box.wait_for, lambda: 10 in box.asked, 60)
        for _ in range(300):
            await asyncio.to_thread(host.set_levels, 7, levels)
            if await asyncio.to_thread(box.wait_for, lambda: not box.resting, 0.1):
                break
    finally:
        await asyncio.to_thread(host.close)
    assert bytes(levels) in {frame[: len(levels)] for frame in box.frames}


async def test_what_is_no_such_box_is_told_and_gets_no_frame(box):
    box.mute = True
    with pytest.raises(DriverError) as raised:
        await opened(box)
    assert raised.value.cause is Cause.NO_ANSWER
    assert 6 not in box.asked


async def test_a_box_that_fell_silent_confirms_nothing_but_is_made_dark(box):
    driver, _ = await opened(box)
    await driver.apply("lamp1", SetColor(1, 2, 3), 1.0)
    assert box.wait_for(lambda: not box.resting)
    box.garble = True
    assert not await driver.make_safe()
    assert box.wait_for(lambda: box.resting)
    with pytest.raises(DriverError):
        await driver.check()
    box.garble = False
    assert await driver.make_safe()
    await driver.close()


async def test_lamps_do_not_know_of_each_other(box):
    fixtures = [{"type": "rgb", "start": 1}, {"type": "rgb", "start": 4}]
    driver, _ = await opened(box, fixtures=fixtures)
    await driver.apply("lamp1", SetColor(1, 2, 3), 1.0)
    await driver.apply("lamp4", SetColor(4, 5, 6), 1.0)
    assert box.wait_for(lambda: box.line[:6] == bytes([1, 2, 3, 4, 5, 6]))
    await driver.apply("lamp1", Off(), None)
    assert box.wait_for(lambda: box.line[:6] == bytes([0, 0, 0, 4, 5, 6]))
    await driver.close()
    assert box.wait_for(lambda: box.resting)


async def test_a_flash_goes_on_while_the_loop_is_blocked(box):
    driver, _ = await opened(box)
    await driver.apply("lamp1", Flash(3, 255, 0, 0, rate_hz=3.0), 1.0)

    def flashes() -> int:
        lit = [bool(frame[0]) for frame in box.frames]
        return sum(now and not before for before, now in zip([False, *lit], lit, strict=False))

    assert box.wait_for(lambda: flashes() == 3 and box.resting)  # in this very thread
    await driver.close()


async def test_unplugged_in_the_middle_of_a_flash_it_is_lost_once(box):
    driver, heard = await opened(box)
    await driver.apply("lamp1", Flash(30, rate_hz=3.0), 10.0)
    await asyncio.to_thread(box.unplug)
    await until(lambda: heard.lost)
    with pytest.raises(DriverError) as raised:
        await driver.apply("lamp1", SetColor(1, 2, 3), 1.0)
    assert raised.value.cause is Cause.LOST
    await driver.close()
    assert len(heard.lost) == 1
