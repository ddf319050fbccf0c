"""The latched STOP: who pressed it, when, and which devices confirmed.

One rule: `set` works from any thread and comes before the first OFF byte.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from app.devices.views import StopState

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from app.link import Clock


class StopLatch:
    """Holds STOP until released. `set` and `spread` from any thread, the rest on the loop's."""

    def __init__(
        self, clock: Clock, on_change: Callable[[], None], on_stop: Callable[[], None]
    ) -> None:
        """`on_stop` is called on the loop's thread after each `spread`."""
        self._clock = clock
        self._on_change = on_change
        self._on_stop = on_stop
        self._lock = threading.RLock()  # a signal may come while we hold it
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pressed_at = 0.0
        self._unspread = 0
        self.stopped = False
        self.state = StopState()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Know the loop from now on."""
        self._loop = loop

    def detach(self) -> None:
        """Forget the loop; STOP still latches."""
        self._loop = None

    def set(self, source: str) -> None:
        """Latch; the first source and time are kept, a later press asks for confirmation anew."""
        now, now_ms = self._clock.monotonic(), self._clock.wall_ms()
        with self._lock:
            self._pressed_at = now
            self._unspread += 1
            if not self.stopped:
                self.state = StopState(True, source, now, now_ms)  # noqa: FBT003 - its first field
                self.stopped = True

    def spread(self) -> None:
        """Have the loop throw work away and collect confirmations, when it comes to it."""
        loop = self._loop
        try:
            if loop is not None:
                loop.call_soon_threadsafe(self._spread)
                return
        except RuntimeError:
            pass  # the loop has ended and with it all work
        self._unspread = 0

    def release(self) -> None:
        """Unlatch, unless somebody presses STOP at this very moment: that is the newer word."""
        with self._lock:
            if self._unspread:
                return
            self.stopped = False
            self.state = StopState()
        self._on_change()

    def dropped(self, count: int) -> None:
        """Count commands that were thrown away."""
        self.state = replace(self.state, dropped=self.state.dropped + count)

    def waiting(self, device_id: str) -> None:
        """Note that a device was asked."""
        took_ms = {key: ms for key, ms in self.state.took_ms.items() if key != device_id}
        self.state = replace(
            self.state, confirmed={**self.state.confirmed, device_id: None}, took_ms=took_ms
        )

    def confirm(self, device_id: str, *, safe: bool) -> None:
        """Note a device's answer and how long it took since STOP was pressed."""
        if not self.stopped:
            return
        took_ms = dict(self.state.took_ms)
        if safe:
            took_ms[device_id] = round((self._clock.monotonic() - self._pressed_at) * 1000.0, 1)
        confirmed = {**self.state.confirmed, device_id: safe}
        if confirmed != self.state.confirmed:
            self.state = replace(self.state, confirmed=confirmed, took_ms=took_ms)
            self._on_change()

    def confirm_late(self, device_id: str, *, safe: bool) -> None:
        """Take back a "did not confirm" of a device that is safe now, or note that it is not.

        One that is being asked answers to whoever asks it.
        """
        known = self.state.confirmed.get(device_id, not safe)
        if not self._unspread and known is not None and known is not safe:
            self.confirm(device_id, safe=safe)

    def _spread(self) -> None:
        with self._lock:
            self._unspread = 0
        self._on_stop()
        self._on_change()
