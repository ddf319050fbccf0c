"""The Bluetooth transport on bleak's real BlueZ backend, against a stand-in that misbehaves."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports import ble_radio
from drivers.transports.ble import QUEUE_BYTES, BleLink, BleOptions, BlePipe
from tests.drivers.transports.far import Near, no_side_loop
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.bluez.daemon import Bluez

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not() or "-")

COLOUR = bytes.fromhex("7e000503ff000000ef")
OFF = bytes.fromhex("7e0004000000ff00ef")
FAILED = "org.bluez.Error.Failed"


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


async def test_a_device_is_found_by_its_address_written_to_and_left(bluez, strip):
    near = Near()
    link = await opened(strip, near)
    assert link.has("fff3")
    assert not link.has("fff9")
    assert link.can("fff3", "write-without-response")
    assert link.write_now("fff3", COLOUR)
    assert await link.written(5)
    assert strip.frames == [COLOUR]
    await link.close()
    assert not strip.connected
    assert not bluez.discovering
    assert near.lost == []
    assert no_side_loop()


async def test_writes_keep_their_order(strip):
    link = await opened(strip)
    frames = [bytes([0x7E, 0, 5, 3, n, 0, 0, 0, 0xEF]) for n in range(200)]
    assert all(link.write_now("fff3", frame) for frame in frames)
    assert await link.written(20)
    assert strip.frames == frames
    await link.close()


async def test_a_write_from_a_thread_goes_out_while_the_loop_is_blocked(bluez, strip):
    link = await opened(strip)
    timer = threading.Timer(0.05, link.write_now, ["fff3", OFF])
    timer.start()
    assert bluez.wait_for(lambda: strip.frames == [OFF])  # blocks the program's loop
    timer.join()
    await link.close()


async def test_the_queue_is_bounded_and_urgent_bytes_throw_away_what_waits(bluez, strip):
    strip.faults.write_s = 0.2
    link = await opened(strip)
    while link.write_now("fff3", COLOUR):
        assert link._out_bytes <= QUEUE_BYTES
    assert link.write_now("fff3", OFF, urgent=True)
    assert await link.written(5)
    assert strip.frames[-1] == OFF
    assert len(strip.frames) <= 3
    await link.close()


async def test_what_is_too_long_is_cut_and_put_together_again(bluez, strip):
    link = await opened(strip)
    text = bytes(range(160))
    assert link.write_now("fff3", text, split=True)
    assert await link.written(5)
    assert b"".join(strip.frames) == text
    assert {len(one) for one in strip.frames} == {20}
    await link.close()


async def test_loss_is_told_once(bluez, strip):
    near = Near()
    link = await opened(strip, near)
    await asyncio.to_thread(bluez.drop, strip)
    await near.until(lambda: near.lost)
    assert not link.write_now("fff3", OFF)
    assert not await link.written(1)
    await link.close()
    assert [one.cause for one in near.lost] == [Cause.LOST]
    assert near.threads == {"MainThread"}


async def test_a_loss_during_a_write_is_told_once(bluez, strip):
    near = Near()
    strip.faults.write_s = 0.05
    link = await opened(strip, near)
    for _ in range(20):
        link.write_now("fff3", COLOUR)
    await asyncio.to_thread(bluez.wait_for, lambda: bool(strip.frames))
    await asyncio.to_thread(bluez.hide, strip)
    await near.until(lambda: near.lost)
    await link.close()
    assert [one.cause for one in near.lost] == [Cause.LOST]


async def test_a_write_that_fails_ends_the_connection(strip):
    near = Near()
    link = await opened(strip, near)
    strip.faults.writes.append((FAILED, "Not connected"))
    link.write_now("fff3", COLOUR)
    await near.until(lambda: near.lost)
    assert near.lost[0].cause is Cause.LOST
    await link.close()


async def test_a_service_in_progress_is_asked_again(strip):
    link = await opened(strip)
    strip.faults.writes.extend([("org.bluez.Error.InProgress", "In Progress")] * 3)
    link.write_now("fff3", COLOUR)
    assert await link.written(5)
    assert strip.frames == [COLOUR]
    await link.close()


async def test_a_device_that_takes_nothing_is_noticed(strip):
    near = Near()
    link = await opened(strip, near, write_timeout_s=0.3)
    strip.faults.never_takes = True
    link.write_now("fff3", COLOUR)
    await near.until(lambda: near.lost)
    assert near.lost[0].cause is Cause.NO_ANSWER
    await link.close()


async def test_the_radio_failing_twice_is_tried_again(strip):
    strip.faults.connects = [
        (FAILED, "br-connection-canceled"),
        (FAILED, "le-connection-abort-by-local"),
    ]
    link = await opened(strip)
    assert strip.connects == 1
    await link.close()


async def test_a_flapping_link_can_be_opened_again_and_again(bluez, strip):
    for _ in range(5):
        near = Near()
        link = await opened(strip, near)
        await asyncio.to_thread(bluez.drop, strip)
        await near.until(lambda near=near: near.lost)
        await link.close()
    assert strip.connects == 5


async def test_a_link_left_behind_that_is_dead_is_made_anew(bluez, strip):
    from tests.fakes.bluez.crash import crash

    await crash(await opened(strip))
    strip.faults.never_takes = True
    near = Near()
    link = await opened(strip, near, write_timeout_s=0.3)
    link.write_now("fff3", OFF)
    await near.until(lambda: near.lost)
    await link.close()
    strip.faults.never_takes = False
    again = await opened(strip)
    assert strip.connects == 2
    again.write_now("fff3", OFF)
    assert await again.written(5)
    await again.close()


async def test_a_link_left_by_a_program_that_died_is_taken_over(bluez, strip):
    from tests.fakes.bluez.crash import crash

    link = await opened(strip)
    await crash(link)
    assert strip.connected
    again = await opened(strip)
    assert strip.connects == 1
    again.write_now("fff3", OFF)
    assert await again.written(5)
    await again.close()
    assert not strip.connected


async def test_bluetooth_switched_off_while_connected_is_a_loss(bluez, strip):
    near = Near()
    link = await opened(strip, near)
    bluez.power(on=False)
    await near.until(lambda: near.lost)
    await link.close()
    assert near.lost[0].cause is Cause.LOST


@pytest.mark.expect_log("D-Bus connection")
async def test_the_message_bus_dying_is_a_loss(bluez, strip):
    near = Near()
    link = await opened(strip, near)
    bluez.bus.kill()
    await near.until(lambda: near.lost)
    await link.close()
    assert [one.cause for one in near.lost] == [Cause.LOST]
    assert no_side_loop()


async def test_values_are_read_and_listened_to(bluez):
    from tests.fakes.bluez.gadgets import Switchable

    gadget, near = Switchable(), Near()
    bluez.add(gadget)
    link = await opened(gadget, near)
    assert await link.read("2a19") == b"\x5a"
    await link.listen("2a19", near.on_news)
    bluez.call(gadget.discharge, 12)
    await near.until(lambda: near.news == [b"\x0c"])
    with pytest.raises(DriverError) as raised:
        await link.read("fff3")
    assert raised.value.cause is Cause.UNSUPPORTED
    await link.close()
    assert near.threads == {"MainThread"}


async def test_who_listens_hears_what_goes_both_ways(bluez):
    from drivers.contract import overheard_by
    from tests.fakes.bluez.gadgets import Talking

    gadget, near, wire = Talking(), Near(), []
    bluez.add(gadget)
    with overheard_by(lambda way, data: wire.append((way, data))):
        link = await opened(gadget, near)
    await link.listen("ffe1", near.on_news)
    link.write_now("ffe1", b"P1 0")
    await near.until(lambda: near.news)
    assert wire == [("out", b"P1 0"), ("in", b"OK")]
    await link.close()


async def test_a_pipe_says_when_the_device_is_of_another_kind(strip):
    pipe = BlePipe(BleOptions(strip.address), ("ffd9", "ffd4"))
    with pytest.raises(DriverError) as raised:
        await pipe.open(lambda _: None, Near().on_lost)
    assert raised.value.cause is Cause.UNSUPPORTED
    assert not strip.connected


async def test_opening_can_be_given_up_half_way(bluez, strip):
    strip.faults.never_connects = True
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.4):
            await opened(strip)
    assert no_side_loop()
    assert not bluez.discovering


async def test_several_devices_are_connected_side_by_side(bluez):
    from tests.fakes.bluez.gadgets import ElkStrip

    strips = [ElkStrip(f"BE:58:00:01:02:{n:02d}") for n in range(6)]
    for one in strips:
        bluez.add(one)
    links = await asyncio.gather(*(opened(one) for one in strips))
    for link in links:
        link.write_now("fff3", COLOUR)
    assert all(await asyncio.gather(*(link.written(5) for link in links)))
    assert [one.frames for one in strips] == [[COLOUR]] * 6
    await asyncio.gather(*(link.close() for link in links))
    assert ble_radio._shared.users == 0
    assert no_side_loop()


async def test_close_may_be_called_again_and_without_open():
    link = BleLink(BleOptions("BE:58:00:01:02:03"))
    await link.close()
    assert not link.write_now("fff3", OFF)
    assert not await link.written(0.1)
    await link.close()
