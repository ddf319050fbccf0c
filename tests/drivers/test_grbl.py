"""Grbl: golden bytes, Grbl itself on a simulated Uno, and a board that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import os

import pytest

from drivers.contract import Ack, Cause, DriverError, Off, Rotate, Run
from drivers.grbl import Grbl
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.grbl import DIRECTION_X, STEP_X, still
from tests.fakes.avr import uno

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def board():
    from tests.fakes.grbl_board import GrblBoard

    made = []

    def make(**more):
        made.append(GrblBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def real():
    if reason := uno.why_not("grbl"):
        pytest.skip(reason)
    made = uno.Uno("grbl")
    yield made
    made.close()


async def until(true, timeout_s=10.0):
    async with asyncio.timeout(timeout_s):
        while not true():  # noqa: ASYNC110 - drivers tell by callbacks
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def opened(path, **settings):
    heard = Heard()
    driver = Grbl(Grbl.settings_for(port=path, **settings), heard.events())
    try:
        driver.capabilities = await driver.open()
        yield driver, heard
    finally:
        await driver.close()


@pytest.mark.parametrize("case", golden.read("grbl"), ids=str)
async def test_golden_bytes(board, case):
    far = board()
    async with opened(far.path, **case.settings) as (driver, _):
        before = far.heard
        assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
        assert far.heard.startswith(before + b"".join(case.frames))
        assert far.lines[-1] == case.more.get("text", far.lines[-1])


# ---------------------------------------------------------------- Grbl itself


async def test_grbl_itself_makes_exactly_the_steps_it_was_told(real):
    async with opened(real.path, max_rpm=300) as (driver, heard):
        assert driver.firmware == "Grbl 1.1h"
        before = real[STEP_X].rises
        await driver.apply("motor", Rotate(3, 120), 5.0)
        await until(lambda: heard.ended == ["motor"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 600)
        assert not real[DIRECTION_X].high
        await driver.apply("motor", Rotate(1, 120, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert real.wait_for(lambda: real[STEP_X].rises - before == 800)
        assert max(one.value for one in heard.observations if one.name == "rpm") > 100


async def test_grbl_itself_adds_rounds_and_turns_the_other_way(real):
    async with opened(real.path) as (driver, heard):
        before = real[STEP_X].rises
        await driver.apply("motor", Rotate(1, 60), 5.0)
        assert await driver.prolong("motor", Rotate(0.5, 60), 5.0) is Ack.CONFIRMED
        await until(lambda: heard.ended == ["motor"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 300)
        await driver.apply("motor", Run(60), 9.0)
        await driver.apply("motor", Rotate(0.5, 60, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert real[DIRECTION_X].rises > 0


async def test_grbl_itself_stands_at_once_and_turns_again_when_made_safe(real):
    async with opened(real.path) as (driver, heard):
        await driver.apply("motor", Run(60), 20.0)
        assert await asyncio.to_thread(real.wait_for, lambda: real[STEP_X].rises > 50)
        # However often, and made safe at once.
        for _ in range(5):
            driver.stop_now()
        assert await driver.make_safe()
        assert await asyncio.to_thread(still, real)
        before = real[STEP_X].rises
        await driver.apply("motor", Rotate(0.5, 60), 5.0)
        await until(lambda: heard.ended == ["motor"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 100)
        assert heard.lost == []


# ---------------------------------------------------------------- our own board


async def test_the_fastest_speed_is_what_user_and_board_both_allow(board):
    # 600 mm a minute at 0.8 mm a round.
    async with opened(board().path, max_rpm=900) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == pytest.approx(750)
    async with opened(board().path, max_rpm=90) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == 90


async def test_a_board_that_tells_nothing_of_its_motor_needs_the_users_word(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(settings={}).path):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG
    async with opened(board(settings={}).path, mm_per_round=5.0) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == 60


async def test_grbl_before_jogs_is_not_supported(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(version="0.9j").path):
            pass
    assert raised.value.cause is Cause.UNSUPPORTED


async def test_a_motor_turns_no_further_than_it_may(board):
    far = board()
    async with opened(far.path) as (driver, _):
        await driver.apply("motor", Run(60), 3.0)
        # 0.8 mm a second for 3 s, less what it needs to gain that speed at 100 mm/s2.
        assert far.lines[-1] == "$J=G91G21X2.394F48.0"


async def test_how_far_it_is_is_told(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        await driver.apply("motor", Rotate(0.4, 60, reverse=True), 2.0)
        await until(lambda: heard.ended == ["motor"])
    values = [(one.name, one.value) for one in heard.observations]
    assert ("rpm", -60.0) in values
    assert values[-2:] == [("rpm", 0.0), ("rounds_left", 0.0)]
    assert any(name == "rounds_left" and 0 < value < 0.4 for name, value in values)


async def test_a_lost_answer_never_turns_twice(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.mute = 1
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor", Rotate(50, 60), 60.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert sum(one.startswith("$J") for one in far.lines) == 1
        assert await asyncio.to_thread(far.wait_for, lambda: far.resting)


async def test_rounds_are_added_only_to_what_runs_the_same_way(board):
    far = board()
    async with opened(far.path) as (driver, _):
        assert await driver.prolong("motor", Rotate(1, 60), 2.0) is None
        await driver.apply("motor", Rotate(5, 60), 9.0)
        assert await driver.prolong("motor", Rotate(1, 60, reverse=True), 2.0) is None
        assert await driver.prolong("motor", Run(60), 2.0) is None
        assert await driver.prolong("motor", Rotate(1, 60), 9.0) is Ack.CONFIRMED
        await driver.apply("motor", Off(), None)
        assert await driver.prolong("motor", Rotate(1, 60), 2.0) is None


async def test_a_limit_switch_is_told_as_a_loss_and_opening_again_unlocks(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        await driver.apply("motor", Run(60), 20.0)
        # An alarm soon after a stop of ours is ours.
        driver._stop_sent_at -= 10
        far.hit_a_limit()
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.LOST
    async with opened(far.path) as (driver, _):
        assert await driver.apply("motor", Rotate(0.1, 60), 1.0) is Ack.CONFIRMED


async def test_a_board_that_restarts_is_lost(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        driver._stop_sent_at -= 10
        far.restart()
        await until(lambda: heard.lost)
        assert not await driver.make_safe()


async def test_a_refusal_is_told_with_its_number(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.alarm = 1
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor", Rotate(1, 60), 2.0)
        assert raised.value.cause is Cause.REFUSED
        assert "Alarm" in str(raised.value)
        assert await driver.make_safe()
        assert await driver.apply("motor", Rotate(0.1, 60), 2.0) is Ack.CONFIRMED


async def test_what_it_does_by_itself_when_it_starts_answers_nothing(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.mute = 1
        asked = driver.apply("motor", Rotate(1, 60), 2.0)

        async def start_script():
            assert await asyncio.to_thread(far.wait_for, lambda: not far.resting)
            for half in (b">G54", b"G20:", b"ok\r\n"):
                far.say(half)
                await asyncio.sleep(0.01)

        error, _ = await asyncio.gather(asked, start_script(), return_exceptions=True)
        assert error.cause is Cause.NO_ANSWER


async def test_a_board_that_does_not_stop_is_not_called_safe(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.deaf_to_stop = True
        assert not await driver.make_safe()


async def test_something_else_on_the_port_is_told(board):
    far = board(version="x")
    driver = Grbl(Grbl.settings_for(port=far.path), Heard().events())
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


async def test_a_cable_pulled_while_the_board_is_asked_is_told_once(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        far.mute = 99
        heard_before = len(far.heard)

        async def pull():
            assert await asyncio.to_thread(far.wait_for, lambda: len(far.heard) > heard_before)
            await asyncio.to_thread(far.unplug)

        asked = driver.apply("motor", Rotate(5, 60), 9.0)
        error, _ = await asyncio.gather(asked, pull(), return_exceptions=True)
        assert isinstance(error, DriverError)
        await until(lambda: heard.lost)
        with pytest.raises(DriverError):
            await driver.check()
    assert [one.cause for one in heard.lost] == [Cause.LOST]
