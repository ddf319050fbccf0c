"""What the computer's Bluetooth sees and how it fails, on bleak's real BlueZ backend."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports import ble_radio
from drivers.transports.ble import BleLink, BleOptions, full_uuid
from drivers.transports.ble_radio import look_around
from tests.drivers.transports.far import Near, no_side_loop
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.bluez.daemon import Bluez

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not() or "-")

COLOUR = bytes.fromhex("7e000503ff000000ef")
FAILED = "org.bluez.Error.Failed"
QUICK = {"find_timeout_s": 0.5, "connect_timeout_s": 1.5}


@pytest.fixture
def bluez() -> Iterator[Bluez]:
    from tests.fakes.bluez.daemon import Bluez

    made = Bluez()
    yield made
    made.close()


@pytest.fixture
def strip(bluez):
    from tests.fakes.bluez.gadgets import ElkStrip

    made = ElkStrip()
    bluez.add(made)
    return made


async def opened(gadget, near: Near | None = None, **options) -> BleLink:
    link = BleLink(BleOptions(gadget.address, **options))
    await link.open((near or Near()).on_lost)
    return link


async def test_a_device_is_found_by_its_name(strip):
    link = BleLink(BleOptions("ELK-BLEDOM"))
    await link.open(Near().on_lost)
    assert link.address == strip.address
    await link.close()


async def test_two_devices_of_one_name_are_not_guessed_between(bluez, strip):
    from tests.fakes.bluez.gadgets import ElkStrip

    bluez.add(ElkStrip("BE:58:00:09:09:09"))
    # Whichever is seen first would be taken; a search that runs already has seen both.
    looking = asyncio.gather(look_around(1.5))
    await asyncio.to_thread(bluez.wait_for, lambda: bluez.discovering)
    await asyncio.sleep(0.3)
    with pytest.raises(DriverError) as raised:
        await BleLink(BleOptions("ELK-BLEDOM")).open(Near().on_lost)
    assert raised.value.cause is Cause.AMBIGUOUS
    assert len((await looking)[0]) == 2


@pytest.mark.parametrize(
    ("name", "args", "cause"),
    [
        ("BleakDBusError", ("org.freedesktop.DBus.Error.AccessDenied", []), "bluetooth_denied"),
        ("BleakDBusError", ("org.freedesktop.DBus.Error.ServiceUnknown", []), "no_bluetooth"),
        ("BleakDBusError", ("org.bluez.Error.NotReady", []), "bluetooth_off"),
        ("BleakDBusError", (FAILED, ["Not connected"]), "lost"),
        ("BleakGATTProtocolError", (3,), "refused"),
        ("BleakDeviceNotFoundError", ("x",), "out_of_reach"),
        ("BleakBluetoothNotAvailableError", ("no", "DENIED_BY_USER"), "bluetooth_denied"),
        ("BleakBluetoothNotAvailableError", ("no", "POWERED_OFF"), "bluetooth_off"),
        ("BleakBluetoothNotAvailableError", ("no", "UNKNOWN"), "no_bluetooth"),
    ],
)
def test_every_failure_of_bluetooth_has_its_cause(name, args, cause):
    from bleak import exc

    from app.core.links import WORDS, LinkReason

    if "Available" in name:
        args = (args[0], exc.BleakBluetoothNotAvailableReason[args[1]])
    elif "Protocol" in name:
        args = (exc.BleakGATTProtocolErrorCode(args[0]),)
    found = ble_radio.ble_error(getattr(exc, name)(*args), Cause.LOST)
    assert found.cause == cause
    assert WORDS[LinkReason(cause)]


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [("hidden", Cause.OUT_OF_REACH), ("stubborn", Cause.NO_ANSWER)],
)
async def test_a_device_that_cannot_be_had_is_told_in_time(bluez, trouble, cause):
    from tests.fakes.bluez.gadgets import ElkStrip

    strip = ElkStrip()
    strip.faults.never_connects = True
    bluez.add(strip, hidden=trouble == "hidden")
    with pytest.raises(DriverError) as raised:
        await opened(strip, **QUICK)
    assert raised.value.cause is cause
    assert no_side_loop()


async def test_bluetooth_that_is_off_is_told_and_later_found_on(bluez, strip):
    bluez.power(on=False)
    with pytest.raises(DriverError) as raised:
        await opened(strip)
    assert raised.value.cause is Cause.BLUETOOTH_OFF
    bluez.power(on=True)
    await (await opened(strip)).close()


async def test_a_computer_without_an_adapter_is_told_apart():
    from tests.fakes.bluez.daemon import Bluez

    none = Bluez(adapter=False)
    try:
        with pytest.raises(DriverError) as raised:
            await BleLink(BleOptions("BE:58:00:01:02:03")).open(Near().on_lost)
        assert raised.value.cause is Cause.NO_BLUETOOTH
        assert await look_around(0.1) == ()
    finally:
        none.close()


async def test_a_computer_without_the_service_is_told_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(DriverError) as raised:
        await BleLink(BleOptions("BE:58:00:01:02:03")).open(Near().on_lost)
    assert raised.value.cause is Cause.NO_BLUETOOTH
    assert await look_around(0.1) == ()
    assert no_side_loop()


async def test_all_who_look_at_once_share_one_search(bluez, strip):
    from tests.fakes.bluez.gadgets import TrionesStrip

    bluez.add(TrionesStrip())
    seen = await asyncio.gather(*(look_around(0.4) for _ in range(3)))
    assert bluez.scans == 1
    assert {one.name for one in seen[0]} == {"ELK-BLEDOM", "Triones-FFFF00008119"}
    assert full_uuid("fff0") in next(one for one in seen[0] if "ELK" in one.name).services
    assert seen[0] == seen[1] == seen[2]
    assert not any(one.connected for one in bluez.gadgets)


async def test_a_device_that_is_ours_already_is_not_taken_twice(bluez, strip):
    near = Near()
    link = await opened(strip, near)
    with pytest.raises(DriverError) as raised:
        await opened(strip)
    assert raised.value.cause is Cause.BUSY
    link.write_now("fff3", COLOUR)
    assert await link.written(5)
    assert near.lost == []
    await link.close()
    await (await opened(strip)).close()
