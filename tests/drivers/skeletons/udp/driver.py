"""Acme lamp: in the network, over UDP.

One rule: every datagram is one line and is answered; source: the maker's sheet, version 1.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from drivers.contract import (
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Hazard,
    Instruction,
    Kind,
    QueuePolicy,
    SafeRecipe,
    SetLevel,
    is_off,
)
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.udp import UdpOptions, UdpPipe

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER_S = 0.4  # make_safe has a second for two questions
LAMP = "lamp"
SAFE, SAFE_ANSWER = b"X", b"X"


class AcmeLampSettings(DriverSettings):
    """Where it is."""

    host: str = Field(
        min_length=1,
        max_length=253,
        title=N_("Address"),
        description=N_("Its number in your network, such as 192.168.1.40."),
    )
    port: int = Field(
        4210, ge=1, le=65535, title=N_("Port"), description=N_("As the device is set.")
    )


class AcmeLamp(Driver):
    """One lamp."""

    key = "acme_lamp"
    title = N_("Acme lamp")
    summary = N_("A lamp in your network.")
    icon = "light"
    Settings: ClassVar[type[DriverSettings]] = AcmeLampSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, AcmeLampSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None

    async def open(self) -> tuple[Capability, ...]:
        """Look it up and make the lamp dark; one that does not answer is told."""
        self._loop = asyncio.get_running_loop()
        host, port = self._settings.host, self._settings.port
        pipe = UdpPipe(UdpOptions(host, port))
        self._pipe = HeldPipe(pipe)
        self._asking = Asking(self._pipe, wait_s=ANSWER_S)
        await self._pipe.open(self._asking.feed, self._lose)
        self.address = "{}:{}".format(*(pipe.remote or (host, port)))
        await self._ask(SAFE, SAFE_ANSWER)
        self.firmware = "Acme"
        return (Capability(LAMP, Kind.LEVEL, N_("Lamp"), Hazard.LIGHT, policy=QueuePolicy.LATEST),)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Say a line and wait for its answer."""
        del duration_s  # the lamp has no timer
        if capability != LAMP or not (isinstance(instruction, SetLevel) or is_off(instruction)):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        level = instruction.level if isinstance(instruction, SetLevel) else 0.0
        line = f"L{round(level * 100)}".encode()
        told = await self._ask(line, b"L", b"HOT", turns_on=level > 0)
        if told == b"HOT":
            raise DriverError(Cause.REFUSED, say=N_("The lamp is too hot. Let it cool down."))
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Make the lamp dark, from any thread."""
        pipe, asking, loop = self._pipe, self._asking, self._loop
        if pipe is not None:
            pipe.stop(SAFE)
        if asking is not None and loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(asking.stop)

    async def make_safe(self) -> bool:
        """Make the lamp dark and wait until it says so."""
        if self._pipe is None or self._asking is None:
            return False
        self._asking.stop()
        self._pipe.release(SAFE)
        try:
            await self._ask(SAFE, SAFE_ANSWER)
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Make the lamp dark a last time and let go."""
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(SAFE)

    def safe_recipe(self) -> SafeRecipe:
        """The same line does for a stranger, and is answered."""
        return SafeRecipe("udp", self.address, (SAFE,), expect=SAFE_ANSWER)

    async def _ask(self, line: bytes, *answers: bytes, turns_on: bool = False) -> bytes:
        """Say a line; return which of the answers came. What turns on is never said twice."""
        if self._asking is None:
            raise DriverError(Cause.LOST)
        read = _one_of(*answers)
        return await self._asking.ask(line, read, turns_on=turns_on, tries=1 if turns_on else 2)

    def _lose(self, error: DriverError) -> None:
        # The system only says that nobody listens there.
        lost = DriverError(Cause.LOST, error.detail)
        if self._asking is not None:
            self._asking.lose(lost)
        self.events.on_lost(lost)


def _one_of(*answers: bytes) -> Callable[[bytes], bytes | None]:
    """Return what finds one of these answers; what is heard begins anew with each question."""
    return lambda heard: next((one for one in answers if heard.endswith(one)), None)
