"""The number of viewers rises to a line, or falls below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic import Field

from app.core.events import Event, ViewerCount
from app.core.forms import hints
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
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
    cases: ClassVar[dict[str, Say]] = {
        "under": Say("{viewers} of {line} viewers", "mới có {viewers}/{line} người xem"),
        "over_before": Say(
            "{line} or more were watching before", "trước đó đã có từ {line} người xem trở lên"
        ),
        "waits_for_fall": Say(
            "it has run; first fewer than {back} must watch",
            "đã chạy rồi; trước hết phải còn dưới {back} người xem",
        ),
        "above": Say(
            "{viewers} watch, it is for fewer than {line}",
            "có {viewers} người xem, quy tắc cần dưới {line}",
        ),
        "under_before": Say(
            "fewer than {line} were watching before", "trước đó đã có dưới {line} người xem"
        ),
        "waits_for_rise": Say(
            "it has run; first {back} must watch",
            "đã chạy rồi; trước hết phải có {back} người xem",
        ),
    }

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
            crossed = now >= self.viewers and (before < self.viewers or occasion.pretended)
            back = now < self._back()
        else:
            crossed = now < self.viewers and (before >= self.viewers or occasion.pretended)
            back = now >= self._back()
        if crossed and occasion.armed:
            return Verdict(passed=True, values=values, armed=False)
        armed = True if back else None
        return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0, armed=armed)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell how many watch, and whether the line was crossed before."""
        event: ViewerCount = occasion.event
        up = self.direction == "up"
        if (event.count >= self.viewers) is not up:
            return (("case", "under" if up else "above"),)
        if not occasion.armed:
            return (("case", "waits_for_fall" if up else "waits_for_rise"), ("back", self._back()))
        return (("case", "over_before" if up else "under_before"),)

    def _back(self) -> int:
        """Return the count below or from which it is armed again."""
        if self.direction == "up":
            return max(1, self.viewers - self.margin)
        return self.viewers + self.margin

    def says(self) -> Say:
        """Say the direction."""
        return self.sentence if self.direction == "up" else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the number."""
        return {"viewers": speaker.counted(self.viewers, "viewer")}
