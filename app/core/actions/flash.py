"""Blink a light in a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.expressions import Formula
from app.core.forms import hints
from app.core.outputs import Colour, DeviceRef, OutputAction, channels, whole
from app.core.parts import Facts, Planned, Say, Section
from drivers.contract import N_, Flash, Kind

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class FlashLight(OutputAction):
    """Blink a light in a colour."""

    key: ClassVar[str] = "flash"
    title: ClassVar[str] = N_("Flash a light")
    summary: ClassVar[str] = N_("Blink a light a few times in a colour.")
    group: ClassVar[Section] = "devices"
    common: ClassVar[bool] = True
    kinds: ClassVar[tuple[Kind, ...]] = (Kind.LIGHT,)
    sentence: ClassVar[Say] = Say(
        "flash {device} {colour} {times}",
        "nháy {device} màu {colour} {times}",
    )

    device: DeviceRef = "light"
    times: Formula = Field(
        default=Formula(3),
        title=N_("Times"),
        description=N_("How many flashes."),
        json_schema_extra={"unit": "times"},
    )
    color: Colour = "#ffffff"
    rate_hz: float = Field(
        default=2.0,
        gt=0,
        le=3.0,
        title=N_("Speed"),
        description=N_("Faster than 3 a second can cause seizures and is not offered."),
        json_schema_extra=hints(unit="hz", step=0.5),
    )

    def commands(self, facts: Facts) -> tuple[Planned, ...]:
        """Flash if the times come to at least one."""
        times = whole(self.times.value(facts.numbers()))
        if times <= 0:
            return ()
        red, green, blue = channels(self.color)
        return (self.plan(Flash(times, red, green, blue, self.rate_hz)),)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Word the fields."""
        return {
            "device": speaker.device(self.device),
            "colour": speaker.colour(self.color),
            "times": speaker.worked_out(self.times, "time"),
        }
