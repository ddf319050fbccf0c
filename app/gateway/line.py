"""The line: event in, engine, devices; and afterwards the taps, in batches.

One rule: nothing stands between an event and its commands; taps may lag or fail unnoticed.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.bus import Bus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.engine import Engine, EngineGate
    from app.core.events import LiveEvent
    from app.core.outcome import Command, Delivery, Outcome

log = logging.getLogger(__name__)

# Long enough that the devices' bytes go first, short enough that nobody sees it.
_TAPS_AFTER_S = 0.004
_MOST_WAITING = 200_000


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome and when its event was received, in monotonic seconds."""

    outcome: Outcome
    received_at: float


class Line:
    """Carries events to devices. Everything belongs to the loop's thread."""

    def __init__(
        self,
        engine: Engine,
        gate: Callable[[], EngineGate],
        dispatch: Callable[[Sequence[Command]], None],
        now: Callable[[], float],
    ) -> None:
        """Take the engine, what holds for all rules, and where commands go."""
        self.bus = Bus(_tap_failed)
        self._handle = engine.handle
        self._gate = gate
        self._dispatch = dispatch
        self._now = now
        self._waiting: deque[Told | Delivery] = deque(maxlen=_MOST_WAITING)
        self._timer: asyncio.TimerHandle | None = None

    def on_event(self, event: LiveEvent, received_at: float) -> None:
        """Decide and dispatch at once; tell the taps a moment later."""
        outcome = self._handle(event, self._now(), self._gate())
        # In line before what dispatching has to tell of it; the timer is set after the bytes.
        self._waiting.append(Told(outcome, received_at))
        try:
            if outcome.commands:
                self._dispatch(outcome.commands)
        finally:
            self._wake()

    def on_delivery(self, delivery: Delivery) -> None:
        """Tell the taps, a moment later, what became of a command."""
        self._waiting.append(delivery)
        self._wake()

    def settle(self) -> None:
        """Tell the taps now what waits for them."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            self.bus.publish(self._waiting.popleft())

    def _wake(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_TAPS_AFTER_S, self.settle)


def _tap_failed(tap: Callable[..., None], fact: object, error: Exception) -> None:
    name = getattr(tap, "__qualname__", repr(tap))
    log.error("%s failed for a %s", name, type(fact).__name__, exc_info=error)
