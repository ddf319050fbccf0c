"""Boards behind Bluetooth: golden bytes, and radios that lose, delay and break what is said."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from drivers.ble_uart import BleUart
from drivers.codecs.giftwire_line import STOP_FRAME
from drivers.contract import Ack, Cause, DriverError, Rotate, Run, Switch
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.drivers.transports.far import no_side_loop, sent_by_the_guardian
from tests.fakes.bluez import bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(bus.why_not()), reason=bus.why_not() or "-")


class Desk:
    """A board, the module in front of it, and the computer's Bluetooth."""

    def __init__(self, folder: Path) -> None:
        from tests.fakes.bluez.daemon import Bluez
        from tests.fakes.bluez.serial_module import SerialModule
        from tests.fakes.firmware.board import Board

        self.board = Board(folder / "tty")
        self.bluez = Bluez()
        self.module = SerialModule(self.bluez, self.board.path)
        self.bluez.add(self.module)
        self.heard = Heard()
        settings = BleUart.settings_for(device=self.module.address)
        self.driver = BleUart(settings, self.heard.events())

    def close(self) -> None:
        self.module.close()
        self.bluez.close()
        self.board.close()


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("case", golden.read("ble_uart"), ids=str)
async def test_golden_bytes(desk, case):
    await desk.driver.open()
    before = len(desk.module.frames)
    ack = await desk.driver.apply(case.output, case.instruction, case.duration_s)
    assert ack is Ack.CONFIRMED
    assert desk.module.frames[before : before + len(case.frames)] == list(case.frames)
    await desk.driver.close()
    assert no_side_loop()


async def test_a_larger_size_is_used_when_the_device_takes_it(desk):
    desk.module.mtu = 247
    await desk.driver.open()
    await desk.driver.apply("motor", Rotate(10, 60), 13.0)
    assert desk.module.frames[-1].startswith(b"1 ROTATE motor rounds=10 rpm=60 back=0 ms=13000*")
    await desk.driver.close()


async def test_a_piece_lost_on_the_way_is_noticed_by_the_checksum_and_said_again(desk):
    await desk.driver.open()
    took, lost = desk.module.took, []

    def drop_one(uuid, data):
        if b"s=10 rpm" in data and not lost:
            lost.append(data)
        else:
            took(uuid, data)

    desk.module.took = drop_one
    await desk.driver.apply("motor", Rotate(10, 60), 13.0)
    assert lost
    assert [words[0] for _, words in desk.board.started] == ["ROTATE"]
    await desk.driver.close()


@pytest.mark.parametrize("fault", ["late:0.6", "never", "twice", "wrong"])
async def test_late_lost_double_and_wrong_answers_turn_nothing_twice(desk, fault):
    await desk.driver.open()
    desk.board.habits.faults.append(fault)
    await desk.driver.apply("motor", Rotate(2, 60), 5.0)
    assert [words[0] for _, words in desk.board.started] == ["ROTATE"]
    await desk.driver.close()


async def test_stop_ends_a_line_that_was_half_sent(desk):
    await desk.driver.open()
    await desk.driver.apply("relay", Switch(on=True), 9.0)
    desk.module.faults.write_s = 0.03
    for _ in range(3):
        desk.driver._pipe.write_now(b"9 COLOR light rgb=FFFFFF ms=60000 and much more to say\n")
    thread = threading.Thread(target=desk.driver.stop_now)
    thread.start()
    thread.join()
    assert desk.board.wait_for(lambda: desk.board.resting)  # with the loop blocked
    assert desk.module.frames[-1] == STOP_FRAME
    assert await desk.driver.make_safe()
    await desk.driver.close()


async def test_going_out_of_reach_ends_what_waits_for_an_answer(desk):
    await desk.driver.open()
    desk.board.habits.faults.extend(["deaf", "deaf"])
    running = desk.driver.apply("motor", Run(60), 60.0)

    async def leave():
        await until(lambda: any("RUN" in one for one in desk.board.lines))
        await asyncio.to_thread(desk.bluez.hide, desk.module)

    error, _ = await asyncio.gather(running, leave(), return_exceptions=True)
    assert error.cause is Cause.LOST
    assert len(desk.heard.lost) == 1
    assert not await desk.driver.make_safe()
    await desk.driver.close()
    assert desk.board.wait_for(lambda: desk.board.resting)  # its lease runs out


async def test_a_board_that_is_silent_behind_its_module_is_told(desk):
    desk.board.habits.silent = True
    with pytest.raises(DriverError) as raised:
        await desk.driver.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await desk.driver.close()


async def test_a_strip_is_no_board(desk):
    from tests.fakes.bluez.gadgets import ElkStrip

    strip = ElkStrip()
    desk.bluez.add(strip)
    driver = BleUart(BleUart.settings_for(device=strip.address), Heard().events())
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.UNSUPPORTED
    assert strip.writes == []
    await driver.close()


async def test_boards_are_found_by_their_service_and_not_connected_to(desk):
    from tests.fakes.bluez.gadgets import ElkStrip

    desk.bluez.add(ElkStrip())
    (found,) = await BleUart.discover()
    assert (found.title, found.settings) == (
        "Giftwire ESP32",
        {"device": desk.module.address},
    )
    assert desk.module.connects == 0


async def test_the_guardian_hears_the_board_say_that_it_is_safe(desk):
    from tests.fakes.bluez.crash import crash

    await desk.driver.open()
    await desk.driver.apply("relay", Switch(on=True), 9.0)
    recipe = desk.driver.safe_recipe()
    pipe, desk.driver._pipe = desk.driver._pipe, None
    await crash(pipe.link)
    assert not desk.board.resting
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert desk.board.resting
    await desk.driver.close()
