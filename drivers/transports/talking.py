"""Questions with a number each, over a WebSocket: what OBS and Home Assistant speak.

One rule: a number and its message go out in one step; from STOP on nothing is turned on.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from typing import TYPE_CHECKING, Any

from drivers.contract import Cause, DriverError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from drivers.transports.websocket import WebSocketLink


class Talking:
    """Asks over an open link; `stop` from any thread, the rest from the loop's.

    `wrap` makes the text of a message from its number and itself. Hand what comes back to
    `answer`.
    """

    def __init__(
        self,
        link: WebSocketLink,
        wrap: Callable[[int, Mapping[str, Any]], str],
        *,
        wait_s: float,
    ) -> None:
        self._link = link
        self._wrap = wrap
        self._wait_s = wait_s
        self._loop = asyncio.get_running_loop()
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._numbers = itertools.count(1)
        self._held = False
        self._lost: DriverError | None = None
        self._waiting: dict[int, tuple[asyncio.Future[Any], bool]] = {}

    async def ask(
        self,
        message: Mapping[str, Any],
        *,
        turns_on: bool = False,
        wait_s: float | None = None,
    ) -> Any:  # noqa: ANN401 - whatever was answered; callers check it
        """Send a message and return its answer.

        Raises what `answer` was given, NO_ANSWER, LOST, or REFUSED if it `turns_on` something and
        STOP comes before the answer.
        """
        future: asyncio.Future[Any] = self._loop.create_future()
        with self._lock:
            if self._lost is not None:
                raise self._lost
            if turns_on and self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            number = self._write(message)
            if number is None:
                raise DriverError(Cause.NO_ANSWER)
            self._waiting[number] = future, turns_on
        try:
            limit_s = self._wait_s if wait_s is None else wait_s
            done, _ = await asyncio.wait({future}, timeout=limit_s)
            if not done:
                raise DriverError(Cause.NO_ANSWER)
            return future.result()
        finally:
            self._waiting.pop(number, None)
            future.cancel()

    def say(self, message: Mapping[str, Any], *, turns_on: bool = False) -> bool:
        """Send a message whose answer nobody waits for; False if it may not or cannot go out."""
        with self._lock:
            if self._lost is not None or (turns_on and self._held):
                return False
            return self._write(message) is not None

    def answer(self, number: object, answer: object) -> None:
        """Take an answer, or a DriverError; one nobody waits for (any more) is ignored."""
        entry = self._waiting.get(number) if isinstance(number, int) else None
        if entry is not None:
            _settle(entry[0], answer)

    def stop(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Send messages before all that waits, and hold from here on; never raises."""
        with self._lock:
            self._held = True
            for first, message in enumerate(messages):
                self._write(message, urgent=first == 0)
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.give_up)

    def release(self) -> None:
        """Hold no longer; what would have turned something on is given up."""
        self.give_up()
        with self._lock:
            self._held = False

    def give_up(self) -> None:
        """Give up what would turn something on and is not answered yet."""
        for future, turns_on in list(self._waiting.values()):
            if turns_on:
                _settle(future, DriverError(Cause.REFUSED, "stopped"))

    def lose(self, error: DriverError) -> None:
        """Give everything up: the other side is gone."""
        self._lost = error
        for future, _ in list(self._waiting.values()):
            _settle(future, error)

    def _write(self, message: Mapping[str, Any], *, urgent: bool = False) -> int | None:
        number = next(self._numbers)
        taken = self._link.write_now(self._wrap(number, message), urgent=urgent)
        return number if taken else None


def _settle(future: asyncio.Future[Any], answer: object) -> None:
    if future.done():
        return
    if isinstance(answer, DriverError):
        future.set_exception(answer)
    else:
        future.set_result(answer)
