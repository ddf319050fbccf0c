"""All outlets: a short queue each, the age of what waits, and the fate of every effect.

One rule: every effect gets exactly one final delivery, and STOP ends and empties them all.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from typing import TYPE_CHECKING, Final

from app.core.effects import outlet_device
from app.core.outcome import Delivery, Drop, Stage
from app.outlets.outlet import OutletError
from app.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.core.outcome import Command, EffectRequest
    from app.link import Clock
    from app.outlets.outlet import Outlet

log = logging.getLogger(__name__)

QUEUE_LENGTH: Final = 50
# What goes with what a device does: shown or heard too early it would give it away.
WITH_DEVICES: Final = ("sound", "speech", "obs", "overlay")


class Outlets:
    """Carries out effects. Loop's thread only, but for `stop_now`."""

    def __init__(
        self,
        outlets: Iterable[Outlet],
        clock: Clock,
        on_delivery: Callable[[Delivery], None],
        lateness_s: Callable[[Sequence[Command]], float] = lambda _: 0.0,
    ) -> None:
        """Take the outlets; `on_delivery` hears on the loop what becomes of each effect.

        `lateness_s` says how much later than it is told the slowest of some commands is seen.
        """
        self._lateness_s = lateness_s
        # Those that wait for a slow device, by id.
        self._later: dict[str, tuple[EffectRequest, asyncio.TimerHandle]] = {}
        self._clock = clock
        self._on_delivery = on_delivery
        self._tasks = Tasks()
        self._lanes = {one.key: _Lane(one, self) for one in outlets}
        self._loop: asyncio.AbstractEventLoop | None = None

    def carry_out(
        self, requests: Sequence[EffectRequest], commands: Sequence[Command] = ()
    ) -> None:
        """Take these in order; never waits, never raises.

        What is seen or heard waits for the slowest device of `commands` that its rule moves.
        """
        self._loop = asyncio.get_running_loop()
        for request in requests:
            beside = [one for one in commands if one.rule_id == request.rule_id]
            shown = request.effect.outlet in WITH_DEVICES
            late_s = self._lateness_s(beside) if shown and beside else 0.0
            if late_s > 0:
                timer = self._loop.call_later(late_s, self._in_time, request)
                self._later[request.id] = request, timer
            else:
                self._offer(request)

    def _in_time(self, request: EffectRequest) -> None:
        del self._later[request.id]
        self._offer(request)

    def _offer(self, request: EffectRequest) -> None:
        lane = self._lanes.get(request.effect.outlet)
        if lane is None:
            self.tell(request, Stage.FAILED, Drop.UNSUPPORTED)
        else:
            lane.offer(request)

    def stop_now(self) -> None:
        """End what goes on and throw away what waits. Any thread."""
        self._end_now()
        loop = self._loop
        if loop is not None:
            # A loop that has ended has nothing waiting any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wipe)

    async def close(self) -> None:
        """End everything; no task, thread or connection is left behind."""
        self._wipe()
        self._end_now()
        await self._tasks.cancel_all()
        for lane in self._lanes.values():
            await lane.outlet.close()

    def _end_now(self) -> None:
        for lane in self._lanes.values():
            try:
                lane.outlet.stop_now()
            except Exception:
                # One outlet with a mistake must not keep STOP from the others.
                log.exception("outlet %s: stop_now failed", lane.outlet.key)

    def _wipe(self) -> None:
        later, self._later = list(self._later.values()), {}
        for request, timer in later:
            timer.cancel()
            self.tell(request, Stage.STOPPED, Drop.STOPPED)
        for lane in self._lanes.values():
            lane.wipe()

    # ------------------------------------------------------------ for the lanes

    @property
    def tasks(self) -> Tasks:
        """The tasks of all lanes."""
        return self._tasks

    def now(self) -> float:
        """Monotonic seconds."""
        return self._clock.monotonic()

    def tell(
        self, request: EffectRequest, stage: Stage, drop: Drop = Drop.NONE, detail: str = ""
    ) -> None:
        """Report one step of one effect."""
        self._on_delivery(
            Delivery(
                command_id=request.id,
                device_id=outlet_device(request.effect),
                event_id=request.event_id,
                rule_id=request.rule_id,
                stage=stage,
                at=self._clock.monotonic(),
                at_ms=self._clock.wall_ms(),
                drop=drop,
                detail=detail,
            )
        )


class _Lane:
    """One outlet at work."""

    def __init__(self, outlet: Outlet, outlets: Outlets) -> None:
        self.outlet = outlet
        self._outlets = outlets
        self._queue: deque[EffectRequest] = deque()
        self._under_way: dict[str, tuple[EffectRequest, asyncio.Task[None]]] = {}

    def offer(self, request: EffectRequest) -> None:
        if len(self._queue) >= QUEUE_LENGTH:
            self._outlets.tell(request, Stage.DROPPED, Drop.QUEUE_FULL)
            return
        self._outlets.tell(request, Stage.QUEUED)
        self._queue.append(request)
        self._more()

    def wipe(self) -> None:
        """Tell of everything that it was stopped."""
        waiting, self._queue = list(self._queue), deque()
        going, self._under_way = list(self._under_way.values()), {}
        for request, task in going:
            task.cancel()
            self._outlets.tell(request, Stage.STOPPED, Drop.STOPPED)
        for request in waiting:
            self._outlets.tell(request, Stage.STOPPED, Drop.STOPPED)

    def _more(self) -> None:
        while self._queue and len(self._under_way) < self.outlet.at_once:
            request = self._queue.popleft()
            if request.deadline <= self._outlets.now():
                self._outlets.tell(request, Stage.DROPPED, Drop.TOO_OLD)
                continue
            name = f"outlet {self.outlet.key}"
            task = self._outlets.tasks.spawn(name, self._carry_out(request))
            self._under_way[request.id] = (request, task)

    async def _carry_out(self, request: EffectRequest) -> None:
        self._outlets.tell(request, Stage.SENT)
        stage, drop, detail = await self._fate(request)
        # Stopped meanwhile: its end was told then.
        if self._under_way.pop(request.id, None) is not None:
            self._outlets.tell(request, stage, drop, detail)
        self._more()

    async def _fate(self, request: EffectRequest) -> tuple[Stage, Drop, str]:
        try:
            async with asyncio.timeout(self.outlet.limit_s):
                return Stage.DONE, Drop.NONE, await self.outlet.carry_out(request.effect)
        except TimeoutError:
            return Stage.FAILED, Drop.NO_ANSWER, ""
        except OutletError as error:
            return Stage.FAILED, error.drop, error.detail
        except Exception as error:
            log.exception("outlet %s failed", self.outlet.key)
            return Stage.FAILED, Drop.UNSUPPORTED, type(error).__name__
