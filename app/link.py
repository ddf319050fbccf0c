"""Keeps one link alive: connects, serves, waits and tries again, by the states of `core.links`.

One rule: one Linkable object is one connection; after its end it is closed and never used again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, Protocol

from app.core.links import LinkReason, LinkStage, LinkState, Signal, next_state
from drivers.contract import NOTHING_SAID

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from app.tasks import Tasks
    from drivers.contract import Said

log = logging.getLogger(__name__)


class Clock(Protocol):
    """Time as the rooms see it, so that tests need not wait."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    def wall_ms(self) -> int:
        """UTC epoch milliseconds."""

    async def sleep(self, delay_s: float) -> None:
        """Return after `delay_s` seconds of `monotonic`."""


class SystemClock:
    """The computer's own clocks."""

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def wall_ms(self) -> int:
        """UTC epoch milliseconds."""
        return time.time_ns() // 1_000_000

    async def sleep(self, delay_s: float) -> None:
        """Return after `delay_s` seconds."""
        await asyncio.sleep(delay_s)


class LinkError(Exception):
    """A link could not be made, or ended.

    `wait_s` None leaves the wait to the supervisor's back-off; `blocked` means retrying is useless.
    """

    def __init__(
        self,
        reason: LinkReason,
        wait_s: float | None = None,
        *,
        blocked: bool = False,
        detail: str = "",
        said: Said = NOTHING_SAID,
    ) -> None:
        """`said` stands in for the reason's own words."""
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.wait_s = wait_s
        self.blocked = blocked
        self.detail = detail
        self.said = said


class Linkable(Protocol):
    """One connection: connect once, serve until it ends, close always (also after a failure)."""

    async def connect(self) -> LinkReason | None:
        """Connect or raise LinkError; a returned reason is shown beside ONLINE."""

    async def serve(self) -> None:
        """Return or raise LinkError when the connection ends."""

    async def close(self) -> None:
        """Let go of everything; called exactly once, whatever happened before."""


async def first_of(*works: Coroutine[Any, Any, object]) -> int:
    """Run `works` side by side until one ends, cancel the rest and await them.

    Returns the place of the one that ended; raises what it raised.
    """
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        ended = next(place for place, task in enumerate(tasks) if task.done())
        tasks[ended].result()
        return ended
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Supervisor:
    """Supervises one link. Call everything from the loop's thread."""

    def __init__(  # noqa: PLR0913 - one collaborator each
        self,
        name: str,
        make: Callable[[], Linkable],
        clock: Clock,
        backoff: Callable[[], Iterator[float]],
        on_state: Callable[[LinkState], None],
        *,
        tasks: Tasks,
        probe: Callable[[LinkReason], Awaitable[LinkError | None]] | None = None,
        healthy_after_s: float = 30.0,
    ) -> None:
        """Take the collaborators; nothing happens before `start`.

        `backoff` makes a fresh sequence of waits, taken anew after `healthy_after_s` online.
        `probe` is asked quietly when a wait is over: an error keeps the link waiting, None lets it
        connect.
        """
        self.name = name
        self.state = LinkState(LinkStage.OFF, clock.monotonic())
        self._make = make
        self._clock = clock
        self._backoff = backoff
        self._on_state = on_state
        self._tasks = tasks
        self._probe = probe
        self._healthy_after_s = healthy_after_s
        self._task: asyncio.Task[None] | None = None
        self._try_now = asyncio.Event()
        self._logged: tuple[LinkStage, LinkReason] = (LinkStage.OFF, LinkReason.NONE)

    def start(self) -> None:
        """Begin to connect; does nothing if already started."""
        if self._task is None or self._task.done():
            self._try_now.clear()
            self._task = self._tasks.spawn(f"link {self.name}", self._run())

    async def stop(self) -> None:
        """Close the connection and stay OFF; returns when everything is let go."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._signal(Signal.STOP)

    def try_now(self) -> None:
        """End a wait, or leave BLOCKED, and connect at once; does nothing otherwise."""
        self._try_now.set()

    def remark(self, reason: LinkReason) -> None:
        """Show a reason beside ONLINE that was learnt later; does nothing otherwise."""
        self._signal(Signal.REMARKED, reason=reason)

    async def _run(self) -> None:
        waits = self._backoff()
        while True:
            self._try_now.clear()
            self._signal(Signal.START)
            error, online_s = await self._one_connection()
            if online_s >= self._healthy_after_s:
                waits = self._backoff()
            await self._wait(error, waits)

    async def _one_connection(self) -> tuple[LinkError, float]:
        link = self._make()
        online_at: float | None = None
        error = LinkError(LinkReason.LOST)
        try:
            beside = await link.connect()
            online_at = self._clock.monotonic()
            self._signal(Signal.CONNECTED, reason=beside or LinkReason.NONE)
            await link.serve()
        except LinkError as raised:
            error = raised
        except Exception as raised:
            log.exception("%s: unexpected error", self.name)
            error = LinkError(LinkReason.LOST, detail=type(raised).__name__)
        finally:
            await self._close(link)
        online_s = 0.0 if online_at is None else self._clock.monotonic() - online_at
        return error, online_s

    async def _close(self, link: Linkable) -> None:
        try:
            await link.close()
        except Exception:
            log.exception("%s: error while closing", self.name)

    async def _wait(self, error: LinkError | None, waits: Iterator[float]) -> None:
        while error is not None:
            if error.blocked:
                self._signal(Signal.REFUSED, error)
                await self._try_now.wait()
                return
            wait_s = next(waits) if error.wait_s is None else error.wait_s
            self._signal(Signal.FAILED, error, wait_s=wait_s)
            until = self._clock.monotonic() + wait_s
            await first_of(self._sleep_until(until), self._try_now.wait())
            if self._try_now.is_set() or self._probe is None:
                return
            error = await self._probe(error.reason)

    async def _sleep_until(self, at: float) -> None:
        await self._clock.sleep(max(0.0, at - self._clock.monotonic()))

    def _signal(
        self,
        signal: Signal,
        error: LinkError | None = None,
        *,
        reason: LinkReason = LinkReason.NONE,
        wait_s: float = 0.0,
    ) -> None:
        if signal is Signal.STOP and self.state.stage is LinkStage.OFF:
            return
        now = self._clock.monotonic()
        if error is None:
            new = next_state(self.state, signal, now, reason=reason)
        else:
            new = next_state(
                self.state,
                signal,
                now,
                reason=error.reason,
                wait_s=wait_s,
                detail=error.detail,
                said=error.said,
            )
        if new is self.state:
            return
        self.state = new
        self._log(new)
        self._on_state(new)

    def _log(self, state: LinkState) -> None:
        said = (state.stage, state.reason)
        if state.stage is LinkStage.CONNECTING or said == self._logged:
            return
        self._logged = said
        words = [state.stage.value, state.reason.value, f"({state.detail})" if state.detail else ""]
        log.info("%s: %s", self.name, " ".join(filter(None, words)))
