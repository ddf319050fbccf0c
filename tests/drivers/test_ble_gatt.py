"""Bluetooth devices of one's own: golden bytes, batteries, and forms that make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from drivers.ble_gatt import BleGatt
from drivers.codecs.gatt_settings import GattSettings
from drivers.contract import (
    Ack,
    Cause,
    DriverError,
    Flash,
    Hazard,
    Kind,
    Observation,
    Pulse,
    SetLevel,
    Switch,
)
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.ble_gatt import SETTINGS, TIMED
from tests.drivers.test_contract import until
from tests.drivers.transports.far import no_side_loop
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.bluez.daemon import Bluez

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not() or "-")


@pytest.fixture
def bluez() -> Iterator[Bluez]:
    from tests.fakes.bluez.daemon import Bluez

    made = Bluez()
    yield made
    made.close()


@pytest.fixture
def gadget(bluez):
    from tests.fakes.bluez.gadgets import Switchable

    made = Switchable()
    bluez.add(made)
    return made


@pytest.fixture
def talking(bluez):
    from tests.fakes.bluez.gadgets import Talking

    made = Talking()
    bluez.add(made)
    return made


def made(settings: dict[str, Any]) -> tuple[BleGatt, Heard]:
    heard = Heard()
    return BleGatt(BleGatt.settings_for(**settings), heard.events()), heard


def charges(heard: Heard) -> list[float]:
    return [one.value for one in heard.observations]


@pytest.mark.parametrize("case", golden.read("ble_gatt"), ids=str)
async def test_golden_bytes(bluez, gadget, case):
    driver, _ = made({**SETTINGS, **case.settings})
    await driver.open()
    before = len(gadget.frames)
    ack = await driver.apply(case.output, case.instruction, case.duration_s)
    assert ack is Ack.CONFIRMED
    assert gadget.frames[before:] == list(case.frames)
    await driver.close()
    assert no_side_loop()


async def test_the_battery_is_told_at_once_and_whenever_it_changes(bluez, gadget):
    driver, heard = made(SETTINGS)
    output, battery = await driver.open()
    assert (output.kind, output.hazard, output.title) == (Kind.SWITCH, Hazard.MAINS, "Fan")
    assert battery.kind is Kind.SENSOR
    await until(lambda: heard.observations == [Observation("battery", "battery", 90.0)])
    bluez.call(gadget.discharge, 12)
    await until(lambda: charges(heard) == [90.0, 12.0])
    gadget.battery.value = b"\x0b"
    await driver.check()
    await until(lambda: charges(heard)[-1] == 11.0)
    await driver.close()


async def test_a_charge_of_nonsense_is_not_told(bluez, gadget):
    gadget.battery.value = b"\xff"
    driver, heard = made(SETTINGS)
    await driver.open()
    bluez.call(gadget.notify, "2a19", b"")
    bluez.call(gadget.discharge, 50)
    await until(lambda: charges(heard) == [50.0])
    await driver.close()


async def test_a_battery_alone_is_a_device_that_needs_no_recipe(gadget):
    driver, _ = made({"device": gadget.address})
    (battery,) = await driver.open()
    assert battery.id == "battery"
    assert driver.safe_recipe() is None
    driver.stop_now()
    assert await driver.make_safe()
    await driver.close()
    assert gadget.writes == []


async def test_a_device_without_the_value_is_told(bluez, talking):
    driver, _ = made({**SETTINGS, "device": talking.address})
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.UNSUPPORTED
    await driver.close()
    assert talking.writes == []


async def test_an_answer_confirms_and_a_wrong_or_missing_one_does_not(bluez, talking):
    driver, _ = made(TIMED)
    await driver.open()
    assert await driver.apply("output1", SetLevel(0.5), 0.5) is Ack.CONFIRMED
    assert talking.frames[-1] == b"P128 500"
    for answer in (b"ERR", b""):
        talking.answer = answer
        with pytest.raises(DriverError) as raised:
            await driver.apply("output1", SetLevel(0.5), 0.5)
        assert raised.value.cause is Cause.NO_ANSWER
        assert not await driver.make_safe()
    await driver.close()
    assert bluez.wait_for(lambda: talking.resting)


async def test_a_flash_shines_for_its_time(bluez, talking):
    driver, _ = made(TIMED)
    await driver.open()
    await driver.apply("output2", Flash(2, 1, 2, 3), 1.0)
    assert talking.frames[-1] == b"L010203 1000"
    await driver.close()


async def test_closing_switches_every_output_off(bluez, talking):
    driver, _ = made(TIMED)
    await driver.open()
    talking.faults.write_s = 0.05
    for output in ("output1", "output2"):
        await driver.apply(output, SetLevel(0.5), 60.0)
    await driver.close()
    assert talking.resting


async def test_a_write_the_device_refuses_ends_the_connection(gadget):
    driver, heard = made(SETTINGS)
    await driver.open()
    gadget.faults.writes.append(("org.bluez.Error.NotPermitted", "Write not permitted"))
    with pytest.raises(DriverError):
        await driver.apply("output1", Switch(on=True), 1.0)
    await until(lambda: heard.lost)
    assert heard.lost[0].cause is Cause.REFUSED
    await driver.close()


async def test_a_device_that_vanishes_while_it_writes_is_told_once(bluez, gadget):
    driver, heard = made(SETTINGS)
    await driver.open()
    gadget.faults.never_takes = True
    with pytest.raises(DriverError):
        await driver.apply("output1", Pulse(), 1.0)
    bluez.hide(gadget)
    await until(lambda: heard.lost)
    await driver.close()
    assert len(heard.lost) == 1


async def test_the_recipe_asks_for_an_acknowledgement_where_there_is_one(bluez, gadget, talking):
    driver, _ = made(SETTINGS)
    await driver.open()
    recipe = driver.safe_recipe()
    assert (recipe.address, recipe.frames, recipe.options["response"]) == (
        gadget.address,
        (b"\x00",),
        1,
    )
    await driver.close()


async def test_only_what_tells_of_a_battery_is_offered(bluez, gadget, talking):
    (found,) = await BleGatt.discover()
    assert found.title == "Desk gadget"
    assert BleGatt.settings_for(**found.settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"battery": False},
        {"value": "12"},
        {"outputs": [{"name": "Fan", "on": "01", "off": "00"}]},
        {"value": "ffe1", "outputs": [{"name": "Fan", "on": "01"}]},
        {"value": "ffe1", "outputs": [{"name": "Fan", "on": "0g", "off": "00"}]},
        {"value": "ffe1", "outputs": [{"name": "Fan", "on": "{level}", "off": "00"}]},
        {"value": "ffe1", "outputs": [{"name": "Fan", "on": "01", "off": "00", "self_timed": True}]},
        {"value": "ffe1", "answer": "4F", "outputs": [{"name": "Fan", "on": "01", "off": "00"}]},
        {"value": "ffe1", "writing": "text", "outputs": [{"name": "Fan", "on": "x" * 300 + "{ms}" * 99, "off": "00"}]},
    ],
)  # fmt: skip
def test_forms_that_make_no_sense_are_told(wrong):
    with pytest.raises(ValidationError):
        GattSettings.model_validate({"device": "AA:BB:CC:00:00:02", **wrong})
