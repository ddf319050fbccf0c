"""LCUS relay boards on USB: the cheap blue ones with 1, 2, 4 or 8 relays and a CH340.

One rule: they never answer, so nothing here is called confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from drivers.codecs import lcus
from drivers.codecs.loads import HAZARDS, Load
from drivers.codecs.port_settings import PortSettings
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
    Kind,
    SafeRecipe,
    is_off,
)
from drivers.transports import ports
from drivers.transports.held import HeldPipe
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from collections.abc import Callable

SPEED_BAUD = 9600
TITLE = N_("Relay")


class LcusSettings(PortSettings):
    """Which port, how many relays, and what hangs on them."""

    channels: int = Field(
        1,
        ge=1,
        le=lcus.MOST_CHANNELS,
        title=N_("Relays"),
        description=N_("How many relays the board has."),
    )
    load: Load = "other"


class LcusRelay(Driver):
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
        self._pipe: HeldPipe | None = None
        self._off = lcus.all_off(settings.channels)

    async def open(self) -> tuple[Capability, ...]:
        """Open the port and open every contact."""
        self.address = await ports.find(self._settings.port)
        self._pipe = pipe = HeldPipe(SerialPort(SerialOptions(self.address, SPEED_BAUD)))
        await pipe.open(lambda _: None, self.events.on_lost)
        pipe.turn_off(self._off)
        self.firmware = "LCUS"
        hazard = HAZARDS[self._settings.load]
        return tuple(
            Capability(f"relay{channel}", Kind.SWITCH, f"{TITLE} {channel}", hazard)
            for channel in range(1, self._settings.channels + 1)
        )

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Close or open one contact; the board says nothing to it."""
        del duration_s  # the board has no timer
        pipe = self._pipe
        if pipe is None:
            raise DriverError(Cause.LOST)
        if not isinstance(instruction, ACCEPTS[Kind.SWITCH]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        channel = self._channel(capability)
        if is_off(instruction):
            pipe.turn_off(lcus.frame(channel, on=False))
        else:
            pipe.turn_on(lcus.frame(channel, on=True))
        return Ack.SENT

    def stop_now(self) -> None:
        """Open every contact, from any thread."""
        if self._pipe is not None:
            self._pipe.stop(self._off)

    async def make_safe(self) -> bool:
        """Open every contact; as sure as one can be of a board that does not answer."""
        return self._pipe is not None and self._pipe.release(self._off)

    async def close(self) -> None:
        """Open every contact a last time and let go of the port."""
        if self._pipe is not None:
            await self._pipe.close(self._off)

    def safe_recipe(self) -> SafeRecipe:
        """The same frames do for a stranger."""
        return SafeRecipe("serial", self.address, (self._off,), SPEED_BAUD)

    @classmethod
    def watch(cls, on_change: Callable[[], None]) -> Callable[[], None] | None:
        """Tell of every change of the computer's ports."""
        return ports.watch.listen(lambda _: on_change())

    def _channel(self, capability: str) -> int:
        number = capability.removeprefix("relay")
        known = capability.startswith("relay") and number.isdecimal()
        if not known or not 1 <= int(number) <= self._settings.channels:
            raise DriverError(Cause.UNSUPPORTED, capability)
        return int(number)
