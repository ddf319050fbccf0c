"""Boards that speak the Giftwire line protocol over USB: our sketch for Arduino and ESP32.

One rule: what is said to the board is `LineBoard`'s; here is the port only.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import giftwire_line as line
from drivers.codecs.giftwire_outputs import LIKELY_MAKERS
from drivers.codecs.giftwire_settings import GiftwireLineSettings
from drivers.contract import (
    N_,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    SafeRecipe,
)
from drivers.transports import ports
from drivers.transports.line_board import LineBoard
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from drivers.transports.pipe import Pipe


class GiftwireLine(OnPort, LineBoard):
    """One board on a serial port."""

    key = "giftwire_line"
    title = N_("Giftwire board (USB)")
    summary = N_("An Arduino or ESP32 with the Giftwire sketch: motor, light, relay.")
    icon = "usb"
    Settings: ClassVar[type[DriverSettings]] = GiftwireLineSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, GiftwireLineSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events, checksum=settings.checksum, boot_s=settings.boot_s)
        self._settings = settings

    def safe_recipe(self) -> SafeRecipe:
        """STOP works for anybody, without checksum, id or greeting."""
        return SafeRecipe(
            kind="serial",
            address=self.address,
            frames=(line.STOP_FRAME,),
            speed_baud=self._settings.speed_baud,
            expect=line.SAFE_WORD,
            boot_wait_s=self._boot_took_s,
        )

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List the ports, likely boards first; none of them is opened."""
        listed = await asyncio.to_thread(ports.list_ports)
        likely = sorted(
            listed, key=lambda one: (one.vid not in LIKELY_MAKERS, one.vid is None, one.path)
        )
        return tuple(
            Found(cls.key, one.title or one.path, one.path, {"port": ports.identity(one, listed)})
            for one in likely
        )

    async def _make_pipe(self) -> Pipe:
        settings = self._settings
        self.address = await ports.find(settings.port)
        dtr, rts = settings.lines
        options = SerialOptions(self.address, settings.speed_baud, dtr=dtr, rts=rts)
        return SerialPort(options, self._hear_early)
