"""LCUS relay boards: golden bytes, and relays that do not know of each other."""

from __future__ import annotations

import os

import pytest

from drivers.codecs import lcus
from drivers.contract import Hazard, Off, Switch
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


async def opened(board, **settings):
    driver = LcusRelay(LcusRelay.settings_for(port=board.path, **settings), Heard().events())
    return driver, await driver.open()


@pytest.mark.parametrize("case", golden.read("lcus_relay"), ids=str)
async def test_golden_bytes(board, case):
    driver, _ = await opened(board, **case.settings)
    greeting = lcus.all_off(case.settings["channels"])
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
