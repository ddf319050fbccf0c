"""Open DMX: a bare cable with an FTDI chip, for which the computer itself makes the DMX signal.

One rule: without a next frame many lamps keep the last one, so dark is sent again and again.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs.dmx import Scene
from drivers.codecs.fixtures import LampSettings
from drivers.codecs.port_settings import PortSettings
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    SafeRecipe,
)
from drivers.transports import ports
from drivers.transports.break_port import BreakOptions, BreakPort
from drivers.transports.lamps import Lamps
from drivers.transports.on_port import OnPort
from drivers.transports.show import Show

SPEED_BAUD = 250_000
RATE_HZ = 30.0
# A stranger sends as many dark frames, each after a break.
LAST_FRAMES = 3
_START_CODE = b"\x00"


class OpenDmxSettings(LampSettings, PortSettings):
    """Which port, and what stands on the line."""


class OpenDmx(OnPort, Lamps):
    """One cable; the outputs are those of the lamps on its line."""

    key = "open_dmx"
    title = N_("Open DMX cable")
    summary = N_("Stage lights on a simple USB to DMX cable with an FTDI chip.")
    icon = "dmx"
    Settings: ClassVar[type[DriverSettings]] = OpenDmxSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, OpenDmxSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._scene = Scene(settings.fixtures, settings.reach)
        self._pipe: BreakPort | None = None
        self._show = Show("Open DMX", self._send, self._scene, rate_hz=RATE_HZ, fastest_hz=RATE_HZ)

    async def open(self) -> tuple[Capability, ...]:
        """Open the port and make all lamps dark."""
        self.address = await ports.find(self._settings.port)
        self._pipe = pipe = BreakPort(BreakOptions(self.address, SPEED_BAUD))
        await pipe.open(self._lose)
        await self._show.open()
        self.firmware = "Open DMX"
        return self._scene.capabilities()

    async def close(self) -> None:
        """Send dark three times and let go of the port."""
        await self._show.close()
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            await pipe.close()

    def safe_recipe(self) -> SafeRecipe:
        """Dark frames, each after a break."""
        dark = _START_CODE + self._scene.frame(0.0)
        return SafeRecipe(
            "serial",
            self.address,
            (dark,) * LAST_FRAMES,
            SPEED_BAUD,
            options={"stop_bits": 2, "break_ms": 1, "rts": 0},
        )

    def _send(self, slots: bytes) -> bool:
        pipe = self._pipe
        return pipe is not None and pipe.send(_START_CODE + slots)

    def _lose(self, error: DriverError) -> None:
        self._show.lose(error)
        self.events.on_lost(error)
