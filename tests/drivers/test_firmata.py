"""Firmata: golden bytes, the stock sketches on a simulated Uno, and a board that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import os

import pytest

from drivers.contract import (
    Ack,
    Cause,
    DriverError,
    Hazard,
    MoveTo,
    Off,
    Rotate,
    Run,
    SetLevel,
    Switch,
)
from drivers.firmata import Firmata
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.firmata import MOTORS, PINS, rests, servo_us
from tests.drivers.test_contract import until
from tests.fakes.avr import uno

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")
RELAY = {"outputs": [{"pin": "8"}]}


SERVO = {"kind": "servo", "pin": "10", "rest_degrees": 0}


@pytest.fixture
def board():
    from tests.fakes.firmata_board import FirmataBoard

    made = []

    def make(**more):
        made.append(FirmataBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def real(request):
    if reason := uno.why_not(request.param):
        pytest.skip(reason)
    made = uno.Uno(request.param)
    yield made
    made.close()


@contextlib.asynccontextmanager
async def opened(path, **settings):
    heard = Heard()
    driver = Firmata(Firmata.settings_for(port=path, **settings), heard.events())
    try:
        driver.capabilities = await driver.open()
        yield driver, heard
    finally:
        await driver.close()


@pytest.mark.parametrize("case", golden.read("firmata"), ids=str)
async def test_golden_bytes(board, case):
    far = board()
    async with opened(far.path, **case.settings) as (driver, _):
        before = far.heard
        assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
        assert far.heard == before + b"".join(case.frames)


# ---------------------------------------------------------------- sketches that others wrote


@pytest.mark.parametrize("real", ["standard_firmata"], indirect=True)
async def test_the_stock_sketch_does_what_it_is_told(real):
    async with opened(real.path, outputs=PINS) as (driver, _):
        assert driver.firmware == "StandardFirmata 2.5"
        assert real.wait_for(lambda: rests(real))
        await driver.apply("pin8", Switch(on=True), 1.0)
        assert real.wait_for(lambda: real[8].high)
        await driver.apply("pinA0", Switch(on=True), 1.0)
        assert real.wait_for(lambda: not real[14].high)
        await driver.apply("pin3", SetLevel(0.25), 1.0)
        assert real.wait_for(lambda: real[3].level == 64)
        await driver.apply("pin10", MoveTo(1.0, 0.3), 1.0)
        # It goes there in small moves, which need the loop.
        await until(lambda: abs(real[10].width_us - servo_us(160)) < 25)
        assert await driver.make_safe()
        assert real.wait_for(lambda: rests(real))


@pytest.mark.parametrize("real", ["standard_firmata"], indirect=True)
async def test_a_relay_that_closes_with_low_is_never_low_on_the_way(real):
    async with opened(real.path, outputs=[PINS[1]]):
        assert real.wait_for(lambda: real[14].output and real[14].high)
        # It rose once, from floating to high; a dip on the way would be a second time.
        assert real[14].rises == 1


@pytest.mark.parametrize("real", ["configurable_firmata"], indirect=True)
async def test_a_motor_makes_exactly_the_steps_it_was_told(real):
    settings = {"outputs": PINS[:1], "motors": MOTORS[:1], "speed_baud": 115200}
    async with opened(real.path, **settings) as (driver, heard):
        assert real.wait_for(lambda: real[6].high)  # no current: the driver takes LOW for "on"
        before = real[4].rises
        await driver.apply("motor1", Rotate(1.5, 100), 5.0)
        assert real.wait_for(lambda: not real[6].high)
        await until(lambda: heard.ended == ["motor1"])
        assert real.wait_for(lambda: real[6].high)
        assert real[4].rises - before == 300
        assert real[5].rises == 1
        await driver.apply("motor1", Rotate(0.5, 60, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert real.wait_for(lambda: real[4].rises - before == 400)
        assert real[5].rises == 1


@pytest.mark.parametrize("real", ["configurable_firmata"], indirect=True)
async def test_a_motor_stands_still_from_stop_on(real):
    settings = {"outputs": [], "motors": MOTORS[:1], "speed_baud": 115200}
    async with opened(real.path, **settings) as (driver, heard):
        await driver.apply("motor1", Run(60), 20.0)
        assert await asyncio.to_thread(real.wait_for, lambda: real[4].rises > 20)
        driver.stop_now()
        assert await asyncio.to_thread(real.wait_for, lambda: real[6].high)
        assert await driver.make_safe()
        stood = real[4].rises
        await driver.check()
        assert real[4].rises == stood
        assert heard.ended == []


# ---------------------------------------------------------------- our own board


async def test_what_hangs_on_it_decides_the_hazard(board):
    outputs = [{"pin": "8", "load": "light"}, {"pin": "9"}, {"kind": "servo", "pin": "10"}]
    async with opened(board().path, outputs=outputs) as (driver, _):
        hazards = [one.hazard for one in driver.capabilities]
        assert hazards == [Hazard.LIGHT, Hazard.MAINS, Hazard.MOTION]


@pytest.mark.parametrize(
    "settings",
    [
        {"outputs": [{"pin": "1"}]},
        {"outputs": [{"pin": "99"}]},
        {"outputs": [{"pin": "A9"}]},
        {"outputs": [{"kind": "level", "pin": "8"}]},
        {"outputs": []},
        {"outputs": [], "motors": MOTORS[:1]},
        {"outputs": [{"pin": "8", "low": True, "load": "heat"}]},
    ],
)
async def test_what_the_board_cannot_do_safely_is_told_at_once(board, settings):
    with pytest.raises(DriverError) as raised:
        async with opened(board(steppers=False).path, **settings):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG


@pytest.mark.parametrize(
    "settings",
    [
        {"outputs": [{"pin": "8"}, {"pin": "8", "kind": "servo"}]},
        {"motors": [{"pins": ["4", "5", "6"]}]},
        {"stop_pin": "13"},
    ],
)
def test_pins_that_cannot_be_are_refused_in_the_form(settings):
    with pytest.raises(ValueError, match="pin"):
        Firmata.settings_for(port="COM3", **settings)


async def test_a_servo_takes_its_time(board):
    far = board()
    async with opened(far.path, outputs=[SERVO]) as (driver, _):
        before = len(far.heard)
        await driver.apply("pin10", MoveTo(1.0, 0.2), 1.0)
        assert await asyncio.to_thread(far.wait_for, lambda: far.values[10] == 180)
        moves = far.heard[before:].split(b"\xea")[1:]
        angles = [one[0] | one[1] << 7 for one in moves]
        assert angles == [18 * n for n in range(1, 11)]


async def test_a_servo_on_its_way_stays_where_stop_found_it(board):
    far = board()
    async with opened(far.path, outputs=[SERVO]) as (driver, _):
        await driver.apply("pin10", MoveTo(1.0, 5.0), 9.0)
        driver.stop_now()
        assert await driver.make_safe()
        assert driver._moving == {}
        assert far.resting


async def test_rounds_can_be_added_while_it_turns(board):
    far = board()
    async with opened(far.path, outputs=[], motors=MOTORS[:1]) as (driver, heard):
        assert await driver.prolong("motor1", Rotate(1, 60), 2.0) is None
        await driver.apply("motor1", Rotate(0.5, 60), 5.0)
        assert await driver.prolong("motor1", Rotate(1, 30), 2.0) is None
        assert await driver.prolong("motor1", Rotate(1, 60, reverse=True), 2.0) is None
        assert await driver.prolong("motor1", Rotate(0.25, 60), 2.0) is Ack.CONFIRMED
        await until(lambda: heard.ended == ["motor1"])
        assert far.motors[0].now == 150
        assert await driver.prolong("motor1", Rotate(1, 60), 2.0) is None


async def test_an_answer_that_got_lost_turns_nothing_twice(board):
    far = board()
    async with opened(far.path, outputs=[], motors=MOTORS[:1]) as (driver, heard):

        async def lose_the_next_too():
            assert await asyncio.to_thread(far.wait_for, lambda: far.motors[0].target == 100)
            far.mute = 1

        far.mute = 1
        turning = driver.apply("motor1", Rotate(0.5, 100), 5.0)
        await asyncio.gather(turning, lose_the_next_too())
        await until(lambda: heard.ended == ["motor1"])
        assert far.motors[0].now == 100


async def test_a_motor_turns_no_longer_than_it_may(board):
    far = board()
    async with opened(far.path, outputs=[], motors=MOTORS[:1]) as (driver, _):
        await driver.apply("motor1", Run(60), 3.0)
        # 200 steps a second, and half a second to gain that speed.
        assert far.motors[0].target == 500


async def test_a_board_that_restarts_is_lost(board):
    far = board()
    async with opened(far.path, **RELAY) as (_, heard):
        far.restart()
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.LOST


async def test_a_pin_that_became_something_else_is_told(board):
    far = board()
    async with opened(far.path, **RELAY) as (driver, _):
        far.tell(lambda: far.modes.update({8: 0}))
        with pytest.raises(DriverError) as raised:
            await driver.check()
        assert raised.value.cause is Cause.BAD_ANSWER


async def test_a_silent_board_is_told_and_what_could_not_be_confirmed_was_done(board):
    far = board()
    async with opened(far.path, **RELAY) as (driver, _):
        await driver.apply("pin8", Switch(on=True), 1.0)
        far.mute = 99
        with pytest.raises(DriverError) as raised:
            await driver.apply("pin8", Switch(on=True), 1.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert not await driver.make_safe()
        assert far.wait_for(lambda: far.resting)


async def test_a_late_answer_confirms_only_what_was_asked(board):
    far = board()
    async with opened(far.path, **RELAY) as (driver, _):
        far.late_s = 0.4
        # The answer to the first asking comes after the second, which is the same question.
        assert await driver.apply("pin8", Switch(on=True), 1.0) is Ack.CONFIRMED
        far.late_s = 0.0
        await driver.apply("pin8", Off(), None)
        assert far.resting


async def test_the_button_on_the_board_is_heard_once_a_press(board):
    far = board()
    async with opened(far.path, **RELAY, stop_pin="7") as (_, heard):
        far.press(7, low=True)
        far.press(7, low=True)
        # The loop stands still in this very line: the thread that reads tells it.
        assert heard.presses.acquire(timeout=10)
        far.press(7, low=False)
        far.press(7, low=True)
        assert heard.presses.acquire(timeout=10)
        assert heard.pressed == 2


async def test_a_cable_pulled_while_the_board_is_asked_is_told_once(board):
    far = board()
    async with opened(far.path, **RELAY) as (driver, heard):
        far.mute = 99
        heard_before = len(far.heard)

        async def pull():
            assert await asyncio.to_thread(far.wait_for, lambda: len(far.heard) > heard_before)
            await asyncio.to_thread(far.unplug)

        asked = driver.apply("pin8", Switch(on=True), 1.0)
        error, _ = await asyncio.gather(asked, pull(), return_exceptions=True)
        assert isinstance(error, DriverError)
        await until(lambda: heard.lost)
        with pytest.raises(DriverError):
            await driver.check()
    assert [one.cause for one in heard.lost] == [Cause.LOST]


async def test_a_pin_that_does_not_take_its_value_is_not_called_off(board):
    far = board()
    outputs = [{"pin": "8"}, {"pin": "9"}]
    async with opened(far.path, outputs=outputs) as (driver, _):
        recipe = driver.safe_recipe()
        await driver.apply("pin8", Switch(on=True), 5.0)
        far.stuck = {8, 9}
        for going in (
            driver.apply("pin8", Off(), None),
            driver.apply("pin9", Switch(on=True), 5.0),
        ):
            with pytest.raises(DriverError) as raised:
                await going
            assert raised.value.cause is Cause.NO_ANSWER
        assert not await driver.make_safe()
        far.stuck = set()
        assert await driver.make_safe()
        assert far.values[8] == far.values[9] == 0
        assert recipe.expect == bytes.fromhex("f06e090100f7")
