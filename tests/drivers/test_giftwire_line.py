"""The line driver against boards that misbehave, each fault a test."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING

import pytest

from drivers.contract import Cause, DriverError, Rotate, Run, SetColor, Switch
from drivers.giftwire_line import GiftwireLine
from tests.drivers.benches.bench import Heard
from tests.fakes.firmware import sketch
from tests.fakes.firmware.board import Board, Habits
from tests.fakes.firmware.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
needs_compiler = pytest.mark.skipif(bool(sketch.why_not()), reason=sketch.why_not() or "-")


@contextlib.asynccontextmanager
async def driver_of(
    board: Board | Sketch, **settings: object
) -> AsyncIterator[tuple[GiftwireLine, Heard]]:
    heard = Heard()
    driver = GiftwireLine(GiftwireLine.settings_for(port=board.path, **settings), heard.events())
    try:
        yield driver, heard
    finally:
        await driver.close()
        board.close()


async def until(true, timeout_s: float = 10.0) -> None:
    async with asyncio.timeout(timeout_s):
        while not true():  # noqa: ASYNC110 - looks at another thread's board
            await asyncio.sleep(0.005)


def starts(board: Board) -> list[str]:
    return [words[0] for _, words in board.started]


async def test_checksums_are_agreed_and_then_used_both_ways(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 1.0)
        assert board.lines[-1].startswith("1 ON relay ms=1000*")
        assert driver._reader.summed


async def test_without_checksums_it_works_too(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board, checksum=False) as (driver, _):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 1.0)
        assert board.lines[-1] == "1 ON relay ms=1000"


async def test_a_late_answer_is_waited_for_by_sending_the_same_command_again(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.append("late:0.45")
        await driver.apply("motor", Rotate(2, 60), 5.0)
        assert starts(board) == ["ROTATE"]


async def test_a_lost_answer_never_turns_the_motor_twice(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.append("never")
        await driver.apply("motor", Rotate(2, 60), 5.0)
        sent = [line for line in board.lines if "ROTATE" in line]
        assert len(sent) == 2
        assert sent[0] == sent[1]
        assert starts(board) == ["ROTATE"]


async def test_a_lost_command_is_sent_once_more(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.append("deaf")
        await driver.apply("motor", Rotate(2, 60), 5.0)
        assert starts(board) == ["ROTATE"]


async def test_a_board_that_never_answers_fails_after_two_tries(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.extend(["never", "never", "never"])
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor", Rotate(2, 60), 5.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert len(board.habits.faults) == 1
        assert await driver.make_safe()
        assert board.wait_for(lambda: board.resting)


@pytest.mark.parametrize("fault", ["twice", "garbage"])
async def test_doubled_and_garbled_answers_do_no_harm(tmp_path: Path, fault: str):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        board.habits.faults.append(fault)
        await driver.apply("relay", Switch(on=True), 5.0)
        await driver.apply("light", SetColor(1, 2, 3), 5.0)
        assert starts(board) == ["ON", "COLOR"]
        assert heard.lost == []


@pytest.mark.parametrize("fault", ["wrong", "half"])
async def test_an_answer_to_something_else_or_half_an_answer_is_none(tmp_path: Path, fault: str):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.append(fault)
        # The same command again, under the same id, gets the right answer; nothing moves twice.
        if fault == "half":
            with contextlib.suppress(DriverError):
                await driver.apply("motor", Rotate(1, 60), 5.0)
        else:
            await driver.apply("motor", Rotate(1, 60), 5.0)
        assert starts(board) == ["ROTATE"]


async def test_a_refusal_tells_the_boards_reason(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.append("refuse")
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor", Rotate(1, 60), 5.0)
        assert (raised.value.cause, raised.value.detail) == (Cause.REFUSED, "range")


async def test_a_command_on_its_way_is_not_sent_again_after_stop(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        board.habits.faults.extend(["deaf", "deaf", "deaf"])
        work = asyncio.ensure_future(driver.apply("motor", Run(60), 60.0))  # noqa: TID251 - a test's own
        await until(lambda: any("RUN" in line for line in board.lines))
        await asyncio.to_thread(driver.stop_now)
        with pytest.raises(DriverError) as raised:
            await work
        assert raised.value.cause is Cause.REFUSED
        assert await driver.make_safe()
        await driver.check()
        assert sum("RUN" in line for line in board.lines) == 1


async def test_a_board_that_resets_on_open_is_waited_for(tmp_path: Path):
    board = Board(tmp_path / "tty", Habits(boot_s=1.5))
    async with driver_of(board) as (driver, _):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 1.0)
        recipe = driver.safe_recipe()
        assert recipe.boot_wait_s >= 1.5


async def test_a_board_that_restarts_while_open_is_lost(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        board.say(b"BOOT fw=9.9\n")
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.LOST


@pytest.mark.parametrize(
    ("habits", "cause"),
    [
        (Habits(silent=True), Cause.NO_ANSWER),
        (Habits(wrong_sketch=True), Cause.BAD_ANSWER),
        (Habits(version=2), Cause.UNSUPPORTED),
        (Habits(boot_s=30), Cause.NO_ANSWER),
    ],
    ids=["silent", "wrong sketch", "newer version", "boots for ever"],
)
async def test_opening_fails_with_the_right_reason(tmp_path: Path, habits: Habits, cause: Cause):
    board = Board(tmp_path / "tty", habits)
    async with driver_of(board, boot_s=0.6) as (driver, heard):
        with pytest.raises(DriverError) as raised:
            await driver.open()
        assert raised.value.cause is cause
        assert heard.lost == []


async def test_a_port_that_is_not_there_or_taken_is_told_apart(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        second = GiftwireLine(GiftwireLine.settings_for(port=board.path), Heard().events())
        with pytest.raises(DriverError) as raised:
            await second.open()
        assert raised.value.cause is Cause.BUSY
        await second.close()
        missing = GiftwireLine(
            GiftwireLine.settings_for(port=str(tmp_path / "nothing")), Heard().events()
        )
        with pytest.raises(DriverError) as raised:
            await missing.open()
        assert raised.value.cause is Cause.NOT_FOUND
        await missing.close()


async def test_opening_can_be_given_up_half_way(tmp_path: Path):
    board = Board(tmp_path / "tty", Habits(silent=True))
    async with driver_of(board) as (driver, _):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await driver.open()


async def test_a_silent_board_is_lost_after_three_seconds(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        board.habits.silent = True
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.NO_ANSWER


async def test_keep_alives_hold_the_lease(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 9.0)
        await until(lambda: sum("PING" in line for line in board.lines) >= 4)
        assert not board.resting
        assert heard.lost == []


async def test_unplugging_ends_what_waits_for_an_answer(tmp_path: Path):
    board = Board(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        board.habits.faults.extend(["deaf", "deaf"])
        work = asyncio.ensure_future(driver.apply("motor", Run(60), 60.0))  # noqa: TID251 - a test's own
        await until(lambda: any("RUN" in line for line in board.lines))
        await asyncio.to_thread(board.unplug)
        with pytest.raises(DriverError) as raised:
            await work
        assert raised.value.cause is Cause.LOST
        assert len(heard.lost) == 1


# ---------------------------------------------------------------- the real sketch


@needs_compiler
async def test_the_sketch_turns_exactly_the_rounds_asked(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        await driver.apply("motor", Rotate(2, 100), 5.0)
        await until(lambda: heard.ended == ["motor"])
        assert board.wait_for(lambda: board.rounds != 0)
        assert board.rounds == 2.0
        await driver.apply("motor", Rotate(0.5, 60, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert board.wait_for(lambda: board.rounds != 2.0)
        assert board.rounds == 1.5
        last = {one.name: one.value for one in heard.observations}
        assert last == {"rpm": 0.0, "rounds_left": 0.0}
        assert any(one.value > 0 for one in heard.observations if one.name == "rounds_left")


@needs_compiler
async def test_the_sketch_takes_a_repeated_command_once(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board, checksum=False) as (driver, _heard):
        await driver.open()
        for _ in range(3):
            driver._pipe.write_now(b"77 ROTATE motor rounds=1 rpm=100 ms=3000\n")
        await driver.check()
        assert board.wait_for(lambda: board.motor)
        assert board.wait_for(lambda: not board.motor)
        assert board.rounds == 1.0


@needs_compiler
async def test_the_sketch_goes_safe_when_the_computer_falls_silent(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 9.0)
        await driver.apply("light", SetColor(255, 128, 0), 60.0)
        assert board.wait_for(lambda: board.relay and board.light == (255, 128, 0))
        driver._timer.cancel()  # as if this process had been stopped
        assert board.wait_for(lambda: board.resting)
        await until(lambda: sorted(heard.ended) == ["light", "relay"])


@needs_compiler
async def test_the_button_on_the_board_stops_it_and_tells_us(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board) as (driver, heard):
        await driver.open()
        await driver.apply("motor", Run(60), 60.0)
        assert board.wait_for(lambda: board.motor)
        board.press()
        assert board.wait_for(lambda: board.resting)
        # The loop stands still in this very line: the thread that reads tells it.
        assert heard.presses.acquire(timeout=10)
        assert heard.pressed == 1


@needs_compiler
async def test_the_sketch_refuses_more_than_its_own_limits(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        for wrong, duration_s in ((Rotate(201, 60), 9.0), (Rotate(1, 101), 9.0), (Run(60), 161.0)):
            with pytest.raises(DriverError) as raised:
                await driver.apply("motor", wrong, duration_s)
            assert (raised.value.cause, raised.value.detail) == (Cause.REFUSED, "range")
        assert board.resting


@needs_compiler
async def test_a_damaged_line_moves_nothing_but_stop_always_works(tmp_path: Path):
    board = Sketch(tmp_path / "tty")
    async with driver_of(board) as (driver, _):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 9.0)
        assert board.wait_for(lambda: board.relay)
        for damaged in (
            b"9 RUN motor rpm=60 ms=9000\n",
            b"9 RUN motor rpm=60 ms=9000*0000\n",
            b"\xff\xfe*\n",
        ):
            driver._pipe.write_now(damaged)
        driver._pipe.write_now(b"9 RUN motor rpm=60 ms=90")
        await asyncio.to_thread(driver.stop_now)
        assert board.wait_for(lambda: board.resting)
        assert await driver.make_safe()
        assert not any(line == "pin 4 0" for line in board.log)


@needs_compiler
async def test_the_real_sketch_that_resets_on_open_comes_up(tmp_path: Path):
    board = Sketch(tmp_path / "tty", boot_ms=1500)
    async with driver_of(board) as (driver, _):
        await driver.open()
        await driver.apply("relay", Switch(on=True), 0.2)
        assert board.wait_for(lambda: board.relay)
        assert board.wait_for(lambda: not board.relay)
        assert "reset 0 0" in board.log
