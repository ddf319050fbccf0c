"""Move a servo or another thing with a position, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.outputs import DeviceRef, OutputAction, Seconds, share
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, MoveTo

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class MoveToPosition(OutputAction):
    """Move to a position, stay there for a while, and go back to rest."""

    key: ClassVar[str] = "move_to"
    title: ClassVar[str] = N_("Move to a position")
    summary: ClassVar[str] = N_("Move a servo to a position for some seconds, then back to rest.")
    group: ClassVar[Section] = "devices"
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.POSITION,)
    sentence: ClassVar[Say] = Say(
        "move {device} to {position} for {seconds}",
        "đưa {device} tới {position} trong {seconds}",
    )

    device: DeviceRef = "position"
    percent: Formula = Field(
        default=Formula(100),
        title=N_("Position"),
        description=N_("0 to 100 per cent of the way; more counts as 100."),
        json_schema_extra={"unit": "percent"},
    )
    seconds: Seconds = Formula(2)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Move if the time comes to more than zero."""
        numbers = facts.numbers()
        seconds = self.seconds.value(numbers)
        if seconds <= 0:
            return ()
        return (self.plan(MoveTo(share(self.percent.value(numbers))), seconds),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "position": speaker.worked_out(self.percent, "percent"),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }
