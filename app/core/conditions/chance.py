"""A dice decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.forms import Pick, hints
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class Chance(Condition):
    """Holds in so many of a hundred cases."""

    key: ClassVar[str] = "chance"
    title: ClassVar[str] = N_("Chance")
    summary: ClassVar[str] = N_("Only now and then, by chance.")
    group: ClassVar[Section] = "values"
    common: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("a chance of {percent} comes up", "trúng xác suất {percent}")
    denials: ClassVar[tuple[Say, ...]] = (
        Say("a chance of {percent} does not come up", "không trúng xác suất {percent}"),
    )
    held: ClassVar[Say] = Say(
        "the dice said {rolled}, below {percent}", "xúc xắc ra {rolled}, dưới {percent}"
    )
    seen: ClassVar[Say | None] = Say(
        "the dice said {rolled}, the line is {percent}", "xúc xắc ra {rolled}, mốc là {percent}"
    )
    failed: ClassVar[Say] = Say(
        "the dice said {rolled}, below {percent} was needed",
        "xúc xắc ra {rolled}, cần dưới {percent}",
    )

    percent: float = Field(
        default=50.0,
        ge=0,
        le=100,
        title=N_("Chance"),
        description=N_("0: never. 100: always."),
        json_schema_extra=hints(Pick.PERCENT, unit="percent"),
    )

    def holds(self, facts: Facts) -> Verdict:
        """Throw the dice."""
        rolled = facts.world.chance() * 100
        values = (("rolled", round(rolled, 2)), ("percent", self.percent))
        return answer(passed=rolled < self.percent, values=values)

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the chance."""
        return {"percent": speaker.counted(self.percent, "percent")}
