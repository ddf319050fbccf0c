"""Boards that speak the Giftwire line protocol over Bluetooth: Nordic's UART, or a serial module.

One rule: what is said to the board is `LineBoard`'s; here is the radio only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import giftwire_line as line
from drivers.codecs.ble_settings import BleSettings
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    SafeRecipe,
)
from drivers.transports.ble import BleOptions, BlePipe, full_uuid
from drivers.transports.ble_radio import look_around
from drivers.transports.line_board import LineBoard

if TYPE_CHECKING:
    from drivers.transports.pipe import Pipe

# Nordic's UART service: its name, what is written to, what tells. Source: nRF Connect SDK, NUS.
NORDIC = "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
_WAYS = (
    ("6e400002-b5a3-f393-e0a9-e50e24dcca9e", "6e400003-b5a3-f393-e0a9-e50e24dcca9e"),
    ("ffe1", "ffe1"),  # HM-10, AT-09 and other modules for a board's serial pins
)
_MODULE = full_uuid("ffe0")
# It does not restart when somebody connects, so it answers soon or never.
_BOOT_S = 3.0
_REACH_S = 3.0
_ANSWER_S = 1.0


class UartSettings(BleSettings):
    """Which board."""


class BleUart(LineBoard):
    """One board behind Nordic's UART service, or behind a serial module."""

    key = "ble_uart"
    title = N_("Giftwire board (Bluetooth)")
    summary = N_("A board with the Giftwire sketch and a Bluetooth module such as HM-10.")
    icon = "bluetooth"
    Settings: ClassVar[type[DriverSettings]] = UartSettings
    # A radio takes its turns; twice this is within make_safe's second.
    ack_s = 0.45

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        if not isinstance(settings, UartSettings):
            raise DriverError(Cause.BAD_CONFIG)
        super().__init__(settings, events, checksum=True, boot_s=_BOOT_S)
        self._settings = settings
        self._radio = BlePipe(BleOptions(settings.device), *_WAYS, early=self._hear_early)

    async def open(self) -> tuple[Capability, ...]:
        """Find the board, connect, make it safe, ask what it can do."""
        capabilities = await super().open()
        self.address = self._radio.link.address
        return capabilities

    def safe_recipe(self) -> SafeRecipe:
        """STOP works for anybody, without checksum, id or greeting."""
        return SafeRecipe(
            "ble",
            self.address,
            (line.STOP_FRAME,),
            expect=line.SAFE_WORD,
            answer_s=_ANSWER_S,
            boot_wait_s=_REACH_S,
            options={"characteristic": self._radio.write, "listen": self._radio.tell},
        )

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List what advertises such a service; none of them is connected to."""
        return tuple(
            Found(cls.key, one.name or one.address, one.address, {"device": one.address})
            for one in await look_around()
            if one.services & {NORDIC, _MODULE}
        )

    async def _make_pipe(self) -> Pipe:
        self.address = self._settings.device
        return self._radio
