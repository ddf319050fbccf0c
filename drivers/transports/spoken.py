"""Ways to say a command to a device whose words somebody wrote: a pipe of bytes, or web requests.

One rule: whatever the way, off is said to every output, and STOP is not waiting for an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.contract import N_, Ack, Cause, DriverError, SafeRecipe
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.http import HttpSession, request_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drivers.transports.http import HttpOptions
    from drivers.transports.pipe import Pipe

ANSWER_S = 0.5
_SAFE_S = 0.9
# So many answers may be on their way at most; what is older is lost.
_MOST_OWED = 3

# The method, the path and the body of a command.
Request = tuple[str, str, bytes]


class Speech(ABC):
    """A way to one device. Order of calls: open -> (say | mention | stop | make_safe)* -> close.

    `stop` comes from any thread, the rest from the loop's. `offs` are what brings every output to
    rest; nothing if nothing of it can hurt.
    """

    # Whether a command can be said without waiting for anything.
    mentions = True

    def __init__(self, offs: Sequence[bytes]) -> None:
        self.offs = tuple(one for one in offs if one)

    @abstractmethod
    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Connect; nothing is said. Raises DriverError."""

    @abstractmethod
    async def say(self, data: bytes, *, turns_on: bool) -> Ack:
        """Say a command and wait for its answer, if there is to be one; raises DriverError."""

    @abstractmethod
    def mention(self, data: bytes, *, turns_on: bool) -> None:
        """Say a command without waiting for anything; raises DriverError."""

    @abstractmethod
    def stop(self) -> None:
        """Say off before all that waits, and let nothing turn on from here; never raises."""

    @abstractmethod
    async def make_safe(self) -> bool:
        """Say off and let things be turned on again; False if it was not taken."""

    @abstractmethod
    async def close(self) -> None:
        """Say off a last time and let go; may be called again."""

    @abstractmethod
    def recipe(self) -> SafeRecipe | None:
        """Return what a stranger must send."""


class PipeSpeech(Speech):
    """Commands as bytes. An answer has no number: one that comes late may be taken for the next.

    Only off is said once more for each answer that is owed: the last one cannot be an older one's.
    """

    def __init__(
        self, pipe: Pipe, offs: Sequence[bytes], recipe: SafeRecipe, *, together: bool = True
    ) -> None:
        """`recipe` says where it is and what it answers; its frames are ours to fill in.

        `together` False: every command is a datagram of its own.
        """
        super().__init__(offs)
        joined = b"".join(self.offs)
        self._frames = (joined,) if together and joined else self.offs
        self._answers = len(self.offs) if together else 1
        self._recipe = recipe
        self._pipe = HeldPipe(pipe)
        self._asking = Asking(self._pipe, wait_s=ANSWER_S, tries=1)
        self._owed = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_lost: Callable[[DriverError], None] = lambda _: None

    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Connect."""
        self._loop, self._on_lost = asyncio.get_running_loop(), on_lost
        await self._pipe.open(self._asking.feed, self._lose)

    async def say(self, data: bytes, *, turns_on: bool) -> Ack:
        """Write a command; confirmed if it is answered as it should be."""
        if self._recipe.expect:
            await self._ask(data, 1, turns_on=turns_on)
            return Ack.CONFIRMED
        self.mention(data, turns_on=turns_on)
        return Ack.SENT

    def mention(self, data: bytes, *, turns_on: bool) -> None:
        """Write a command."""
        (self._pipe.turn_on if turns_on else self._pipe.turn_off)(data)
        self._owe()

    def stop(self) -> None:
        """Write off."""
        first, *rest = self._frames or (b"",)
        self._pipe.stop(first)
        with contextlib.suppress(DriverError):
            for frame in rest:
                self._pipe.turn_off(frame)
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._asking.stop)

    async def make_safe(self) -> bool:
        """Write off and wait for the answers, if there are to be some."""
        self._asking.stop()
        try:
            async with asyncio.timeout(_SAFE_S):
                return await self._say_off()
        except (DriverError, TimeoutError):
            return False

    async def close(self) -> None:
        """Write off and let go; of what answers, its answer is awaited.

        A connection that ends while somebody still answers may take with it what was not yet read.
        """
        with contextlib.suppress(DriverError, TimeoutError):
            async with asyncio.timeout(ANSWER_S):
                await self._ask_off()
        self._asking.lose(DriverError(Cause.LOST, "closed"))
        # The first throws away what waits; were it the last, it would be the other offs.
        self.stop()
        await self._pipe.close()

    def recipe(self) -> SafeRecipe | None:
        """Return the same bytes for a stranger, and how many answers to them there must be."""
        options = {**self._recipe.options, "answers": len(self.offs)}
        made = replace(self._recipe, frames=self._frames, options=options)
        return made if self._frames else None

    async def _say_off(self) -> bool:
        if not self._recipe.expect:
            first, *rest = self._frames or (b"",)
            taken = self._pipe.release(first)
            for frame in rest:
                self._pipe.turn_off(frame)
            return taken and await self._pipe.written(ANSWER_S)
        self._pipe.release(b"")
        await self._ask_off()
        return True

    async def _ask_off(self) -> None:
        if self._recipe.expect:
            for frame in self._frames * (1 + self._owed):
                await self._ask(frame, self._answers, turns_on=False)
            self._owed = 0

    async def _ask(self, data: bytes, answers: int, *, turns_on: bool) -> None:
        try:
            await self._asking.ask(data, self._answered(answers), turns_on=turns_on)
        except DriverError:
            self._owe()
            raise

    def _owe(self) -> None:
        self._owed = min(self._owed + 1, _MOST_OWED)

    def _answered(self, times: int) -> Callable[[bytes], bool | None]:
        expected = self._recipe.expect
        return lambda heard: True if heard.count(expected) >= times else None

    def _lose(self, error: DriverError) -> None:
        self._asking.lose(error)
        self._on_lost(error)


class HttpSpeech(Speech):
    """Commands as web requests. No connection stands between them, so none is lost."""

    mentions = False

    def __init__(
        self,
        options: HttpOptions,
        offs: Sequence[bytes],
        read: Callable[[bytes], Request],
        expected: bytes,
    ) -> None:
        """`read` makes a request of a command; `expected` must be in the answer."""
        super().__init__(offs)
        self._options = options
        self._read = read
        self._expected = expected
        self._session = HttpSession(options)

    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Get ready."""
        del on_lost  # there is nothing to lose
        await self._session.open()

    async def say(self, data: bytes, *, turns_on: bool) -> Ack:
        """Send a request; its answer confirms it."""
        method, path, body = self._read(data)
        told, plain = _content(body)
        answer = await self._session.ask(method, path, json=told, body=plain, turns_on=turns_on)
        if self._expected not in answer.body:
            raise DriverError(
                Cause.REFUSED,
                say=N_(
                    "The device did not answer what its settings expect. Check the expected answer."
                ),
            )
        return Ack.CONFIRMED

    def mention(self, data: bytes, *, turns_on: bool) -> None:
        """Refuse: a request always waits for its answer."""
        raise DriverError(Cause.UNSUPPORTED)

    def stop(self) -> None:
        """Send off, each in a request of its own."""
        for data in self.offs or (b"",):
            if data:
                self._send_now(data)

    async def make_safe(self) -> bool:
        """Send off and wait for the answers."""
        self._session.release()
        try:
            async with asyncio.timeout(_SAFE_S):
                for data in self.offs:
                    await self.say(data, turns_on=False)
        except (DriverError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """Send off and let go."""
        for data in self.offs:
            self._send_now(data)
        await self._session.close()

    def recipe(self) -> SafeRecipe | None:
        """Return the same requests for a stranger, each on a connection of its own."""
        made = []
        for data in self.offs:
            method, path, body = self._read(data)
            told, plain = _content(body)
            made.append(request_recipe(self._options, method, path, json=told, body=plain))
        whole = [one for one in made if one is not None]
        if not whole or len(whole) < len(made):
            return None
        frames = tuple(one.frames[0] for one in whole)
        options = {**whole[0].options, "apart": 1}
        return replace(whole[0], frames=frames, expect=self._expected, options=options)

    def _send_now(self, data: bytes) -> None:
        method, path, body = self._read(data)
        told, plain = _content(body)
        self._session.send_now(method, path, json=told, body=plain)


def _content(body: bytes) -> tuple[object, bytes]:
    """Return a body as JSON if it is some, else as it is."""
    if body[:1] not in (b"{", b"["):
        return None, body
    try:
        return json.loads(body), b""
    except ValueError:
        return None, body
