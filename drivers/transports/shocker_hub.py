"""What all shocker hubs on a serial port share: the latch of STOP, the outputs, the recipe.

One rule: whatever it may have understood, a shocker that is told to end is told with every line.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import abstractmethod
from typing import TYPE_CHECKING

from drivers.codecs import shockers
from drivers.codecs.port_settings import PortSettings
from drivers.contract import (
    Ack,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    SafeRecipe,
    overheard_by,
    who_listens,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from drivers.codecs.shockers import Order

SPEED_BAUD = 115_200
# A hub that opening the port restarted needs some seconds to talk.
GREETINGS = 5
_SAFE_S = 0.9
_LONGEST_LINE = 8192


class ShockerHub(OnPort):
    """One hub and the shockers it reaches by radio, which never answer."""

    icon = "bolt"
    # How long the hub may take for an answer.
    answer_s = 0.8
    # What an answer to `_ask_something` holds.
    sign_of_life = b""

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, PortSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._port = settings.port
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._shockers: tuple[int, ...] = ()
        self._overheard = who_listens()
        self._half_line = b""

    # ------------------------------------------------------------------ what each family says

    @abstractmethod
    async def _greet(self) -> tuple[int, ...]:
        """Make sure that it is such a hub, set `firmware`, and return its shockers."""

    @abstractmethod
    async def _send(self, asking: Asking, pipe: HeldPipe, order: Order) -> Ack:
        """Have an order carried out."""

    @abstractmethod
    def _ends(self, numbers: tuple[int, ...]) -> bytes:
        """Return what ends whatever these shockers do."""

    @abstractmethod
    async def _end(self, asking: Asking, pipe: HeldPipe, numbers: tuple[int, ...]) -> Ack:
        """End whatever these shockers do."""

    @abstractmethod
    async def _confirm(self, asking: Asking) -> None:
        """Wait until the hub has taken what ends all its shockers; raises DriverError."""

    @abstractmethod
    def _ask_something(self) -> bytes:
        """Return a question that changes nothing."""

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, make sure that it is a hub, and end whatever its shockers do."""
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(self._port)
        self._pipe = pipe = HeldPipe(SerialPort(SerialOptions(self.address, SPEED_BAUD)))
        self._asking = asking = Asking(pipe, wait_s=self.answer_s, tries=1)
        self._overheard = who_listens()
        with overheard_by(self._overhear_words):
            await pipe.open(self._hear, self._lose)
        if self._shockers:
            pipe.turn_off(self._everything())
        await self._patient_check()
        self._shockers = await self._greet()
        await self._confirm(asking)
        return shockers.capabilities(self._shockers)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Have a shocker do something for a while; the hub ends it."""
        pipe, asking = self._pipe, self._asking
        if pipe is None or asking is None:
            raise DriverError(Cause.LOST)
        shocker, op = shockers.shocker_of(capability, self._shockers)
        order = shockers.order_of(shocker, op, instruction, duration_s)
        if order is None:
            return await self._end(asking, pipe, (shocker,))
        return await self._send(asking, pipe, order)

    def stop_now(self) -> None:
        """End everything, from any thread."""
        pipe, asking, loop = self._pipe, self._asking, self._loop
        if pipe is not None:
            pipe.stop(self._everything())
        if asking is not None and loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(asking.stop)

    async def make_safe(self) -> bool:
        """End everything and wait until the hub says that it took it."""
        pipe, asking = self._pipe, self._asking
        if pipe is None or asking is None:
            return False
        asking.stop()
        pipe.release(self._everything())
        try:
            async with asyncio.timeout(_SAFE_S):
                await self._confirm(asking)
        except (DriverError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """End everything a last time and let go of the port."""
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._everything() if self._shockers else b"")

    def safe_recipe(self) -> SafeRecipe:
        """The same lines do for a stranger, and a question that is answered after them."""
        return SafeRecipe(
            "serial",
            self.address,
            (self._everything(), self._ask_something()),
            SPEED_BAUD,
            expect=self.sign_of_life,
            answer_s=1.0,
        )

    async def _patient_check(self) -> None:
        for _ in range(GREETINGS - 1):
            try:
                return await self.check()
            except DriverError as error:
                if error.cause is not Cause.NO_ANSWER:
                    raise
        return await self.check()

    def _shown(self, line: bytes) -> bytes:
        """Return a line of the hub's as somebody who reads along may see it."""
        return line

    def _overhear_words(self, way: str, data: bytes) -> None:
        # What the hub says is told in whole lines: half a secret is not known for one.
        if way == "out":
            self._overheard(way, data)

    def _hear(self, data: bytes) -> None:
        if self._asking is not None:
            self._asking.feed(data)
        *lines, rest = (self._half_line + data).split(b"\n")
        # Its beginning says what it is, so that is what stays of a line too long.
        self._half_line = rest[:_LONGEST_LINE]
        for line in lines:
            self._overheard("in", self._shown(line))

    def _everything(self) -> bytes:
        # A line somebody else left half said would swallow the first of ours.
        return b"\n" + self._ends(self._shockers)

    def _lose(self, error: DriverError) -> None:
        if self._asking is not None:
            self._asking.lose(error)
        self.events.on_lost(error)
