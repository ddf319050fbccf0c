"""The side loop: who starts it, who ends it, and that it runs while ours is blocked."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.side_loop import SideLoop, in_thread


def living(name: str = "side loop") -> int:
    return sum(one.name == name for one in threading.enumerate())


async def who() -> str:
    await asyncio.sleep(0)
    return threading.current_thread().name


async def test_it_starts_with_the_first_user_and_ends_with_the_last():
    loop = SideLoop()
    assert not loop.call(print)
    loop.enter()
    loop.enter()
    assert living() == 1
    await loop.leave()
    assert await loop.run(who()) == "side loop"
    await loop.leave()
    assert living() == 0
    assert not loop.call(print)


async def test_it_can_start_again():
    loop = SideLoop()
    for _ in range(3):
        loop.enter()
        assert await loop.run(who()) == "side loop"
        await loop.leave()
        assert living() == 0


async def test_it_runs_while_the_programs_loop_is_blocked():
    loop = SideLoop()
    loop.enter()
    done = threading.Event()
    assert loop.call(done.set)
    assert done.wait(10)  # blocks the program's loop
    ran = threading.Event()

    async def later() -> None:
        await asyncio.sleep(0.01)
        ran.set()

    assert loop.start(later())
    assert ran.wait(10)
    await loop.leave()


async def test_calls_are_carried_out_in_order():
    loop = SideLoop()
    loop.enter()
    seen: list[int] = []
    for number in range(100):
        loop.call(seen.append, number)
    await loop.run(who())
    assert seen == list(range(100))
    await loop.leave()


async def test_an_error_reaches_whoever_awaits_it():
    loop = SideLoop()
    loop.enter()

    async def fail() -> None:
        raise DriverError(Cause.BAD_ANSWER, "x")

    with pytest.raises(DriverError, match="bad_answer: x"):
        await loop.run(fail())
    await loop.leave()


async def test_an_error_nobody_awaits_is_logged(expect_log):
    expect_log.announce("something on the side loop failed")
    loop = SideLoop()
    loop.enter()
    done = threading.Event()

    async def fail() -> None:
        loop.call(loop.call, done.set)
        raise ValueError("x")

    loop.start(fail())
    await asyncio.to_thread(done.wait, 10)
    await loop.leave()


async def test_cancelling_the_caller_cancels_the_call():
    loop = SideLoop()
    loop.enter()
    began, cancelled = threading.Event(), threading.Event()

    async def hang() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await loop.run(hang())
    assert await asyncio.to_thread(cancelled.wait, 10)
    await loop.leave()


async def test_an_error_that_comes_when_its_waiter_is_gone_is_no_error_of_anybodys():
    side = SideLoop()
    side.enter()
    begun, ended = threading.Event(), threading.Event()

    async def stubborn() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise DriverError(Cause.REFUSED, "stopped") from None
        finally:
            ended.set()

    waiting = asyncio.gather(side.run(stubborn()))
    await asyncio.to_thread(begun.wait, 20)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.to_thread(ended.wait, 20)
    await side.leave()
    gc.collect()  # what nobody took is complained of now, and the guards of the tests see it


async def test_whoever_waits_when_the_loop_ends_is_told_that_it_was_lost():
    loop = SideLoop()
    loop.enter()
    began = threading.Event()

    async def hang() -> None:
        began.set()
        await asyncio.Event().wait()

    waiting = asyncio.gather(loop.run(hang()), return_exceptions=True)
    await asyncio.to_thread(began.wait, 10)
    loop.start(hang())
    await loop.leave()
    (error,) = await waiting
    assert isinstance(error, DriverError)
    assert error.cause is Cause.LOST


async def test_nothing_runs_on_a_loop_that_is_down():
    loop = SideLoop()
    assert not loop.start(who())
    with pytest.raises(DriverError) as raised:
        await loop.run(who())
    assert raised.value.cause is Cause.LOST


async def test_names_are_looked_up_without_a_pool_of_threads():
    loop = SideLoop()
    loop.enter()

    assert await loop.run(look_up("localhost"))
    with pytest.raises(OSError, match="no such name"):
        await loop.run(look_up("name.invalid"))
    await loop.leave()


async def look_up(name: str) -> object:
    return await asyncio.get_running_loop().getaddrinfo(name, 80)


async def test_a_blocking_call_gets_a_thread_of_its_own():
    assert await in_thread("mine", lambda: threading.current_thread().name) == "mine"

    def fail() -> None:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await in_thread("mine", fail)
