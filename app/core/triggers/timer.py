"""Time passes: every so many seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Event, Tick
from app.core.forms import Pick, hints
from app.core.parts import MATCH, NO_MATCH, Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class Timer(Trigger):
    """Every so many seconds since the stream began, or always."""

    key: ClassVar[str] = "timer"
    title: ClassVar[str] = N_("A timer")
    summary: ClassVar[str] = N_("Again and again after so many seconds or minutes.")
    group: ClassVar[Section] = "time"
    event: ClassVar[type[Event]] = Tick
    sentence: ClassVar[Say] = Say("{every} pass during a LIVE", "hết mỗi {every} trong lúc LIVE")
    sentences: ClassVar[tuple[Say, ...]] = (Say("{every} pass", "hết mỗi {every}"),)
    cases: ClassVar[dict[str, Say]] = {
        "not_live": Say("it counts only during a LIVE", "chỉ tính trong lúc LIVE"),
        "early": Say("not yet, {left_s} left", "chưa đến, còn {left_s}"),
    }

    every: int = Field(
        default=300,
        ge=1,
        le=86_400,
        title=N_("Every"),
        json_schema_extra=hints(Pick.DURATION, unit="s"),
    )
    live_only: bool = Field(
        default=True,
        title=N_("Only during a LIVE"),
        description=N_("Counted from the beginning of the LIVE."),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit when another stretch is over; two at once count as one."""
        event: Tick = occasion.event
        if self.live_only and not event.live:
            return NO_MATCH
        over = event.second // self.every > (event.second - event.passed) // self.every
        return MATCH if over else NO_MATCH

    def why_not(self, occasion: Occasion) -> Values:
        """Tell how long it takes until it is time."""
        event: Tick = occasion.event
        if self.live_only and not event.live:
            return (("case", "not_live"),)
        return (("case", "early"), ("left_s", self.every - event.second % self.every))

    def says(self) -> Say:
        """Say whether it is for a LIVE only."""
        return self.sentence if self.live_only else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the length."""
        return {"every": speaker.length(self.every)}
