"""The clock on the wall is between two times."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from app.core.clocks import WEEK, TimeOfDay, Weekdays, every_day, minute_of, time_of
from app.core.parts import Condition, Facts, Say, Section, Verdict, answer
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.speech import Slot, Speaker


class TimeWindow(Condition):
    """From one time until before another, over midnight too; the same twice is the whole day.

    What lies past midnight belongs to the weekday before.
    """

    key: ClassVar[str] = "time_window"
    title: ClassVar[str] = N_("Time of day")
    summary: ClassVar[str] = N_("Only from one time to another, on the days you choose.")
    group: ClassVar[Section] = "time"
    sentence: ClassVar[Say] = Say("it is between {start} and {end}", "từ {start} đến {end}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say(
            "it is between {start} and {end} on {weekdays}",
            "từ {start} đến {end} vào {weekdays}",
        ),
    )
    denials: ClassVar[tuple[Say, ...]] = (
        Say("it is not between {start} and {end}", "không phải từ {start} đến {end}"),
        Say(
            "it is not between {start} and {end} on {weekdays}",
            "không phải từ {start} đến {end} vào {weekdays}",
        ),
    )
    held: ClassVar[Say] = Say(
        "it was {clock}, allowed {start} to {end}", "lúc đó là {clock}, cho phép {start} đến {end}"
    )
    seen: ClassVar[Say | None] = Say("it was {clock}", "lúc đó là {clock}")
    failed: ClassVar[Say] = held
    cases: ClassVar[dict[str, Say]] = {
        "day": Say(
            "it was {weekday}, which is not one of the days", "hôm đó là {weekday}, không được chọn"
        )
    }

    start: TimeOfDay = Field(default="18:00", title=N_("From"))
    end: TimeOfDay = Field(default="22:00", title=N_("Until"))
    weekdays: Weekdays = ()

    def holds(self, facts: Facts) -> Verdict:
        """Look at the clock when the event came."""
        local = facts.world.local_time(facts.event.at_ms)
        start, end, now = minute_of(self.start), minute_of(self.end), local.minute
        over = end <= start
        inside = now >= start or now < end if over else start <= now < end
        # In the part past midnight it is still yesterday's.
        day = (local.weekday - 1) % WEEK if over and now < end else local.weekday
        values = (("clock", time_of(now)), ("start", self.start), ("end", self.end))
        if inside and not every_day(self.weekdays) and day not in self.weekdays:
            return answer(passed=False, values=(("case", "day"), ("weekday", day), *values))
        return answer(passed=inside, values=values)

    def says(self) -> Say:
        """Leave the weekdays out when it is every day."""
        return self.sentence if every_day(self.weekdays) else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the times."""
        days = "" if every_day(self.weekdays) else speaker.days(self.weekdays)
        return {"start": self.start, "end": self.end, "weekdays": days}
