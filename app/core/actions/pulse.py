"""One short shot: a click, a puff."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from app.core.expressions import Formula
from app.core.outputs import DeviceRef, OutputAction, Seconds
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, Pulse

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class PulseOutput(OutputAction):
    """One short shot: a click, a puff."""

    key: ClassVar[str] = "pulse"
    title: ClassVar[str] = N_("Fire a pulse")
    summary: ClassVar[str] = N_("One short impulse, for example to open a latch.")
    group: ClassVar[Section] = "devices"
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.PULSE, Kind.SWITCH)
    sentence: ClassVar[Say] = Say(
        "fire one shot of {seconds} on {device}",
        "cho {device} bắn một phát {seconds}",
    )

    device: DeviceRef = "relay"
    seconds: Seconds = Formula(0.5)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Fire if the length comes to more than zero."""
        seconds = self.seconds.value(facts.numbers())
        return (self.plan(Pulse(), seconds),) if seconds > 0 else ()

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }
