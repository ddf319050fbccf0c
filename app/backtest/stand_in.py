"""Stand-ins for the user's devices: they can do the same, under the same limits, and move nothing.

One rule: a stand-in answers at once and keeps time; everything else is the devices' own room.
"""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from drivers.contract import (
    Ack,
    Capability,
    Driver,
    DriverEvents,
    DriverSettings,
    Instruction,
    Rotate,
    is_off,
    own_length_s,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "stand_in"


class StandInSettings(DriverSettings):
    """Which device it stands for."""

    device_id: str


class StandIn(Driver):
    """One device that is not there; `known` holds the outputs of all, by device id."""

    key = KEY
    title = summary = "Stand-in"
    simulated = True
    Settings: ClassVar[type[DriverSettings]] = StandInSettings
    known: ClassVar[Mapping[str, tuple[Capability, ...]]] = MappingProxyType({})

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        device_id = settings.device_id if isinstance(settings, StandInSettings) else ""
        self._outputs = {one.id: one for one in self.known.get(device_id, ())}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    async def open(self) -> tuple[Capability, ...]:
        """Say what the device can do."""
        return tuple(self._outputs.values())

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Begin, or end; an output with a timer of its own says when it is over."""
        timer = self._timers.pop(capability, None)
        if timer is not None:
            timer.cancel()
        if not is_off(instruction) and self._outputs[capability].self_timed:
            length_s = _length_s(instruction, duration_s)
            if length_s is not None:
                loop = asyncio.get_running_loop()
                over = self.events.on_ended
                self._timers[capability] = loop.call_later(length_s, over, capability)
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Rest."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    async def make_safe(self) -> bool:
        """Rest."""
        self.stop_now()
        return True

    async def close(self) -> None:
        """Rest."""
        self.stop_now()


def stand_in(known: Mapping[str, tuple[Capability, ...]]) -> type[Driver]:
    """Return a driver whose devices have the outputs in `known`, by device id."""
    return type("StandIn", (StandIn,), {"known": known})


def _length_s(instruction: Instruction, duration_s: float | None) -> float | None:
    """Return how long a device that keeps its promise would run."""
    match instruction:
        case Rotate(rounds=rounds, rpm=rpm):
            own_s: float | None = rounds / max(rpm, 0.001) * 60.0
        case _:
            own_s = own_length_s(instruction)
    lengths = [one for one in (own_s, duration_s) if one is not None]
    return min(lengths) if lengths else None
