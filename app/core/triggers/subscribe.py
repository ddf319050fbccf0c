"""A viewer subscribes, or has done so for some months."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.events import Event, Subscribe
from app.core.outcome import Reason
from app.core.parts import Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class Subscribed(Trigger):
    """A viewer subscribes, or goes on subscribing."""

    key: ClassVar[str] = "subscribe"
    title: ClassVar[str] = N_("A subscription")
    summary: ClassVar[str] = N_("A viewer subscribes, newly or for another month.")
    group: ClassVar[Section] = "viewers"
    event: ClassVar[type[Event]] = Subscribe
    sentence: ClassVar[Say] = Say("someone subscribes", "có người đăng ký")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("someone has subscribed for {months} or more", "có người đăng ký từ {months} trở lên"),
    )
    cases: ClassVar[dict[str, Say]] = {
        "short": Say(
            "subscribed for {months} of {at_least} months",
            "mới đăng ký {months}/{at_least} tháng",
        ),
    }

    months: int = Field(
        default=1,
        ge=1,
        le=1200,
        title=N_("Months at least"),
        description=N_("1: also those who subscribe for the first time."),
        json_schema_extra={"unit": "months"},
    )

    def match(self, occasion: Occasion) -> Verdict:
        """Fit if the viewer has subscribed for long enough."""
        event: Subscribe = occasion.event
        values = (("months", event.months), ("at_least", self.months))
        if event.months < self.months:
            return Verdict(passed=False, reason=Reason.NO_MATCH, values=values, amount=0)
        return Verdict(passed=True, values=values)

    def why_not(self, occasion: Occasion) -> Values:
        """Tell that it is for longer subscriptions."""
        return (("case", "short"),)

    def says(self) -> Say:
        """Leave the months out when any number will do."""
        return self.sentences[0] if self.months > 1 else self.sentence

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the months."""
        return {"months": speaker.counted(self.months, "month")}
