"""LED strips behind an Arduino or ESP on a serial port: Adalight and TPM2.

One rule: a frame is never handed over faster than the wire carries it, so that STOP waits for none.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drivers.codecs import pixels
from drivers.codecs.port_settings import PortSettings, RestartLines
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    SafeRecipe,
    overheard_by,
    who_listens,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.lamps import Lamps
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort
from drivers.transports.show import Show, only_changes

ANSWER_S = 0.2
# Opening the port restarts many boards; they are deaf for so long.
BOOT_S = 2.0
# Bits for a byte on the wire, how much of the wire's time is used, and how slow is too slow:
# STOP waits for the frame that is on its way.
_BITS = 10
_SHARE = 0.8
_SLOWEST_HZ = 4.0


class _Strip(PortSettings):
    protocol: Literal["adalight", "tpm2"] = Field(
        "adalight",
        title=N_("Protocol"),
        description=N_("What the board was made for. WLED takes both; TPM2 can be checked."),
        json_schema_extra={"words": {"adalight": "Adalight", "tpm2": "TPM2"}},
    )
    leds: int = Field(
        60,
        ge=1,
        le=pixels.MOST_LEDS,
        title=N_("LEDs"),
        description=N_("How many LEDs the strip has."),
    )
    order: Literal["rgb", "grb", "bgr", "rbg", "gbr", "brg"] = Field(
        "rgb",
        title=N_("Order of colours"),
        description=N_("If red shows green, choose another one."),
        json_schema_extra={
            "words": {one: one.upper() for one in ("rgb", "grb", "bgr", "rbg", "gbr", "brg")}
        },
    )
    speed_baud: int = Field(
        115_200,
        ge=9600,
        le=4_000_000,
        title=N_("Speed"),
        description=N_("As the board was set up, mostly 115200. A faster one moves more smoothly."),
    )

    @property
    def fastest_hz(self) -> float:
        """How many frames a second the wire carries, with room to spare."""
        frame = pixels.FRAMES[self.protocol](bytes(3 * self.leds))
        return min(40.0, _SHARE * self.speed_baud / _BITS / len(frame))

    @model_validator(mode="after")
    def _must_be_quick(self) -> Self:
        if self.fastest_hz < _SLOWEST_HZ:
            raise PydanticCustomError(
                "too_slow",
                N_("{leds} LEDs are too many for this speed: STOP would be late. Raise the speed."),
                {"leds": self.leds},
            )
        return self


class PixelSettings(RestartLines, _Strip):
    """Which port, which protocol, and how long the strip is."""


class PixelsSerial(OnPort, Lamps):
    """One strip: a colour for all of it, and effects that move along it."""

    key = "pixels_serial"
    title = N_("LED strip on USB")
    summary = N_("A strip behind an Arduino, ESP32 or WLED that takes Adalight or TPM2.")
    icon = "strip"
    Settings: ClassVar[type[DriverSettings]] = PixelSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, PixelSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._wrap = pixels.FRAMES[settings.protocol]
        self._strip = pixels.Strip(settings.leds, settings.order)
        self._dark = self._wrap(self._strip.frame(0.0))
        self._pipe: SerialPort | None = None
        self._asking: Asking | None = None
        self._answers = False
        fastest_hz = settings.fastest_hz
        # Half of the wire's time is left for what changes between two repetitions.
        self._show = Show(
            "strip",
            self._send,
            self._strip,
            rate_hz=min(5.0, fastest_hz / 2),
            fastest_hz=fastest_hz,
        )

    async def open(self) -> tuple[Capability, ...]:
        """Open the port and make the strip dark; one that answers is asked from then on."""
        self.address = await ports.find(self._settings.port)
        dtr, rts = self._settings.lines
        options = SerialOptions(self.address, self._settings.speed_baud, dtr=dtr, rts=rts)
        self._pipe = pipe = SerialPort(options)
        self._asking = asking = Asking(HeldPipe(pipe), wait_s=ANSWER_S)
        with overheard_by(only_changes(who_listens())):
            await pipe.open(asking.feed, self._lose)
        await self._show.open()
        if self._settings.protocol == "tpm2":
            self._answers = await self._is_there()
        self.firmware = {"adalight": "Adalight", "tpm2": "TPM2"}[self._settings.protocol]
        return self._strip.capabilities()

    async def make_safe(self) -> bool:
        """Make the strip dark; a board that answers is asked after the frame."""
        pipe = self._pipe
        taken = await super().make_safe() and pipe is not None and await pipe.written(ANSWER_S)
        return taken and (not self._answers or await self._is_there())

    async def close(self) -> None:
        """Make the strip dark a last time and let go of the port."""
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        await self._show.close()
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            await pipe.close()

    async def check(self) -> None:
        """Ask a board that answered before."""
        if self._answers and not await self._is_there():
            raise DriverError(Cause.NO_ANSWER)

    def safe_recipe(self) -> SafeRecipe:
        """A dark frame does for a stranger."""
        ping = (pixels.TPM2_PING,) if self._answers else ()
        return SafeRecipe(
            "serial",
            self.address,
            (self._dark, *ping),
            self._settings.speed_baud,
            expect=pixels.TPM2_PONG if ping else b"",
            boot_wait_s=BOOT_S,
        )

    async def _is_there(self) -> bool:
        if self._asking is None:
            return False
        try:
            return await self._asking.ask(pixels.TPM2_PING, _answered)
        except DriverError:
            return False

    def _send(self, shown: bytes) -> bool:
        # Urgent: a frame that still waits is old.
        pipe = self._pipe
        return pipe is not None and pipe.write_now(self._wrap(shown), urgent=True)

    def _lose(self, error: DriverError) -> None:
        if self._asking is not None:
            self._asking.lose(error)
        self._show.lose(error)
        self.events.on_lost(error)


def _answered(heard: bytes) -> bool | None:
    return True if pixels.TPM2_PONG in heard else None
