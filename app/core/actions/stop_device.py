"""Bring everything of a device to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.core.moves import Move, StopDevice
from app.core.outputs import DeviceRef
from app.core.parts import Action, Facts, Say, Section
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.speech import Slot, Speaker


class StopTheDevice(Action):
    """Bring every output of a device to rest."""

    key: ClassVar[str] = "stop_device"
    title: ClassVar[str] = N_("Stop a device")
    summary: ClassVar[str] = N_("End everything a device is doing.")
    group: ClassVar[Section] = "devices"
    sentence: ClassVar[Say] = Say("stop everything on {device}", "dừng mọi hoạt động của {device}")

    device: DeviceRef = ""

    def moves(self, facts: Facts) -> Iterator[Move]:
        """Stop it."""
        del facts
        yield StopDevice(self.device)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the device."""
        return {"device": speaker.device(self.device)}
