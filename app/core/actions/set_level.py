"""Hold an output at a level for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.outputs import DeviceRef, OutputAction, Seconds, share
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, SetLevel

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class HoldLevel(OutputAction):
    """Hold an output at a level for a while."""

    key: ClassVar[str] = "set_level"
    title: ClassVar[str] = N_("Set a level")
    summary: ClassVar[str] = N_("Hold a strength from 0 to 100 for some seconds.")
    group: ClassVar[Section] = "devices"
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.LEVEL, Kind.LIGHT)
    sentence: ClassVar[Say] = Say(
        "set {device} to {level} for {seconds}",
        "đặt {device} ở mức {level} trong {seconds}",
    )

    device: DeviceRef = "light"
    percent: Formula = Field(
        default=Formula(50),
        title=N_("Level"),
        description=N_("0 to 100; more counts as 100."),
        json_schema_extra={"unit": "percent"},
    )
    seconds: Seconds = Formula(5)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Set it if level and time come to more than zero."""
        numbers = facts.numbers()
        level = share(self.percent.value(numbers))
        seconds = self.seconds.value(numbers)
        if level <= 0 or seconds <= 0:
            return ()
        return (self.plan(SetLevel(level), seconds),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "level": speaker.worked_out(self.percent, "percent"),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }
