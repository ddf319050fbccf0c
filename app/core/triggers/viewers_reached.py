"""The number of viewers rises to a line, or falls below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.events import Event, ViewerCount
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker

_WORDS: Final[dict[str, str]] = {"up": N_("rises to"), "down": N_("falls below")}


class ViewersReached(Trigger):
    """How many watch crosses the line; again only after it was on the other side by the margin."""

    key: ClassVar[str] = "viewers_reached"
    title: ClassVar[str] = N_("Viewers reached")
    summary: ClassVar[str] = N_("The number of people who watch rises to a line or falls below it.")
    group: ClassVar[Section] = "viewers"
    event: ClassVar[type[Event]] = ViewerCount
    latches: ClassVar[bool] = True
    sentence: ClassVar[Say] = Say("the LIVE has {viewers}", "LIVE đạt {viewers}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("the LIVE falls below {viewers}", "LIVE còn dưới {viewers}"),
    )

    viewers: int = Field(
        default=100,
        ge=1,
        le=100_000_000,
        title=N_("Viewers"),
        json_schema_extra=hints(unit="viewers", step=10),
    )
    direction: Literal["up", "down"] = Field(
        default="up", title=N_("Direction"), json_schema_extra=hints(choices=_WORDS)
    )
    margin: int = Field(
        default=5,
        ge=0,
        le=10_000_000,
        title=N_("Margin"),
        description=N_("It must go back by this many before it counts again."),
        json_schema_extra=hints(unit="viewers"),
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit when the line is crossed and the trigger is armed."""
        event: ViewerCount = occasion.event
        now, before = event.count, occasion.viewers_before
        values = (("viewers", now), ("line", self.viewers))
        if self.direction == "up":
            crossed = before < self.viewers <= now
            back = now < max(1, self.viewers - self.margin)
        else:
            crossed = before >= self.viewers > now
            back = now >= self.viewers + self.margin
        if crossed and occasion.armed:
            return Verdict(passed=True, values=values, armed=False)
        armed = True if back else None
        return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0, armed=armed)

    def says(self) -> Say:
        """Say the direction."""
        return self.sentence if self.direction == "up" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the number."""
        return {"viewers": speaker.counted(self.viewers, "viewer")}
