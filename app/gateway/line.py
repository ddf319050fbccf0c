"""The line: event in, engine, devices; and afterwards the taps, in batches.

One rule: nothing stands between an event and its commands; taps may lag or fail unnoticed.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.bus import Bus
from app.core.events import Reading, Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.engine import Engine, EngineGate
    from app.core.events import LiveEvent
    from app.core.outcome import Command, Delivery, Outcome
    from app.gateway.outlets import Outlets

log = logging.getLogger(__name__)

# Long enough that the devices' bytes go first, short enough that nobody sees it.
_TAPS_AFTER_S = 0.004
_MOST_WAITING = 200_000
# They come all the time and are news only when a rule ran for them.
_QUIET: Final = (Tick, Reading)


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome and when its event was received, in monotonic seconds."""

    outcome: Outcome
    received_at: float


class Line:
    """Carries events to devices and outlets. Everything belongs to the loop's thread."""

    def __init__(
        self,
        engine: Engine,
        gate: Callable[[], EngineGate],
        dispatch: Callable[[Sequence[Command]], None],
        now: Callable[[], float],
        note: Callable[[LiveEvent], None] | None = None,
        skip: Callable[[str], object] | None = None,
    ) -> None:
        """Take the engine, what holds for all rules, and where commands go.

        `note` is told each event before the engine: rules may ask about what it counts. `skip`
        ends the activation of a command, or takes it out of its queue.
        """
        self.bus = Bus(_tap_failed)
        self.outlets: Outlets | None = None
        self._engine = engine
        self._gate = gate
        self._dispatch = dispatch
        self._now = now
        self._note = note
        self._skip = skip
        self._waiting: deque[Told | Delivery] = deque(maxlen=_MOST_WAITING)
        self._timer: asyncio.TimerHandle | None = None
        self._next: asyncio.TimerHandle | None = None
        self._next_at = 0.0

    def on_event(self, event: LiveEvent, received_at: float) -> None:
        """Decide and dispatch at once; tell the taps a moment later."""
        if self._note is not None:
            self._note(event)
        outcome = self._engine.handle(event, self._now(), self._gate())
        self.carry_out(outcome, received_at)
        self.look_ahead()

    def carry_out(self, outcome: Outcome, received_at: float) -> None:
        """Dispatch what was decided; tell the taps a moment later."""
        # In line before what dispatching has to tell of it; the timer is set after the bytes.
        if not isinstance(outcome.event, _QUIET) or _is_news(outcome):
            self._waiting.append(Told(outcome, received_at))
        try:
            if outcome.commands:
                self._dispatch(outcome.commands)
            if outcome.requests and self.outlets is not None:
                self.outlets.carry_out(outcome.requests, outcome.commands)
        finally:
            self._wake()

    def look_ahead(self) -> None:
        """Wake up when a run goes on after a pause; call it after runs may have begun or ended."""
        due = self._engine.due()
        if due is None:
            self.rest()
        elif self._next is None or due != self._next_at:
            self.rest()
            self._next_at = due
            loop = asyncio.get_running_loop()
            self._next = loop.call_later(max(0.0, due - self._now()), self.go_on)

    def go_on(self) -> None:
        """Make the moves that are due now; with the gate shut, end every run."""
        self.rest()
        now = self._now()
        for command_id in self._engine.recalled():
            if self._skip is not None:
                self._skip(command_id)
        try:
            for outcome in self._engine.advance(now, self._gate()):
                self.carry_out(outcome, now)
        finally:
            self.look_ahead()

    def stop(self) -> None:
        """End every run, because STOP is latched; what they say of it is told. Loop's thread."""
        self.go_on()
        if self.outlets is not None:
            self.outlets.stop_now()

    def rest(self) -> None:
        """Wake up no more for runs, until the next event."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

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
        if self._timer is None and self._waiting:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(_TAPS_AFTER_S, self.settle)


def _is_news(outcome: Outcome) -> bool:
    if outcome.commands or outcome.requests or outcome.continued:
        return True
    return any(trace.ran for trace in outcome.traces)


def _tap_failed(tap: Callable[..., None], fact: object, error: Exception) -> None:
    name = getattr(tap, "__qualname__", repr(tap))
    log.error("%s failed for a %s", name, type(fact).__name__, exc_info=error)
