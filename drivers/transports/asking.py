"""Questions to a device that answers each before it takes the next.

One rule: one question at a time, asked at most so often, and nobody waits longer than that.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from drivers.contract import Cause, DriverError
from drivers.transports.pipe import INBOX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.transports.held import HeldPipe

T = TypeVar("T")

_MOST_OWED = 8


class Asking:
    """Asks through a pipe. The loop's thread only; hand what the pipe hears to `feed`."""

    def __init__(
        self, pipe: HeldPipe, *, wait_s: float, tries: int = 2, counted: bool = False
    ) -> None:
        """`tries` 1 for what must not happen twice if only its answer was lost.

        `counted`: whoever asks knows by itself how many answers are still to come.
        """
        self._counted = counted
        self._pipe = pipe
        self._wait_s = wait_s
        self._tries = tries
        self._turn = asyncio.Lock()
        self._heard = bytearray()
        self._look: Callable[[], None] = lambda: None
        self._lost: DriverError | None = None
        # Grows when everything asked so far is given up.
        self._era = 0
        self._give_up: Callable[[DriverError], None] = lambda _: None
        self._turning_on = False
        # What reads the answers that are still to come to what would have turned something on.
        self._owed: list[Callable[[bytes], object]] = []

    @property
    def era(self) -> int:
        """Another number after each STOP, for who has to wait before it asks."""
        return self._era

    async def ask(
        self,
        data: bytes,
        read: Callable[[bytes], T | None],
        *,
        turns_on: bool = False,
        tries: int | None = None,
    ) -> T:
        """Send bytes and return what `read` makes of the answer.

        `read` gets all that was heard since, again with every byte more, and returns None until
        it is whole; it may raise DriverError. Raises that, NO_ANSWER, LOST, or REFUSED if it
        `turns_on` something and STOP came before this returns. `tries` is for this question alone.
        What was given up is answered all the same, and before what comes next: where the answers
        look alike, that one is not taken for the answer to this.
        """
        era = self._era
        async with self._turn:
            for _ in range(tries or self._tries):
                if self._lost is not None:
                    raise self._lost
                if era != self._era and turns_on:
                    raise DriverError(Cause.REFUSED, "stopped")
                answer = await self._ask_once(data, read, turns_on=turns_on)
                if era != self._era and turns_on:
                    # Whoever asks would go on, or ask again, behind a STOP that is over.
                    raise DriverError(Cause.REFUSED, "stopped")
                if answer is not None:
                    return answer
        raise DriverError(Cause.NO_ANSWER, data[:16].hex(" "))

    def feed(self, data: bytes) -> None:
        """Take what the device said."""
        self._heard += data
        # Some talk all day, asked or not.
        del self._heard[:-INBOX_BYTES]
        self._look()

    def stop(self) -> None:
        """Give up what would turn something on, whether under way or waiting for its turn."""
        self._era += 1
        if self._turning_on:
            self._give_up(DriverError(Cause.REFUSED, "stopped"))

    def lose(self, error: DriverError) -> None:
        """Give everything up: the device is gone."""
        self._lost = error
        self._give_up(error)

    def _pass_over_owed(self) -> bool:
        """Forget what answers an older question, if what was heard can be that; say whether."""
        for end in range(1, len(self._heard) + 1) if self._owed else ():
            if _reads(self._owed[0], bytes(self._heard[:end])):
                del self._heard[:end], self._owed[0]
                return True
        return False

    async def _ask_once(
        self, data: bytes, read: Callable[[bytes], T | None], *, turns_on: bool
    ) -> T | None:
        answered: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        owed = True

        def look() -> None:
            nonlocal owed
            if answered.done():
                return
            try:
                answer = read(bytes(self._heard))
                while answer is not None and not turns_on and self._pass_over_owed():
                    answer = read(bytes(self._heard))
            except DriverError as error:
                owed = False
                answered.set_exception(error)
            else:
                if answer is not None:
                    owed = False
                    answered.set_result(answer)

        def give_up(error: DriverError) -> None:
            if not answered.done():
                answered.set_exception(error)

        self._heard.clear()
        self._look, self._give_up, self._turning_on = look, give_up, turns_on
        try:
            (self._pipe.turn_on if turns_on else self._pipe.turn_off)(data)
            try:
                done, _ = await asyncio.wait({answered}, timeout=self._wait_s)
            finally:
                # What comes after what turned nothing on is of nothing older.
                self._owed = [*self._owed, read][-_MOST_OWED:] if turns_on and owed else []
                self._owed = [] if self._counted else self._owed
            return answered.result() if done else None
        finally:
            self._look, self._give_up, self._turning_on = (lambda: None), (lambda _: None), False
            answered.cancel()


def _reads(read: Callable[[bytes], object], heard: bytes) -> bool:
    """Say whether these bytes answer a question, be it with a refusal."""
    try:
        return read(heard) is not None
    except DriverError:
        return True
