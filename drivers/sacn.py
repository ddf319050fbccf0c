"""Streaming ACN (sACN, E1.31): lamps behind a DMX box on the network.

One rule: nothing is ever answered, so every frame is repeated, and the end is said three times.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from pydantic import Field

from drivers.codecs import sacn
from drivers.codecs.dmx import Scene
from drivers.codecs.fixtures import LampSettings
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
    """Which universe, and whom to send it to; asked for before the lamps."""

    universe: int = Field(
        1,
        ge=1,
        le=sacn.MOST_UNIVERSE,
        title=N_("Universe"),
        description=N_("The number of the line, as the box's settings show it. Often 1."),
    )
    host: str = Field(
        "",
        max_length=253,
        title=N_("Address"),
        description=N_("Of one box, such as 192.168.1.50. Leave it empty to reach all of them."),
    )
    card: str = Field(
        "",
        max_length=45,
        title=N_("Network card"),
        description=N_("This computer's own address there, if it is in several networks."),
    )
    priority: int = Field(
        sacn.USUAL_PRIORITY,
        ge=1,
        le=sacn.MOST_PRIORITY,
        title=N_("Priority"),
        description=N_("Of several programs, lamps follow the one with the higher number."),
    )
    port: int = Field(
        sacn.PORT,
        ge=1,
        le=65535,
        title=N_("Network port"),
        description=N_("5568 unless the box says otherwise."),
    )


class SacnSettings(LampSettings, _Line):
    """Which line, and what stands on it."""


class Sacn(Lamps):
    """One universe; the outputs are those of the lamps on it."""

    key = "sacn"
    title = N_("sACN (E1.31)")
    summary = N_("Stage lights behind an sACN box, WLED or a light program on the network.")
    icon = "dmx"
    Settings: ClassVar[type[DriverSettings]] = SacnSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, SacnSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._scene = Scene(settings.fixtures, sacn.SLOTS)
        # New each time: a receiver drops what seems older than what it had of the same source.
        self._stream = sacn.Stream(
            settings.universe, uuid.uuid4().bytes, priority=settings.priority
        )
        self._order = 0
        host = settings.host or self._stream.group
        options = UdpOptions(host, settings.port, local_host=settings.card)
        line = f"{host}:{settings.port} {settings.universe}"
        self._line = NetShow(
            options, self._wrap, self._scene, events.on_lost, rate_hz=10, line=line
        )
        self._show = self._line.show

    async def open(self) -> tuple[Capability, ...]:
        """Make all lamps dark; a computer that says nobody listens there is believed."""
        self.firmware = f"sACN {self._stream.universe}"
        await self._line.open()
        self.address = self._line.address
        return self._scene.capabilities()

    async def close(self) -> None:
        """Make all lamps dark a last time, end the stream and let go of the socket."""
        await self._line.close(b"", b"", b"")

    def safe_recipe(self) -> SafeRecipe:
        """Dark frames in any order, and the end of the stream, which makes way for others."""
        dark = self._scene.frame(0.0)
        frames = [self._stream.show(dark, order) for order in sacn.ANY_ORDER]
        return SafeRecipe("udp", self.address, (*frames, self._stream.end(sacn.ANY_ORDER[-1] + 1)))

    def _wrap(self, slots: bytes) -> bytes:
        self._order = (self._order + 1) & 0xFF
        if not slots:
            return self._stream.end(self._order)
        return self._stream.show(slots, self._order)
