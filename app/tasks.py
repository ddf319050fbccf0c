"""Background tasks of one owner: kept alive, named, and never silent about an error.

One rule: nobody else calls `create_task`; an owner cancels its tasks when it ends.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

log = logging.getLogger(__name__)
T = TypeVar("T")


class Tasks:
    """The tasks of one owner. Use it from the loop's thread only."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._running)

    def spawn(self, name: str, coro: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start `coro` as a task called `name`.

        An error is logged at ERROR with the name, and raised to whoever awaits the task.
        """
        task = asyncio.get_running_loop().create_task(coro, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def cancel_all(self) -> None:
        """Cancel every task and wait until all have ended; the caller's own task is left alone."""
        me = asyncio.current_task()
        while others := [task for task in self._running if task is not me]:
            for task in others:
                task.cancel()
            # Never raises: the errors were logged when the tasks ended.
            await asyncio.wait(others)
            # A callback of an ended task runs one turn of the loop later.
            await asyncio.sleep(0)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            log.error("task %s failed: %r", task.get_name(), error, exc_info=error)
