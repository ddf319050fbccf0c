"""Show a steady colour on a light for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.outputs import Colour, DeviceRef, OutputAction, Seconds, channels, share
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Kind, SetColor

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ShowColor(OutputAction):
    """Show a steady colour on a light for a while."""

    key: ClassVar[str] = "color"
    title: ClassVar[str] = N_("Show a colour")
    summary: ClassVar[str] = N_("Light up in a colour for some seconds.")
    group: ClassVar[Section] = "devices"
    common: ClassVar[bool] = True
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.LIGHT,)
    sentence: ClassVar[Say] = Say(
        "light {device} {colour} for {seconds}",
        "bật {device} màu {colour} trong {seconds}",
    )

    device: DeviceRef = "light"
    color: Colour = "#ffffff"
    percent: Formula = Field(
        default=Formula(100),
        title=N_("Brightness"),
        description=N_("0 to 100; more counts as 100."),
        json_schema_extra={"unit": "percent"},
    )
    seconds: Seconds = Formula(5)

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Light up if brightness and time come to more than zero."""
        numbers = facts.numbers()
        level = share(self.percent.value(numbers))
        seconds = self.seconds.value(numbers)
        if level <= 0 or seconds <= 0:
            return ()
        red, green, blue = channels(self.color)
        return (self.plan(SetColor(red, green, blue, level), seconds),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "colour": speaker.colour(self.color),
            "seconds": speaker.worked_out(self.seconds, "second"),
        }
