"""A board that speaks the Giftwire line protocol, whatever carries its lines.

One rule: a command is sent at most twice, under one id, so that the board can never do it twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import math
import threading
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import giftwire_line as line
from drivers.codecs.giftwire_outputs import LONGEST_S, capability_of
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    Observation,
    is_off,
    own_length_s,
)
from drivers.transports.sentences import RESTARTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.transports.pipe import Pipe

log = logging.getLogger(__name__)

TRIES = 2
KEEP_ALIVE_S = 1.0
SILENCE_S = 3.0
_ASK_SAFE_S = 0.25
_GREET_S = 0.5
_LAST_ID = 65535
# A timer this late says that we were held up, not the board.
_HELD_UP_S = 0.5


class LineBoard(Driver):
    """One board. All it does has a time limit on the board itself, and so has our silence.

    A driver says how it is reached (`_make_pipe`) and what a stranger must send (`safe_recipe`).
    """

    # How long an answer may take; twice that is within make_safe's second.
    ack_s: ClassVar[float] = 0.3

    def __init__(
        self, settings: DriverSettings, events: DriverEvents, *, checksum: bool, boot_s: float
    ) -> None:
        """Ask for checksums if told, and wait `boot_s` for the first answer."""
        super().__init__(settings, events)
        self._checksum, self._boot_s = checksum, boot_s
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: Pipe | None = None
        self._reader = line.LineReader()
        self._early_reader = line.LineReader()
        self._asked: dict[int, asyncio.Future[line.Ok | line.Err]] = {}
        self._turning_on: set[int] = set()
        self._newest: dict[str, int] = {}
        self._outputs: dict[str, line.Output] = {}
        self._capabilities: dict[str, Capability] = {}
        self._hello: line.Hello | None = None
        self._news = asyncio.Event()
        self._safe_token = 0
        self._boots = 0
        self._boot_took_s = 0.0
        self._online = False
        self._heard_at = -math.inf
        self._timer: asyncio.TimerHandle | None = None
        self._lost: DriverError | None = None
        self._ids = itertools.cycle(range(1, _LAST_ID + 1))
        self._tokens = itertools.cycle(range(1, _LAST_ID + 1))
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Reach the board, make it safe, ask what it can do."""
        self._loop = asyncio.get_running_loop()
        self._pipe = await self._make_pipe()
        await self._pipe.open(self._got_bytes, self._lose)
        await self._wake_up()
        await self._greet()
        known = filter(None, map(capability_of, self._outputs.values()))
        self._capabilities = {one.id: one for one in known}
        if not self._capabilities:
            raise DriverError(
                Cause.UNSUPPORTED,
                say=N_("The sketch on the board has no outputs. Add one to it and load it again."),
            )
        self._online = True
        self._keep_alive_in(KEEP_ALIVE_S)
        return tuple(self._capabilities.values())

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Send one instruction and wait for the board's acknowledgement."""
        known = self._capabilities.get(capability)
        if known is None or not isinstance(instruction, ACCEPTS[known.kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        longest_s = duration_s if duration_s is not None else own_length_s(instruction)
        limit_s = LONGEST_S if longest_s is None else min(LONGEST_S, longest_s)
        words = line.encode(capability, instruction, max(1, round(limit_s * 1000)))
        await self._ask(words, capability, turns_on=not is_off(instruction))
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Put STOP in front of everything that waits, from any thread."""
        pipe, loop = self._pipe, self._loop
        with self._lock:
            self._held = True
            if pipe is not None:
                pipe.write_now(line.STOP_FRAME, urgent=True)
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_up_turning_on)

    async def make_safe(self) -> bool:
        """Send STOP and wait for the answer to this very one."""
        self._give_up_turning_on()
        with self._lock:
            self._held = False
        for _ in range(TRIES):
            token = self._send_stop()
            if await self._until(lambda: self._safe_token == token, self.ack_s):  # noqa: B023 - awaited before the next turn
                return True
        return False

    async def close(self) -> None:
        """Send STOP a last time and let go of it."""
        pipe, self._pipe = self._pipe, None
        self._online = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._give_up(self._lost or DriverError(Cause.LOST, "closed"))
        if pipe is not None:
            pipe.write_now(line.STOP_FRAME, urgent=True)
            await pipe.close()

    async def check(self) -> None:
        """Wait for a sign of life; the keep-alive only asks for one."""
        await self._ask("PING", "", turns_on=False)

    # ------------------------------------------------------------------ opening

    @abstractmethod
    async def _make_pipe(self) -> Pipe:
        """Find the board, note its `address`, and return the pipe to it, still closed.

        What the pipe reads goes to `_hear_early`, too, in the thread that reads it.
        """

    async def _wake_up(self) -> None:
        """Ask for the safe state until the board answers; one that restarts hears it later."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() - began < self._boot_s:
            token, boots = self._send_stop(), self._boots
            await self._until(
                lambda: self._safe_token == token or self._boots > boots,  # noqa: B023 - awaited before the next turn
                _ASK_SAFE_S,
            )
            if self._safe_token == token:
                return
            if self._boots > boots:
                # The guardian restarts it by opening the port, too, and must wait as long.
                self._boot_took_s = round(loop.time() - began + 0.2, 1)
        strange = self._reader.bad or math.isfinite(self._heard_at)
        raise DriverError(Cause.BAD_ANSWER if strange else Cause.NO_ANSWER)

    async def _greet(self) -> None:
        """Agree on checksums and learn the outputs."""
        for _ in range(TRIES):
            self._hello, self._outputs = None, {}
            self._send(f"HELLO v={line.VERSION} sum={int(self._checksum)}", summed=False)
            if await self._until(self._knows_all, _GREET_S):
                break
        hello = self._hello
        if hello is None or not self._knows_all():
            raise DriverError(
                Cause.BAD_ANSWER,
                say=N_(
                    "The board runs another sketch. Load Giftwire's onto it, or add the board "
                    "as another kind."
                ),
            )
        if hello.version != line.VERSION:
            raise DriverError(
                Cause.UNSUPPORTED,
                f"version {hello.version}",
                say=N_(
                    "The sketch on the board does not fit this Giftwire. Load the sketch that "
                    "came with it."
                ),
            )
        self._reader.summed = hello.summed
        self.firmware = f"{hello.board} {hello.firmware}".strip()

    def _knows_all(self) -> bool:
        return self._hello is not None and len(self._outputs) >= self._hello.outputs

    async def _until(self, true: Callable[[], bool], wait_s: float) -> bool:
        """Wait until something heard makes it true; False when it took too long. Raises on loss."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while not true() and self._lost is None and self._pipe is not None:
                    self._news.clear()
                    await self._news.wait()
        if self._lost is not None and not self._online:
            raise self._lost
        return true()

    # ------------------------------------------------------------------ asking

    async def _ask(self, words: str, output: str, *, turns_on: bool) -> None:
        """Send a command under a new id; once more, under the same id, if no answer comes."""
        if self._loop is None or self._pipe is None:
            raise self._lost or DriverError(Cause.LOST)
        number = next(self._ids)
        answer = self._asked[number] = self._loop.create_future()
        if turns_on:
            self._newest[output] = number
            self._turning_on.add(number)
        try:
            for _ in range(TRIES):
                self._send(f"{number} {words}", turns_on=turns_on)
                done, _ = await asyncio.wait({answer}, timeout=self.ack_s)
                if done:
                    break
            else:
                raise DriverError(Cause.NO_ANSWER, words)
            said = answer.result()
            if isinstance(said, line.Err):
                raise DriverError(Cause.REFUSED, said.code)
        finally:
            del self._asked[number]
            self._turning_on.discard(number)
            answer.cancel()

    def _send(self, text: str, *, turns_on: bool = False, summed: bool | None = None) -> None:
        data = line.frame(text, summed=self._reader.summed if summed is None else summed)
        pipe = self._pipe
        with self._lock:
            if turns_on and self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            if pipe is None or not pipe.write_now(data):
                raise DriverError(Cause.NO_ANSWER)

    def _send_stop(self) -> int:
        token, pipe = next(self._tokens), self._pipe
        if pipe is not None:
            pipe.write_now(b"\nSTOP %d\n" % token, urgent=True)
        return token

    def _give_up_turning_on(self) -> None:
        """Fail what would turn something on and waits for its answer: it is not sent again."""
        for number in self._turning_on:
            if not self._asked[number].done():
                self._asked[number].set_exception(DriverError(Cause.REFUSED, "stopped"))

    def _give_up(self, error: DriverError) -> None:
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(error)
        self._news.set()

    # ------------------------------------------------------------------ hearing

    def _hear_early(self, data: bytes) -> None:
        """Look for the board's STOP button, in the thread that reads: it waits for no loop."""
        for text in self._early_reader.feed(data):
            if isinstance(line.parse(text), line.Pressed):
                self.events.on_stop_pressed()

    def _got_bytes(self, data: bytes) -> None:
        for text in self._reader.feed(data):
            said = line.parse(text)
            if not isinstance(said, line.Unknown) and self._loop is not None:
                self._heard_at = self._loop.time()
            self._understand(said)
        self._news.set()

    def _understand(self, said: line.Said) -> None:
        match said:
            case line.Ok(id=number) | line.Err(id=number):
                answer = self._asked.get(number)
                if answer is not None and not answer.done():
                    answer.set_result(said)
            case line.State():
                self._observe(said)
            case line.Done():
                self._end(said)
            case line.Safe(token=token):
                self._safe_token = token
            case line.Output() | line.Hello() if not self._online:
                self._introduced(said)
            case line.Boot():
                self._restarted()
            case line.Lapsed():
                log.info("%s: the board had not heard from us and went safe", self.address)
            case _:
                pass

    def _introduced(self, said: line.Hello | line.Output) -> None:
        if isinstance(said, line.Hello):
            self._hello = said
        elif self._hello is not None:
            self._outputs[said.name] = said

    def _observe(self, said: line.State) -> None:
        if said.name in self._capabilities and self._online:
            for name, value in said.values.items():
                self.events.on_observation(Observation(said.name, name, value))

    def _end(self, said: line.Done) -> None:
        for name, number in self._newest.items():
            if number == said.id:
                del self._newest[name]
                self.events.on_ended(name)
                return

    def _restarted(self) -> None:
        self._boots += 1
        if self._online:
            self._lose(DriverError(Cause.LOST, say=RESTARTED))

    def _lose(self, error: DriverError) -> None:
        """Say once that the board is gone."""
        if self._lost is not None:
            return
        self._lost = error
        self._give_up(error)
        if self._online:
            self.events.on_lost(error)

    # ------------------------------------------------------------------ keeping alive

    def _keep_alive_in(self, wait_s: float) -> None:
        if self._loop is not None:
            due = self._loop.time() + wait_s
            self._timer = self._loop.call_at(due, self._keep_alive, due)

    def _keep_alive(self, due: float) -> None:
        if self._loop is None or not self._online or self._lost is not None:
            return
        now = self._loop.time()
        if now - self._heard_at > SILENCE_S and now - due < _HELD_UP_S:
            self._lose(DriverError(Cause.NO_ANSWER, "silent"))
            return
        # Nobody waits for this answer; hearing anything is enough.
        with contextlib.suppress(DriverError):
            self._send(f"{next(self._ids)} PING")
        self._keep_alive_in(KEEP_ALIVE_S)
