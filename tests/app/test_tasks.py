"""Background tasks are kept, named, heard when they fail and awaited when they end."""

import asyncio
import gc

import pytest

from app.tasks import Tasks


async def test_a_task_runs_under_its_name_and_gives_its_result():
    tasks = Tasks()

    async def work():
        return asyncio.current_task().get_name()

    assert await tasks.spawn("reader", work()) == "reader"


async def test_a_task_nobody_holds_is_not_collected():
    tasks = Tasks()
    go = asyncio.Event()
    done = asyncio.Event()

    async def work():
        await go.wait()
        done.set()

    tasks.spawn("lonely", work())
    await asyncio.sleep(0)
    gc.collect()
    go.set()
    await asyncio.wait_for(done.wait(), 10)
    await tasks.cancel_all()


@pytest.mark.expect_log("task reader failed: ValueError")
async def test_the_error_of_a_task_is_logged_with_its_name():
    tasks = Tasks()

    async def work():
        raise ValueError("no")

    task = tasks.spawn("reader", work())
    with pytest.raises(ValueError, match="no"):
        await task
    await tasks.cancel_all()
    assert len(tasks) == 0


async def test_cancel_all_waits_until_the_last_one_has_cleaned_up():
    tasks = Tasks()
    cleaned = []

    async def work(number):
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append(number)

    for number in range(3):
        tasks.spawn(f"worker {number}", work(number))
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert sorted(cleaned) == [0, 1, 2]
    assert len(tasks) == 0


async def test_cancel_all_also_ends_a_task_started_while_cancelling():
    tasks = Tasks()

    async def late():
        await asyncio.Event().wait()

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            tasks.spawn("late", late())

    tasks.spawn("first", work())
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert len(tasks) == 0


async def test_a_task_may_end_its_own_owner():
    tasks = Tasks()
    ended = asyncio.Event()

    async def other():
        await asyncio.Event().wait()

    async def boss():
        await tasks.cancel_all()
        ended.set()

    tasks.spawn("other", other())
    await tasks.spawn("boss", boss())
    assert ended.is_set()
