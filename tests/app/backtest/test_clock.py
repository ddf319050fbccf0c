"""The jumping loop: time passes without being waited for."""

import asyncio

import pytest

from app.backtest.clock import JumpingClock, JumpingLoop, StuckError, run_jumping
from app.tasks import Tasks


def test_a_day_passes_and_the_clock_shows_it():
    loop = JumpingLoop()
    clock = JumpingClock(loop, 1_000_000)

    async def sleep_a_day():
        await clock.sleep(86_400)
        return clock.monotonic(), clock.wall_ms()

    assert run_jumping(loop, sleep_a_day()) == (86_400, 1_000_000 + 86_400_000)


def test_timers_come_in_the_order_of_their_times():
    loop = JumpingLoop()
    seen = []

    async def one(name, wait_s):
        await asyncio.sleep(wait_s)
        seen.append((name, loop.time()))

    async def all_of_them():
        await asyncio.gather(one("late", 30), one("soon", 0.5), one("between", 3))

    run_jumping(loop, all_of_them())
    assert seen == [("soon", 0.5), ("between", 3), ("late", 30)]


def test_waiting_for_what_never_comes_is_an_error_and_no_hang():
    async def wait():
        await asyncio.Event().wait()

    with pytest.raises(StuckError):
        run_jumping(JumpingLoop(), wait())


def test_tasks_left_over_are_ended():
    ended = []

    async def left():
        try:
            await asyncio.sleep(1e9)
        finally:
            ended.append(True)

    tasks = Tasks()

    async def leave():
        _ = tasks.spawn("left", left())
        await asyncio.sleep(1)

    run_jumping(JumpingLoop(), leave())
    assert ended == [True]
