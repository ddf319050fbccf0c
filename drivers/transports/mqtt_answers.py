"""Who waits for which message of a device behind a broker.

One rule: the loop's thread only; whoever waits gets one answer, or why there will be none.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import Cause, DriverError
from drivers.transports.sentences import SILENT

if TYPE_CHECKING:
    from collections.abc import Callable

    IsIt = Callable[[str, str], bool]


@dataclass(eq=False, slots=True)
class Wait:
    """Somebody waits for a message of the device; `starts` is the output it will have started."""

    is_it: IsIt
    answer: asyncio.Future[tuple[str, str]]
    starts: str = ""
    turns_on: bool = False
    kept_too: bool = False


class Owed:
    """Words for "on" that are still to come, by output: an "off" before them is an older one's.

    A word has no number. A device that does one thing after the other says them in order; one that
    says nothing of some is believed after the next asking, when nothing was turned on since.
    """

    def __init__(self) -> None:
        self._left: dict[str, int] = {}

    def expect(self, output: str) -> None:
        """Note that the device was told something that it will answer with "on"."""
        self._left[output] = self._left.get(output, 0) + 1

    def hear(self, output: str) -> None:
        """Take a word for "on"."""
        self._left[output] = max(0, self._left.get(output, 0) - 1)

    def clear(self) -> None:
        """Expect nothing any more."""
        self._left.clear()

    def any_of(self, output: str) -> bool:
        """Say whether some are still to come."""
        return self._left.get(output, 0) > 0

    def behind(self, output: str, is_it: IsIt) -> IsIt:
        """Return what recognises the same, but only behind all words for "on"."""
        return lambda topic, text: not self.any_of(output) and is_it(topic, text)


class Answers:
    """All who wait. `running` are the outputs whose newest command the device has answered."""

    def __init__(self) -> None:
        self.running: set[str] = set()
        self._waiting: list[Wait] = []

    def expect(
        self, is_it: IsIt, *, starts: str = "", turns_on: bool = False, kept_too: bool = False
    ) -> Wait:
        """Begin to wait for what `is_it` recognises; that may raise DriverError on a refusal."""
        answer = asyncio.get_running_loop().create_future()
        wait = Wait(is_it, answer, starts, turns_on, kept_too)
        self._waiting.append(wait)
        return wait

    async def get(self, wait: Wait, wait_s: float) -> tuple[str, str]:
        """Return the topic and text of the answer; raises NO_ANSWER, or why it was given up."""
        try:
            await asyncio.wait({wait.answer}, timeout=wait_s)
            if not wait.answer.done():
                raise DriverError(Cause.NO_ANSWER, say=SILENT)
            return wait.answer.result()
        finally:
            self.forget(wait)

    def forget(self, wait: Wait) -> None:
        """Wait no longer."""
        with contextlib.suppress(ValueError):
            self._waiting.remove(wait)
        if not wait.answer.cancel() and not wait.answer.cancelled():
            wait.answer.exception()  # looked at: nobody else will

    def give_up(self, error: DriverError) -> None:
        """End what would turn something on; everything, unless it is only a STOP."""
        self.running.clear()
        for wait in tuple(self._waiting):
            if (wait.turns_on or error.cause is not Cause.REFUSED) and not wait.answer.done():
                wait.answer.set_exception(error)

    def hear(self, topic: str, text: str, *, kept: bool) -> None:
        """Take a message of the device; `kept` ones may be older than the question."""
        for wait in tuple(self._waiting):
            if wait.answer.done() or (kept and not wait.kept_too):
                continue
            try:
                if not wait.is_it(topic, text):
                    continue
            except DriverError as error:
                wait.answer.set_exception(error)
                continue
            wait.answer.set_result((topic, text))
            if wait.starts:
                # Here, not when its waiter wakes: the end may be the very next message.
                self.running.add(wait.starts)
