"""Lines to a board that says "ok" to each, or why not: how Grbl and Marlin are talked to.

One rule: each line has one answer, in order; what turns something is never sent again by chance.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from drivers.codecs.lines import Lines
from drivers.contract import Cause, DriverError
from drivers.transports.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from drivers.transports.held import HeldPipe

    T = TypeVar("T")


# Of what may be answered only when all motors stand, too.
_GIVEN_UP = 4


class OkLines:
    """Sends lines through a pipe. The loop's thread only; hand each line heard to `hear`."""

    def __init__(
        self, pipe: HeldPipe, answer_in: Callable[[str], bool | str | None], *, wait_s: float
    ) -> None:
        """`answer_in` a line: True for ok, the reason of a refusal, None if it is no answer."""
        self._pipe = pipe
        self._asking = Asking(pipe, wait_s=wait_s, counted=True)
        self._answer_in = answer_in
        self._wait_s = wait_s
        self._loop = asyncio.get_running_loop()
        self._sent_at = 0.0
        # Lines that were sent and not answered yet.
        self.owed = 0

    async def order(
        self, data: bytes, *, turns_on: bool = False, tries: int = 1, patient: bool = False
    ) -> None:
        """Send lines and wait until each is taken; raises REFUSED with the board's reason.

        `tries` more than 1 for what may be heard twice. `patient`: an answer that does not come in
        time, which raises NO_ANSWER, is still to come.
        """
        lines = _count(data)
        for left in reversed(range(tries)):
            # Answers still owed come first and say nothing of these.
            before = self.owed
            self._owe(lines)
            try:
                taken = self._taken(before, lines)
                await self._asking.ask(data, taken, turns_on=turns_on, tries=1)
            except DriverError as error:
                # What was given up is answered all the same; what was not in time, never.
                late = error.cause is Cause.NO_ANSWER
                if late and not patient:
                    self.owed = 0
                if patient or not (late and left):
                    raise
            else:
                return

    async def ask(
        self,
        data: bytes,
        read: Callable[[bytes], T | None],
        *,
        turns_on: bool = False,
        tries: int = 2,
    ) -> T:
        """Ask what changes nothing; as Asking.ask."""
        for left in reversed(range(tries)):
            self._owe(_count(data))
            try:
                return await self._asking.ask(data, read, turns_on=turns_on, tries=1)
            except DriverError as error:
                late = error.cause is Cause.NO_ANSWER
                if late:
                    self.owed = 0
                if not (late and left):
                    raise
        raise DriverError(Cause.NO_ANSWER)

    def mention(self, data: bytes, *, turns_on: bool = False) -> None:
        """Send lines whose answers nobody waits for; raises DriverError."""
        (self._pipe.turn_on if turns_on else self._pipe.turn_off)(data)
        self._owe(_count(data))

    def sent(self, data: bytes) -> None:
        """Note lines that were written to the pipe itself."""
        self._owe(_count(data))

    def quiet(self) -> bool:
        """Say whether all was answered; what was not for long is given up."""
        if self.owed and self._loop.time() - self._sent_at > self._wait_s * _GIVEN_UP:
            self.owed = 0
        return not self.owed

    def hear(self, line: str) -> bool:
        """Take a line of the board's; True if it is an answer."""
        is_answer = self._answer_in(line) is not None
        if is_answer:
            self.owed = max(0, self.owed - 1)
        # Whole lines only: the end of ">G54:ok" is no answer.
        self._asking.feed(line.encode() + b"\n")
        return is_answer

    def stop(self) -> None:
        """Give up what would turn something on."""
        self._asking.stop()

    def lose(self, error: DriverError) -> None:
        """Give everything up: the board is gone."""
        self._asking.lose(error)

    def _owe(self, lines: int) -> None:
        self.owed += lines
        self._sent_at = self._loop.time()

    def _taken(self, before: int, lines: int) -> Callable[[bytes], bool | None]:
        def read(heard: bytes) -> bool | None:
            answers = [self._answer_in(line) for line in Lines().feed(heard)]
            said = [one for one in answers if one is not None][before : before + lines]
            refused = next((one for one in said if one is not True), None)
            if refused is not None:
                raise DriverError(Cause.REFUSED, str(refused))
            return True if len(said) == lines else None

        return read


def _count(data: bytes) -> int:
    return sum(1 for line in data.split(b"\n")[:-1] if line.strip())
