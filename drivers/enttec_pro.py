"""Enttec DMX USB Pro and what speaks like it: a box on USB with a DMX line.

One rule: the box repeats its last frame for ever, so zeros are what ends a light.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import enttec
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

# A virtual port: the box takes any speed.
SPEED_BAUD = 57600
ANSWER_S = 0.2


class EnttecSettings(LampSettings, PortSettings):
    """Which port, and what stands on the line."""


class EnttecPro(OnPort, Lamps):
    """One box; the outputs are those of the lamps on its line."""

    key = "enttec_pro"
    title = N_("DMX USB Pro (Enttec)")
    summary = N_("Stage lights on a DMX USB Pro box, from Enttec or DMXking.")
    icon = "dmx"
    Settings: ClassVar[type[DriverSettings]] = EnttecSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, EnttecSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._scene = Scene(settings.fixtures, settings.reach)
        self._pipe: SerialPort | None = None
        self._asking: Asking | None = None
        # The box repeats what it has: twice a second is for what got lost on the way.
        self._show = Show("Enttec", self._send, self._scene, rate_hz=2)

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, make sure that it is such a box, and make all lamps dark."""
        self.address = await ports.find(self._settings.port)
        self._pipe = pipe = SerialPort(SerialOptions(self.address, SPEED_BAUD))
        self._asking = asking = Asking(HeldPipe(pipe), wait_s=ANSWER_S)
        with overheard_by(only_changes(who_listens())):
            await pipe.open(asking.feed, self._lose)
        version = await asking.ask(enttec.ASK_PARAMETERS, enttec.firmware_of)
        await self._show.open()
        # Answered after the dark frame, so that the line is dark from here on.
        number = await asking.ask(enttec.ASK_SERIAL_NUMBER, enttec.serial_number_of)
        self.firmware = f"DMX USB Pro {version}, {number}"
        return self._scene.capabilities()

    async def make_safe(self) -> bool:
        """Make all lamps dark, and ask the box something: it answers after it took the frame."""
        if self._asking is None or not await super().make_safe():
            return False
        try:
            await self.check()
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Make all lamps dark a last time and let go of the port."""
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        await self._show.close()
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            await pipe.close()

    async def check(self) -> None:
        """Ask the box for its parameters."""
        if self._asking is None:
            raise DriverError(Cause.LOST)
        await self._asking.ask(enttec.ASK_PARAMETERS, enttec.firmware_of)

    def safe_recipe(self) -> SafeRecipe:
        """A dark frame, and a question that is answered after it."""
        dark = self._scene.frame(0.0)
        return SafeRecipe(
            "serial",
            self.address,
            (enttec.show(dark), enttec.ASK_PARAMETERS),
            SPEED_BAUD,
            expect=bytes([enttec.START, enttec.PARAMETERS]),
        )

    def _send(self, slots: bytes) -> bool:
        # Urgent: a frame that still waits is old.
        pipe = self._pipe
        return pipe is not None and pipe.write_now(enttec.show(slots), urgent=True)

    def _lose(self, error: DriverError) -> None:
        if self._asking is not None:
            self._asking.lose(error)
        self._show.lose(error)
        self.events.on_lost(error)
