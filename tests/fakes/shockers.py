"""Shockers that do something for a while, behind a hub on a pseudo terminal.

One rule: a new order takes the place of the one before, and each ends by the hub's own clock.
"""

from __future__ import annotations

import threading

from tests.fakes.far_end import FarEnd


class ShockerBox(FarEnd):
    """The part of a hub that counts time; `running` is what each shocker does now."""

    def __init__(self) -> None:
        self.running: dict[int, tuple[str, int]] = {}
        self.done: list[tuple[int, str, int, int]] = []
        self._timers: dict[int, threading.Timer] = {}
        super().__init__()

    @property
    def resting(self) -> bool:
        """Whether no shocker does anything."""
        return not self.running

    def begin(self, number: int, what: str, strength: int, length_ms: int) -> None:
        """Do something; called by `take` only."""
        self.end(number)
        self.done.append((number, what, strength, length_ms))
        self.running[number] = (what, strength)
        timer = threading.Timer(length_ms / 1000, self.tell, (lambda: self.end(number),))
        self._timers[number] = timer
        timer.start()

    def end(self, number: int) -> None:
        """End what a shocker does."""
        self.running.pop(number, None)
        timer = self._timers.pop(number, None)
        if timer is not None:
            timer.cancel()

    def close(self) -> None:
        """End, timers too."""
        super().close()
        for timer in list(self._timers.values()):
            timer.cancel()
            timer.join(10)
