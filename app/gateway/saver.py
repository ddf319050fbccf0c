"""Puts something that changes often on the disk: at once when calm, once a second in a storm.

One rule: what was accepted is written until it is written; a failure is told once and tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Final

from app.core.notices import Level, Notice, NoticeCode
from app.store.documents import SaveError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.tasks import Tasks

log = logging.getLogger(__name__)

SAVE_APART_S: Final = 1.0
RETRY_S: Final = 5.0


class Saver:
    """Calls `save` in a thread after `changed`; the newest state, never twice at the same time."""

    def __init__(
        self,
        tasks: Tasks,
        now: Callable[[], float],
        snapshot: Callable[[], Callable[[], None]],
        on_notice: Callable[[Notice], None],
    ) -> None:
        """`now` is monotonic; `snapshot` returns what writes the present state, in a thread."""
        self._tasks = tasks
        self._now = now
        self._snapshot = snapshot
        self._on_notice = on_notice
        self._task: asyncio.Task[None] | None = None
        self._one = asyncio.Lock()
        self._last = -SAVE_APART_S
        self._dirty = False
        self._failed: SaveError | None = None

    def waiting(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._dirty or self._one.locked()

    def changed(self) -> None:
        """Note that there is something to write."""
        self._dirty = True
        if self._task is None or self._task.done():
            self._task = self._tasks.spawn("save", self._run())

    async def flush(self) -> None:
        """Write now what waits; raises SaveError if the disk refuses, and goes on trying."""
        async with self._one:
            while self._dirty:
                await self._save()

    async def _run(self) -> None:
        while self._dirty:
            wait_s = RETRY_S if self._failed else self._last + SAVE_APART_S - self._now()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            async with self._one:
                if self._dirty:
                    with contextlib.suppress(SaveError):
                        await self._save()

    async def _save(self) -> None:
        self._dirty = False
        write = self._snapshot()
        try:
            await asyncio.to_thread(write)
        except SaveError as error:
            self._dirty = True
            if self._failed is None:
                log.info("not saved: %s", error.reason)
                self._on_notice(error.notice)
            self._failed = error
            raise
        finally:
            self._last = self._now()
        if self._failed is not None:
            told, self._failed = self._failed.notice, None
            self._on_notice(Notice(told.key, Level.INFO, NoticeCode.DOCUMENT_SAVED, told.values))
