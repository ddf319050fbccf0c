"""LCUS relay boards: golden bytes, and relays that do not know of each other."""

from __future__ import annotations

import asyncio
import os

import pytest

from drivers.contract import Ack, Cause, DriverError, Hazard, Off, Switch
from drivers.lcus_relay import LcusRelay
from tests.drivers import golden
from tests.drivers.benches.bench import Heard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def board():
    from tests.fakes.relay_board import RelayBoard

    made = RelayBoard()
    yield made
    made.close()


@pytest.fixture
def telling():
    from tests.fakes.relay_board import RelayBoard

    made = []

    def make(**more):
        made.append(RelayBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(board, **settings):
    driver = LcusRelay(LcusRelay.settings_for(port=board.path, **settings), Heard().events())
    return driver, await driver.open()


@pytest.mark.parametrize("case", golden.read("lcus_relay"), ids=str)
async def test_golden_bytes(telling, case):
    board = telling(e3=case.settings.get("model") == "e3")
    driver, _ = await opened(board, **case.settings)
    greeting = bytes.fromhex(case.more["greeting"])
    assert board.wait_for(lambda: board.heard == greeting)
    await driver.apply(case.output, case.instruction, case.duration_s)
    wanted = greeting + b"".join(case.frames)
    assert board.wait_for(lambda: board.heard == wanted)
    await driver.close()


async def test_each_relay_is_switched_alone(board):
    driver, capabilities = await opened(board, channels=8)
    assert len(capabilities) == 8
    await driver.apply("relay3", Switch(on=True), 1.0)
    await driver.apply("relay8", Switch(on=True), 1.0)
    assert board.wait_for(lambda: board.closed == {3, 8})
    await driver.apply("relay3", Off(), None)
    assert board.wait_for(lambda: board.closed == {8})
    await driver.close()
    assert board.wait_for(lambda: board.resting)


@pytest.mark.parametrize(
    ("load", "hazard"),
    [("other", Hazard.MAINS), ("light", Hazard.LIGHT), ("heat", Hazard.HEAT)],
)
async def test_what_hangs_on_it_decides_the_hazard(board, load, hazard):
    driver, capabilities = await opened(board, load=load)
    assert {one.hazard for one in capabilities} == {hazard}
    await driver.close()


@pytest.mark.parametrize("tells", ["bytes", "lines"])
async def test_a_board_that_tells_its_state_is_asked(telling, tells):
    board = telling(tells=tells)
    driver, capabilities = await opened(board, model="asked", channels=4)
    assert all(one.readback for one in capabilities)
    assert await driver.apply("relay2", Switch(on=True), 1.0) is Ack.CONFIRMED
    await driver.check()
    board.stuck = {2, 3}
    for relay in ("relay2", "relay3"):
        with pytest.raises(DriverError) as raised:
            await driver.apply(relay, Switch(on=relay == "relay3"), 1.0)
        assert raised.value.cause is Cause.REFUSED
    assert not await driver.make_safe()
    board.stuck = set()
    assert await driver.make_safe()
    await driver.close()


async def test_a_board_that_should_tell_its_state_and_does_not_is_told(telling):
    driver = LcusRelay(LcusRelay.settings_for(port=telling().path, model="asked"), Heard().events())
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


def test_an_e3_has_one_relay():
    with pytest.raises(ValueError, match="one relay"):
        LcusRelay.settings_for(port="COM3", model="e3", channels=2)


async def test_what_waited_for_another_relay_does_not_switch_on_behind_stop(telling):
    board = telling(tells="lines")
    driver, _ = await opened(board, channels=4, model="asked")
    on = [driver.apply(f"relay{number}", Switch(on=True), None) for number in (1, 2)]

    async def stopped():
        await asyncio.sleep(0)
        driver.stop_now()
        return await driver.make_safe()

    first, second, _ = await asyncio.gather(*on, stopped(), return_exceptions=True)
    assert (first.cause, second.cause) == (Cause.REFUSED, Cause.REFUSED)
    assert bytes.fromhex("a00201a3") not in board.heard
    await driver.close()
