"""Cheap relay boards on USB: the blue ones with 1, 2, 4 or 8 relays and a CH340 (LCUS), and E-3.

One rule: what never answers is never called confirmed; a board that tells its state is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs import lcus
from drivers.codecs.loads import Load
from drivers.codecs.port_settings import PortSettings
from drivers.codecs.relays import relay_of, relays
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    Kind,
    SafeRecipe,
    is_off,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from collections.abc import Callable

SPEED_BAUD = 9600
ANSWER_S = 0.3
# A port that takes no bytes has told nobody to be off.
_TAKEN_S = 0.3
_FRAMES: dict[str, Callable[..., bytes]] = {
    "lcus": lcus.frame,
    "asked": lcus.frame,
    "e3": lcus.e3_frame,
}


class LcusSettings(PortSettings):
    """Which port, which board, how many relays, and what hangs on them."""

    model: Literal["lcus", "asked", "e3"] = Field(
        "lcus",
        title=N_("Board"),
        description=N_("One that tells its state can be checked. Most boards with 1 relay do not."),
        json_schema_extra={
            "words": {
                "lcus": N_("LCUS (A0 01 01 A2)"),
                "asked": N_("LCUS that tells its state when asked (FF)"),
                "e3": N_("E-3 with one relay (AA, BB)"),
            }
        },
    )
    channels: int = Field(
        1,
        ge=1,
        le=lcus.MOST_CHANNELS,
        title=N_("Relays"),
        description=N_("How many relays the board has."),
    )
    load: Load = "other"

    @model_validator(mode="after")
    def _must_fit(self) -> Self:
        if self.model == "e3" and self.channels > 1:
            raise PydanticCustomError("one_relay", N_("An E-3 has one relay."))
        return self


class LcusRelay(OnPort):
    """One board; each relay is an output "relay1", "relay2" and so on."""

    key = "lcus_relay"
    title = N_("USB relay board (LCUS)")
    summary = N_("A small board with 1 to 8 relays and a USB plug, often sold as CH340 relay.")
    icon = "relay"
    Settings: ClassVar[type[DriverSettings]] = LcusSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, LcusSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._frame = _FRAMES[settings.model]
        self._answers = settings.model == "asked"
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._turn = asyncio.Lock()
        self._off = lcus.all_off(self._frame, settings.channels)

    async def open(self) -> tuple[Capability, ...]:
        """Open the port and every contact; one that should answer and does not is told."""
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(self._settings.port)
        self._pipe = pipe = HeldPipe(SerialPort(SerialOptions(self.address, SPEED_BAUD)))
        self._asking = Asking(pipe, wait_s=ANSWER_S)
        await pipe.open(self._asking.feed, self._lose)
        pipe.turn_off(self._off)
        await self.check()
        self.firmware = "E-3" if self._settings.model == "e3" else "LCUS"
        return relays(self._settings.channels, self._settings.load, readback=self._answers)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Close or open one contact, and see what the board says, if it says something."""
        del duration_s  # the board has no timer
        pipe, asking = self._pipe, self._asking
        if pipe is None or asking is None:
            raise DriverError(Cause.LOST)
        if not isinstance(instruction, ACCEPTS[Kind.SWITCH]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        relay, on = relay_of(capability, self._settings.channels), not is_off(instruction)
        frame, era = self._frame(relay, on=on), asking.era
        async with self._turn:
            if on and era != asking.era:
                # It waited for another relay while STOP came and went.
                raise DriverError(Cause.REFUSED, "stopped")
            (pipe.turn_on if on else pipe.turn_off)(frame)
            if not self._answers:
                return Ack.SENT
            closed = await self._states(turns_on=on)
        if closed[relay - 1] is not on:
            # Or STOP came in between: the board was asked after it.
            raise DriverError(
                Cause.REFUSED,
                say=N_("Relay {n} did not switch. Unplug the board and plug it in again."),
                n=relay,
            )
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Open every contact, from any thread."""
        pipe, asking, loop = self._pipe, self._asking, self._loop
        if pipe is not None:
            pipe.stop(self._off)
        if asking is not None and loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(asking.stop)

    async def make_safe(self) -> bool:
        """Open every contact; of a board that does not answer, its bytes were taken."""
        if self._pipe is None or self._asking is None:
            return False
        self._asking.stop()
        if not (self._pipe.release(self._off) and await self._pipe.written(_TAKEN_S)):
            return False
        try:
            return not self._answers or not any(await self._states())
        except DriverError:
            return False

    async def close(self) -> None:
        """Open every contact a last time and let go of the port."""
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._off)

    async def check(self) -> None:
        """Ask which contacts are closed, if the board tells."""
        if self._answers:
            await self._states()

    def safe_recipe(self) -> SafeRecipe:
        """The same frames do for a stranger."""
        return SafeRecipe("serial", self.address, (self._off,), SPEED_BAUD)

    async def _states(self, *, turns_on: bool = False) -> tuple[bool, ...]:
        if self._asking is None:
            raise DriverError(Cause.LOST)
        read = lcus.states(self._settings.channels)
        return await self._asking.ask(lcus.ASK_STATES, read, turns_on=turns_on)

    def _lose(self, error: DriverError) -> None:
        if self._asking is not None:
            self._asking.lose(error)
        self.events.on_lost(error)
