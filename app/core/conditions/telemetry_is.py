"""A value that a device tells, compared with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.comparing import Comparison, compare
from app.core.forms import Pick, hints
from app.core.outputs import DeviceRef
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class ReadingIs(Condition):
    """The value that the device told last stands to the number as asked; without one it fails."""

    key: ClassVar[str] = "telemetry_is"
    title: ClassVar[str] = N_("A device's value")
    summary: ClassVar[str] = N_("Only if something a device measures is above or below a number.")
    group: ClassVar[Section] = "devices"
    sentence: ClassVar[Say] = Say(
        "{name} of {device} is {number} or more", "{name} của {device} từ {number} trở lên"
    )
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("{name} of {device} is more than {number}", "{name} của {device} lớn hơn {number}"),
        Say("{name} of {device} is exactly {number}", "{name} của {device} đúng bằng {number}"),
        Say("{name} of {device} is not {number}", "{name} của {device} khác {number}"),
        Say("{name} of {device} is {number} or less", "{name} của {device} từ {number} trở xuống"),
        Say("{name} of {device} is less than {number}", "{name} của {device} nhỏ hơn {number}"),
    )
    # From at least to fewer: the opposite of each stands as far from the other end.
    denials: ClassVar[tuple[Say, ...]] = (*reversed(sentences), sentence)
    held: ClassVar[Say] = Say("{name} of {device} is {reading}", "{name} của {device} là {reading}")
    seen: ClassVar[Say | None] = held
    failed: ClassVar[Say] = Say(
        "{name} of {device} is {reading}, wanted is {comparison}",
        "{name} của {device} là {reading}, cần {comparison}",
    )
    cases: ClassVar[dict[str, Say]] = {
        "silent": Say("{device} tells no {name} now", "{device} hiện không báo {name}")
    }

    device: DeviceRef = ""
    name: str = Field(
        default="",
        max_length=60,
        title=N_("Value"),
        description=N_("As the device calls it, for example rpm."),
        json_schema_extra=hints(Pick.READING),
    )
    comparison: Comparison = Field(default=Comparison.AT_LEAST, title=N_("How to compare"))
    number: float = Field(
        default=0.0, ge=-1e9, le=1e9, title=N_("Number"), json_schema_extra=hints(unit="reading")
    )

    def holds(self, facts: Facts) -> Verdict:
        """Compare what the device told last."""
        reading = facts.world.device(self.device).values.get(self.name)
        values = (("device", self.device), ("name", self.name))
        if reading is None:
            return answer(passed=False, values=(("case", "silent"), *values))
        told = (
            ("reading", reading),
            ("comparison", self.comparison.value),
            ("wanted", self.number),
        )
        passed = compare(reading, self.comparison, self.number)
        return answer(passed=passed, values=(*values, *told))

    def says(self) -> Say:
        """Say the comparison."""
        return (self.sentence, *self.sentences)[list(Comparison).index(self.comparison)]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Name the value and the device."""
        name = speaker.named(self.name) if self.name else speaker.missing("reading")
        number = speaker.number(self.number)
        return {"name": name, "device": speaker.device(self.device), "number": number}
