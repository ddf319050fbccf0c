"""Art-Net: lamps behind a DMX box on the network.

One rule: nothing is ever answered, so every frame is repeated, the dark one too.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from drivers.codecs import artnet
from drivers.codecs.dmx import Scene
from drivers.codecs.fixtures import LampSettings
from drivers.codecs.net_lights import is_broadcast
from drivers.contract import (
    N_,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    SafeRecipe,
)
from drivers.transports.lamps import Lamps
from drivers.transports.net_show import NetShow
from drivers.transports.udp import UdpOptions


class _Line(DriverSettings):
    """Which box, and which of its lines; asked for before the lamps."""

    host: str = Field(
        min_length=1,
        max_length=253,
        title=N_("Address"),
        description=N_("The box's address, such as 192.168.1.50; 255.255.255.255 is all of them."),
    )
    universe: int = Field(
        0,
        ge=0,
        le=artnet.MOST_UNIVERSE,
        title=N_("Universe"),
        description=N_("The number of the line, as the box's settings show it. Often 0."),
    )
    port: int = Field(
        artnet.PORT,
        ge=1,
        le=65535,
        title=N_("Network port"),
        description=N_("6454 unless the box says otherwise."),
    )


class ArtNetSettings(LampSettings, _Line):
    """Which line, and what stands on it."""


class ArtNet(Lamps):
    """One line of one box; the outputs are those of the lamps on it."""

    key = "artnet"
    title = N_("Art-Net")
    summary = N_("Stage lights behind an Art-Net box, WLED or a light program on the network.")
    icon = "dmx"
    Settings: ClassVar[type[DriverSettings]] = ArtNetSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, ArtNetSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._scene = Scene(settings.fixtures, settings.reach)
        self._order = 0
        options = UdpOptions(settings.host, settings.port, broadcast=is_broadcast(settings.host))
        line = f"{settings.host}:{settings.port} {settings.universe}"
        self._line = NetShow(
            options, self._wrap, self._scene, events.on_lost, rate_hz=10, line=line
        )
        self._show = self._line.show

    async def open(self) -> tuple[Capability, ...]:
        """Make all lamps dark; a computer that says nobody listens there is believed."""
        self.firmware = f"Art-Net {self._settings.universe}"
        await self._line.open()
        self.address = self._line.address
        return self._scene.capabilities()

    async def close(self) -> None:
        """Make all lamps dark a last time and let go of the socket."""
        await self._line.close()

    def safe_recipe(self) -> SafeRecipe:
        """A dark frame outside the order, so that it is never too late."""
        dark = artnet.show(self._settings.universe, self._scene.frame(0.0))
        return SafeRecipe("udp", self.address, (dark,))

    def _wrap(self, slots: bytes) -> bytes:
        self._order = artnet.next_order(self._order)
        return artnet.show(self._settings.universe, slots, self._order)
