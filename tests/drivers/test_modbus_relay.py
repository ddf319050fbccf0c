"""Modbus relay boards: golden bytes, two judges, and a board that answers late, wrongly or never."""

from __future__ import annotations

import asyncio
import os

import pytest

from app.tasks import Tasks
from drivers.codecs import modbus
from drivers.contract import Ack, Cause, DriverError, Off, Pulse, Switch
from drivers.modbus_relay import ModbusRelay
from tests.drivers import golden
from tests.drivers.benches.bench import Heard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def board():
    from tests.fakes.modbus_board import ModbusBoard

    made = []

    def make(**more):
        made.append(ModbusBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(path, heard=None, **settings):
    events = (heard or Heard()).events()
    driver = ModbusRelay(ModbusRelay.settings_for(port=path, **settings), events)
    await driver.open()
    return driver


@pytest.mark.parametrize("case", golden.read("modbus_relay"), ids=str)
async def test_golden_bytes(board, case):
    far = board(unit=case.settings.get("unit", 1), timed=case.settings.get("model") == "waveshare")
    driver = await opened(far.path, **case.settings)
    before = far.heard
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
    assert far.heard == before + b"".join(case.frames)
    await driver.close()


def test_all_off_is_the_frame_of_the_sheet():
    assert modbus.all_off(255, 8).hex() == "ff0f000000080100705d"


async def test_a_server_that_others_wrote_takes_our_frames():
    simulator = pytest.importorskip("pymodbus.simulator")
    from pymodbus.server import ModbusSerialServer

    from tests.fakes.far_end import Cable

    bits = simulator.SimData(0, count=16, datatype=simulator.DataType.BITS, values=False)
    words = simulator.SimData(0, count=16)
    device = simulator.SimDevice(1, simdata=([bits], [bits], [words], [words]))
    cable = Cable()
    server = ModbusSerialServer(device, port=cable.far, baudrate=9600)
    tasks = Tasks()
    serving = tasks.spawn("pymodbus", server.serve_forever())
    try:
        await asyncio.sleep(0)
        driver = await opened(cable.near, channels=8)
        assert await driver.apply("relay8", Switch(on=True), 1.0) is Ack.CONFIRMED
        question = modbus.read_coils(1, 8)
        asking = driver._asking
        closed = await asking.ask(question, modbus.coils_of(question, 8))
        assert closed == (False,) * 7 + (True,)
        assert await driver.make_safe()
        assert not any(await asking.ask(question, modbus.coils_of(question, 8)))
    finally:
        await server.shutdown()
        await asyncio.wait({serving})
        await tasks.cancel_all()
    # It would complain of a frame it can no longer answer.
    await driver.close()
    cable.close()


async def test_our_stand_in_board_satisfies_a_client_that_others_wrote(board):
    client_of = pytest.importorskip("pymodbus.client")
    far = board(relays=8)

    def talk():
        client = client_of.ModbusSerialClient(far.path, baudrate=9600, timeout=5)
        assert client.connect()
        try:
            assert not client.write_coil(2, True, device_id=1).isError()
            assert client.read_coils(0, count=8, device_id=1).bits[:8] == [n == 2 for n in range(8)]
            assert client.write_coil(99, True, device_id=1).exception_code == 2
            assert not client.write_coils(0, [False] * 8, device_id=1).isError()
        finally:
            client.close()

    await asyncio.to_thread(talk)
    assert far.resting


async def test_a_lost_answer_is_asked_for_once_more(board):
    far = board()
    driver = await opened(far.path)
    far.mute = 1
    assert await driver.apply("relay1", Switch(on=True), 1.0) is Ack.CONFIRMED
    assert [one.hex() for one in far.asked[-2:]] == ["01050000ff00"] * 2
    await driver.close()


async def test_a_board_that_never_answers_is_told(board):
    far = board()
    driver = await opened(far.path)
    far.mute = 99
    with pytest.raises(DriverError) as raised:
        await driver.apply("relay1", Switch(on=True), 1.0)
    assert raised.value.cause is Cause.NO_ANSWER
    assert not await driver.make_safe()
    # What could not be confirmed was done all the same.
    assert far.wait_for(lambda: far.resting)
    await driver.close()


async def test_an_answer_of_nonsense_confirms_nothing(board):
    far = board()
    driver = await opened(far.path)
    far.garble = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("relay1", Switch(on=True), 1.0)
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


async def test_a_refusal_is_told_with_its_number(board):
    far = board(relays=2)
    with pytest.raises(DriverError) as raised:
        await opened(far.path, channels=4)
    assert raised.value.cause is Cause.REFUSED
    assert "modbus error 2" in str(raised.value)


async def test_another_unit_on_the_same_wires_keeps_silent(board):
    far = board(unit=7)
    with pytest.raises(DriverError) as raised:
        await opened(far.path, unit=1)
    assert raised.value.cause is Cause.NO_ANSWER


async def test_a_board_with_a_timer_opens_the_contact_without_us(board):
    far = board(timed=True)
    driver = await opened(far.path, model="waveshare", channels=2)
    await driver.apply("relay2", Pulse(), 0.2)
    assert far.wait_for(lambda: far.closed == {1})
    heard = far.heard
    assert far.wait_for(lambda: far.resting)
    assert far.heard == heard
    await driver.apply("relay2", Off(), None)
    await driver.close()


async def test_stop_gives_up_what_waits_for_its_answer(board):
    far = board()
    driver = await opened(far.path)
    far.mute = 99

    async def stop():
        assert await asyncio.to_thread(far.wait_for, lambda: bool(far.closed))
        driver.stop_now()

    turning = driver.apply("relay1", Switch(on=True), 1.0)
    error, _ = await asyncio.gather(turning, stop(), return_exceptions=True)
    assert error.cause is Cause.REFUSED
    assert far.wait_for(lambda: far.resting)
    await driver.close()


# ---------------------------------------------------------------- a STOP button on an input


async def test_the_button_is_heard_with_the_loop_standing_still(board):
    far, heard = board(), Heard()
    driver = await opened(far.path, heard, channels=8, stop_input=2)
    assert await driver.apply("relay1", Switch(on=True), 5.0) is Ack.CONFIRMED
    far.tell(lambda: far.inputs.add(1))
    assert heard.presses.acquire(timeout=10)  # and the loop stands still in this very line
    driver.stop_now()
    # OFF is said again by the thread that asks: the first may have met an answer on the wire.
    off = modbus.all_off(1, 8)[:-2]
    assert far.wait_for(lambda: far.resting and far.asked.count(off) >= 4)
    assert await driver.make_safe()
    far.tell(far.inputs.clear)
    far.tell(lambda: far.inputs.add(1))
    await driver.close()


async def test_a_button_that_opens_is_an_emergency_stop(board):
    far, heard = board(), Heard()
    far.inputs = {0}
    driver = await opened(far.path, heard, stop_input=1, stop_opens=True)
    question = modbus.read_input(1, 0)[:-2]
    assert await asyncio.to_thread(far.wait_for, lambda: far.asked.count(question) > 2)
    assert heard.pressed == 0
    far.tell(far.inputs.clear)
    assert await asyncio.to_thread(heard.presses.acquire, timeout=10)
    await driver.close()


async def test_a_button_that_is_down_from_the_beginning_was_pressed(board):
    far, heard = board(), Heard()
    far.inputs = {0}
    driver = await opened(far.path, heard, stop_input=1)
    assert await asyncio.to_thread(heard.presses.acquire, timeout=10)
    await driver.close()


async def test_an_input_the_board_has_not_is_told_at_once(board):
    with pytest.raises(DriverError) as raised:
        await opened(board().path, stop_input=9)
    assert raised.value.cause is Cause.REFUSED


async def test_commands_and_the_button_share_the_wire(board):
    far, heard = board(), Heard()
    driver = await opened(far.path, heard, channels=8, stop_input=1)
    for number in range(20):
        relay = f"relay{number % 8 + 1}"
        assert await driver.apply(relay, Switch(on=True), 5.0) is Ack.CONFIRMED
        await driver.apply(relay, Off(), None)
    await driver.check()
    assert heard.lost == []
    await driver.close()


def test_the_guardian_takes_no_other_answer_for_the_one_to_off():
    off = modbus.all_off(1, 8)
    expect = modbus.answer_to_all(off)
    assert expect == bytes.fromhex("01 0f 00 00 00 08 54 0d")
    # Four relays that are closed, told to a core that is gone: unit and function are in it, too.
    told = modbus.framed(bytes.fromhex("01 01 01 0f"))
    assert bytes([1, modbus.WRITE_COILS]) in told
    assert expect not in told


async def test_what_waited_for_the_wire_does_not_switch_on_behind_stop(board):
    far = board()
    driver = await opened(far.path, stop_input=1)

    async def stopped_while_it_waits():
        async with driver._button.turn(5.0):
            await asyncio.sleep(0)
            driver.stop_now()
            safe = asyncio.gather(driver.make_safe())
            await asyncio.sleep(0)
        return await safe

    command = driver.apply("relay1", Switch(on=True), None)
    safe, refused = await asyncio.gather(stopped_while_it_waits(), command, return_exceptions=True)
    assert refused.cause is Cause.REFUSED
    assert safe == [True]
    assert not any(frame[1] == 5 for frame in far.asked)
    await driver.close()
