"""Marlin: golden lines, a Marlin that others made up, and a board that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import os

import pytest

from drivers.contract import Ack, Cause, DriverError, Off, Play, Rotate, Run
from drivers.marlin import Marlin
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.fakes import virtual_marlin

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")
# 80 steps a mm: 40 mm a round.
MOTOR = {"steps_per_round": 3200}


@pytest.fixture
def board():
    from tests.fakes.marlin_board import MarlinBoard

    made = []

    def make(**more):
        made.append(MarlinBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@contextlib.asynccontextmanager
async def opened(path, **settings):
    heard = Heard()
    shared = {key: settings.pop(key) for key in ("motors", "home") if key in settings}
    motors = shared.pop("motors", [settings])
    driver = Marlin(Marlin.settings_for(port=path, motors=motors, **shared), heard.events())
    try:
        driver.capabilities = await driver.open()
        yield driver, heard
    finally:
        await driver.close()


@pytest.mark.parametrize("case", golden.read("marlin"), ids=str)
async def test_golden_lines(board, case):
    far = board()
    async with opened(far.path, **case.settings) as (driver, _):
        before, bytes_before = len(far.lines), far.heard
        assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
        wanted = case.more["lines"]
        assert far.lines[before : before + len(wanted)] == wanted
        assert far.heard.startswith(bytes_before + b"".join(case.frames))


@pytest.mark.skipif(bool(virtual_marlin.why_not()), reason=virtual_marlin.why_not() or "-")
async def test_a_marlin_that_others_made_up_understands_us():
    far = virtual_marlin.VirtualMarlin()
    try:
        async with opened(far.path, mm_per_round=10.0, axis="Y") as (driver, heard):
            assert driver.firmware.startswith("Virtual Marlin")
            await driver.apply("motor_y", Rotate(1.5, 60), 5.0)
            await until(lambda: far.place("Y") == 15.0)
            await driver.apply("motor_y", Rotate(0.5, 60, reverse=True), 5.0)
            await until(lambda: far.place("Y") == -5.0)
            await driver.apply("motor_y", Off(), None)
            assert await driver.make_safe()
            assert heard.lost == []
    finally:
        far.close()


async def test_a_rotation_ends_where_it_should_and_the_motor_rests_without_current(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        assert not far.limits
        await driver.apply("motor_x", Rotate(0.5, 100, reverse=True), 5.0)
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place["X"] == pytest.approx(-20)
        await driver.check()
        assert not far.powered
        values = [(one.name, one.value) for one in heard.observations]
        assert ("rpm", pytest.approx(-60)) in values  # the most that was allowed
        assert values[-2:] == [("rpm", 0.0), ("rounds_left", 0.0)]
    assert far.wait_for(lambda: far.limits)


async def test_the_board_never_has_more_than_a_second_of_way(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        await driver.apply("motor_x", Rotate(1.6, 60), 5.0)
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place["X"] == pytest.approx(64)
        assert far.planned_most_s <= 1.1


async def test_a_motor_turns_no_further_than_it_may(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        await driver.apply("motor_x", Run(60), 1.0)
        await until(lambda: heard.ended == ["motor_x"])
        # 40 mm a second for 1 s, less what it needs to gain that speed at 500 mm/s2.
        assert far.place["X"] == pytest.approx(36.8)


async def test_rounds_are_added_only_to_what_runs_the_same_way(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        assert await driver.prolong("motor_x", Rotate(1, 60), 2.0) is None
        await driver.apply("motor_x", Rotate(0.5, 60), 5.0)
        assert await driver.prolong("motor_x", Rotate(1, 60, reverse=True), 2.0) is None
        assert await driver.prolong("motor_x", Rotate(1, 30), 2.0) is None
        assert await driver.prolong("motor_x", Rotate(0.5, 60), 2.0) is Ack.CONFIRMED
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place["X"] == pytest.approx(40)
        assert await driver.prolong("motor_x", Rotate(1, 60), 2.0) is None


async def test_a_lost_answer_never_turns_twice(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        far.mute = 1
        asked = driver.apply("motor_x", Rotate(0.5, 60), 5.0)

        async def lose_the_next_too():
            assert await asyncio.to_thread(far.wait_for, lambda: not far.resting)
            far.mute = 1

        await asyncio.gather(asked, lose_the_next_too())
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place["X"] == pytest.approx(20)


async def test_a_board_that_never_answers_is_told_and_stands(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, _):
        far.mute = 99
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor_x", Rotate(5, 60), 9.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert not await driver.make_safe()
        assert await asyncio.to_thread(far.wait_for, lambda: far.resting)


async def test_another_way_begins_only_when_the_first_was_ended(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        await driver.apply("motor_x", Run(60), 20.0)
        assert await asyncio.to_thread(far.wait_for, lambda: far.place["X"] > 5)
        await driver.apply("motor_x", Rotate(0.25, 60, reverse=True), 5.0)
        turned_at = far.lines.index(
            "M410", next(n for n, one in enumerate(far.lines) if "G1 " in one)
        )
        assert far.lines[turned_at : turned_at + 3] == ["M410", "M114", "G92 X0"]
        await until(lambda: heard.ended == ["motor_x"])


async def test_motors_turn_at_once_and_one_ends_without_the_other(board):
    far = board()
    motors = [{"axis": axis, "mm_per_round": 10.0} for axis in "XYE"]
    async with opened(far.path, motors=motors) as (driver, heard):
        await driver.apply("motor_x", Run(60), 20.0)
        await driver.apply("motor_e", Rotate(0.5, 60, reverse=True), 5.0)
        await driver.apply("motor_y", Rotate(0.25, 60), 5.0)
        await until(lambda: heard.ended == ["motor_y"])
        assert far.place["Y"] == pytest.approx(2.5, abs=0.02)
        assert far.place["X"] > 1.0
        assert far.place["E"] < -1.0
        await driver.apply("motor_x", Off(), None)
        stopped = far.place["X"]
        assert await asyncio.to_thread(far.wait_for, lambda: far.place["E"] < -4.9)
        assert far.place["X"] == stopped
        await driver.apply("motor_e", Off(), None)
        assert far.resting
        assert far.cold_too
    assert far.wait_for(lambda: not far.cold_too)


async def test_a_board_that_tells_its_place_only_when_it_stands_turns_all_the_same(board):
    far = board(name="Marlin 1.1.9 (Github)", old=True)
    async with opened(far.path, mm_per_round=10.0) as (driver, heard):
        await driver.apply("motor_x", Rotate(1.2, 60), 5.0)
        await driver.check()
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place["X"] == pytest.approx(12)
        assert far.planned_most_s <= 1.1


async def test_end_switches_are_looked_for_where_a_stop_is_always_heard(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(parser=False).path, home=True, **MOTOR):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG
    far = board(home_s=0.6)
    async with opened(far.path, home=True, **MOTOR) as (driver, heard):
        assert driver.capabilities[-1].effects == ("home", "home X")
        await driver.apply("home", Play("home X"), 30.0)
        await driver.check()
        await until(lambda: heard.ended == ["home"])
        assert far.lines[-1] == "G28 X"
        await driver.apply("home", Play("home"), 30.0)
        await driver.apply("home", Off(), None)
        assert await asyncio.to_thread(far.wait_for, lambda: far.resting)
        assert await driver.make_safe()


async def test_a_board_that_does_not_count_its_steps_never_says_that_it_ended(board):
    far = board(counts=False)
    async with opened(far.path, **MOTOR) as (driver, heard):
        await driver.apply("motor_x", Rotate(0.1, 60), 1.0)
        assert await asyncio.to_thread(far.wait_for, lambda: far.place["X"] >= 4 and far.resting)
        await driver.check()
        assert heard.ended == []


@pytest.mark.parametrize(
    ("board_is", "settings", "cause"),
    [
        ({"name": "Klipper v0.12"}, {}, Cause.UNSUPPORTED),
        ({"told": False}, {}, Cause.BAD_CONFIG),
    ],
)
async def test_what_cannot_be_driven_is_told_at_once(board, board_is, settings, cause):
    with pytest.raises(DriverError) as raised:
        async with opened(board(**board_is).path, **settings):
            pass
    assert raised.value.cause is cause


@pytest.mark.parametrize("said", [b"start\r\n", b"Error:Printer halted. kill() called!\r\n"])
async def test_a_board_that_restarts_or_halts_is_lost(board, said):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        far.say(said)
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.LOST
        assert not await driver.make_safe()


async def test_a_cable_pulled_while_the_board_is_asked_is_told_once(board):
    far = board()
    async with opened(far.path, **MOTOR) as (driver, heard):
        far.mute = 99
        heard_before = len(far.heard)

        async def pull():
            assert await asyncio.to_thread(far.wait_for, lambda: len(far.heard) > heard_before)
            await asyncio.to_thread(far.unplug)

        asked = driver.apply("motor_x", Rotate(5, 60), 9.0)
        error, _ = await asyncio.gather(asked, pull(), return_exceptions=True)
        assert isinstance(error, DriverError)
        await until(lambda: heard.lost)
        with pytest.raises(DriverError):
            await driver.check()
    assert [one.cause for one in heard.lost] == [Cause.LOST]
