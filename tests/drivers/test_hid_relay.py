"""USB relay boards without a port: golden reports, what the board says, and results that fail."""

from __future__ import annotations

import asyncio
import sys

import pytest

from drivers.codecs import hid_relay
from drivers.contract import Ack, Cause, DriverError, Hazard, Off, Switch
from drivers.hid_relay import HidRelay
from drivers.transports import hid
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.transports.far import sent_by_the_guardian
from tests.fakes.hid_bus import HidBus


@pytest.fixture
def bus():
    made = HidBus()
    yield made
    made.close()


async def opened(**settings):
    heard = Heard()
    driver = HidRelay(HidRelay.settings_for(**settings), heard.events())
    try:
        capabilities = await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver, capabilities, heard


@pytest.mark.parametrize("case", golden.read("hid_relay"), ids=str)
async def test_golden_bytes(bus, case):
    board = bus.plug(case.settings["channels"])
    driver, _, _ = await opened(**case.settings)
    assert board.heard == [hid_relay.ALL_OFF]
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
    assert board.heard[1:] == list(case.frames)
    await driver.close()


@pytest.mark.parametrize("way", ["plain", "numbered"])
async def test_the_board_says_what_is_on(bus, way):
    board = bus.plug(4, way=way)
    driver, capabilities, _ = await opened(channels=4, load="motor")
    assert driver.firmware == "USBRelay4 BITFT"
    assert {one.hazard for one in capabilities} == {Hazard.MOTION}
    await driver.apply("relay2", Switch(on=True), 1.0)
    await driver.apply("relay4", Switch(on=True), 1.0)
    assert board.closed == {2, 4}
    await driver.apply("relay2", Off(), None)
    assert board.closed == {4}
    await driver.close()
    assert not board.closed


async def test_a_relay_that_did_not_switch_is_told(bus):
    board = bus.plug(2)
    driver, _, _ = await opened(channels=2)
    board.stuck = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("relay1", Switch(on=True), 1.0)
    assert raised.value.cause is Cause.REFUSED
    board.stuck = False
    await driver.apply("relay1", Switch(on=True), 1.0)
    board.stuck = True
    assert not await driver.make_safe()
    await driver.close()


async def test_a_board_that_never_tells_is_not_called_confirmed(bus):
    bus.plug(2, way="never")
    driver, _, _ = await opened(channels=2)
    assert await driver.apply("relay1", Switch(on=True), 1.0) is Ack.SENT
    await driver.close()


async def test_pulled_out_while_a_report_is_sent_it_is_lost_once(bus):
    board = bus.plug(2)
    driver, _, heard = await opened(channels=2)
    bus.unplug(board)
    with pytest.raises(DriverError):
        await driver.apply("relay1", Switch(on=True), 1.0)
    driver.stop_now()
    assert not await driver.make_safe()
    await driver.close()
    assert [one.cause for one in heard.lost] == [Cause.LOST]


async def test_a_relay_the_board_does_not_have_did_not_switch(bus):
    bus.plug(1)
    driver, _, _ = await opened(channels=2)
    with pytest.raises(DriverError) as raised:
        await driver.apply("relay2", Switch(on=True), 1.0)
    assert raised.value.cause is Cause.REFUSED
    await driver.close()


async def test_nothing_plugged_in_and_two_alike_are_told(bus):
    with pytest.raises(DriverError) as raised:
        await opened()
    assert raised.value.cause is Cause.NOT_FOUND
    one, other = bus.plug(1), bus.plug(1)
    with pytest.raises(DriverError) as raised:
        await opened()
    assert raised.value.cause is Cause.AMBIGUOUS
    driver, _, _ = await opened(board=other.path)
    await driver.apply("relay1", Switch(on=True), 1.0)
    assert (one.closed, other.closed) == (set(), {1})
    assert not one.heard
    await driver.close()


async def test_a_board_with_a_serial_number_is_found_wherever_it_is_plugged_in(bus):
    bus.plug(1, serial="AAA")
    mine = bus.plug(2, serial="B 1")
    found = await HidRelay.discover()
    assert [(one.settings["board"], one.settings["channels"]) for one in found] == [
        ("hid:16C0:05DF:AAA", 1), ("hid:16C0:05DF:B%201", 2)
    ]  # fmt: skip
    mine.path = "/dev/hidraw9"
    driver, _, _ = await opened(board="hid:16C0:05DF:B%201")
    assert driver.address == "/dev/hidraw9"
    await driver.close()


async def test_other_things_with_the_same_numbers_are_left_alone(bus):
    board = bus.plug(1)
    board.product = "Joystick"
    assert await HidRelay.discover() == ()
    with pytest.raises(DriverError) as raised:
        await opened()
    assert raised.value.cause is Cause.NOT_FOUND
    assert not board.heard


async def test_a_board_that_may_not_be_opened_is_told(bus, tmp_path):
    board = bus.plug(1)
    board.locked = True
    with pytest.raises(DriverError) as raised:
        await opened()
    # Its name is no file here; on Linux that is how a board that is gone looks.
    linux = sys.platform == "linux"
    assert raised.value.cause is (Cause.NOT_FOUND if linux else Cause.BUSY)
    board.path = str(tmp_path)
    with pytest.raises(DriverError) as raised:
        await opened()
    assert raised.value.cause is Cause.BUSY


async def test_the_guardian_switches_every_relay_off(bus):
    board = bus.plug(8)
    driver, _, _ = await opened(channels=8)
    await driver.apply("relay8", Switch(on=True), 1.0)
    recipe = driver.safe_recipe()
    # No board answers what switches it: nobody calls that confirmed.
    assert not await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert not board.closed
    await driver.close()


async def test_a_port_that_is_closed_takes_and_asks_nothing(bus):
    board = bus.plug(1)
    port = hid.HidPort(board.path, feature=True)
    assert not port.write_now(hid_relay.ALL_OFF)
    await port.close()
    await port.open(lambda _: None, lambda _: None)
    assert port.write_now(hid_relay.ALL_OFF)
    await port.close()
    assert board.heard == [hid_relay.ALL_OFF]
    assert not port.write_now(hid_relay.ALL_OFF)
    with pytest.raises(DriverError):
        await port.feature(0, 9)


async def test_stop_throws_away_what_waits(bus):
    board = bus.plug(1)
    port = hid.HidPort(board.path, feature=True)
    await port.open(lambda _: None, lambda _: None)
    for _ in range(200):
        port.write_now(hid_relay.report(1, on=True))
    port.write_now(hid_relay.ALL_OFF, urgent=True)
    await port.close()
    assert board.heard[-1] == hid_relay.ALL_OFF
    assert len(board.heard) < 200
    assert not board.closed


def test_the_real_hidapi_is_there_and_lists():
    assert "fakes" not in str(hid.hidapi().__file__)
    assert all(one.path for one in hid.list_devices())
