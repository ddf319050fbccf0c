"""OSC: golden bytes, what a program that others wrote makes of them, and nobody at the other end."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pydantic import ValidationError

from drivers.contract import Ack, Cause, DriverError, Flash, Hazard, Off, Play, SetColor, SetLevel
from drivers.osc import Osc
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.osc import OUTPUTS
from tests.drivers.transports.far import sent_by_the_guardian


@pytest.fixture
def program():
    from tests.fakes.osc_program import OscProgram

    made = OscProgram()
    yield made
    made.close()


async def opened(port, **settings):
    heard = Heard()
    driver = Osc(Osc.settings_for(port=port, **settings), heard.events())
    return driver, await driver.open(), heard


@pytest.mark.parametrize("case", golden.read("osc"), ids=str)
async def test_golden_bytes(case):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
        far.bind(("127.0.0.1", 0))
        far.settimeout(10)
        driver, _, _ = await opened(far.getsockname()[1], **case.settings)
        assert far.recv(1000) == driver._speech.offs[0]
        assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
        assert far.recv(1000) == case.frames[0]
        await driver.close()


async def test_a_program_that_others_wrote_reads_what_was_meant(program):
    driver, capabilities, _ = await opened(program.port, outputs=OUTPUTS)
    assert program.wait_for(lambda: len(program.heard) == len(OUTPUTS))
    assert program.heard == [
        ("/layer/1/opacity", (0.0,)),
        ("/blitz", (False,)),
        ("/wash", (0, 0, 0)),
        ("/hit", (0,)),
        ("/cue", ("",)),
    ]
    assert [one.hazard for one in capabilities][:3] == [Hazard.NONE, Hazard.LIGHT, Hazard.MAINS]
    await driver.apply("output1", SetLevel(0.5), 1.0)
    await driver.apply("output3", SetColor(255, 128, 0, 0.5), 1.0)
    await driver.apply("output5", Play("two"), 1.0)
    assert program.wait_for(lambda: program.state["/cue"] == ("two",))
    assert program.state["/layer/1/opacity"] == (0.5,)
    assert program.state["/wash"] == (128, 64, 0)
    await driver.apply("output3", Off(), None)
    assert program.wait_for(lambda: program.state["/wash"] == (0, 0, 0))
    await driver.close()
    assert program.wait_for(lambda: program.resting)


async def test_an_effect_without_that_name_is_refused(program):
    driver, _, _ = await opened(program.port, outputs=OUTPUTS)
    with pytest.raises(DriverError) as raised:
        await driver.apply("output5", Play("three"), 1.0)
    assert raised.value.cause is Cause.UNSUPPORTED
    await driver.close()


async def test_a_flash_blinks_and_ends_dark(program):
    driver, _, _ = await opened(program.port, outputs=OUTPUTS[2:3])
    assert program.wait_for(lambda: len(program.heard) == 1)
    await driver.apply("output1", Flash(2, 255, 0, 0, rate_hz=50.0), 1.0)

    def blinked():
        return [values[0] for _, values in program.heard] == [0, 255, 0, 255, 0]

    assert await asyncio.to_thread(program.wait_for, blinked)
    await driver.apply("output1", Flash(1000, rate_hz=50.0), 20.0)
    driver.stop_now()
    assert await driver.make_safe()
    assert not driver._blinking.outputs
    await driver.close()


async def test_a_stranger_switches_everything_off(program):
    driver, _, _ = await opened(program.port, outputs=OUTPUTS)
    await driver.apply("output1", SetLevel(1.0), 5.0)
    await driver.apply("output5", Play("one"), 5.0)
    assert program.wait_for(lambda: not program.resting)
    # Nobody answers, so nobody calls it confirmed.
    assert not await asyncio.to_thread(sent_by_the_guardian, driver.safe_recipe())
    assert program.wait_for(lambda: program.resting)
    await driver.close()


async def test_that_nobody_listens_is_told_where_the_system_says_so(program):
    port = program.port
    program.close()
    driver, _, heard = await opened(port, outputs=OUTPUTS[:1])
    async with asyncio.timeout(10):
        while not heard.lost:
            driver.stop_now()
            await asyncio.sleep(0.005)
    assert heard.lost[0].cause is Cause.LOST
    await driver.close()


@pytest.mark.parametrize("address", ["", "layer", "/a b", "/a/*", "//a", "/a/", "/{a,b}", "#x"])
def test_an_address_of_no_sense_is_refused(address):
    with pytest.raises(ValidationError):
        Osc.settings_for(outputs=[{"name": "A", "address": address}])


def test_effects_without_names_are_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="Name the effects of Cue"):
        Osc.settings_for(outputs=[{"name": "Cue", "kind": "effect", "address": "/cue"}])
