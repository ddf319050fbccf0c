"""The clock on the wall shows a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import Field

from app.core.clocks import WEEK, TimeOfDay, Weekdays, every_day, minute_of
from app.core.events import Event, Tick
from app.core.parts import MATCH, NO_MATCH, Occasion, Say, Section, Trigger, Values, Verdict
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.speech import Slot, Speaker

_DAY_S: Final = 86_400


class ClockShows(Trigger):
    """The clock comes to a time, on some weekdays or on all."""

    key: ClassVar[str] = "time_of_day"
    title: ClassVar[str] = N_("A time of day")
    summary: ClassVar[str] = N_("The clock shows a time, on the days you choose.")
    group: ClassVar[Section] = "time"
    event: ClassVar[type[Event]] = Tick
    sentence: ClassVar[Say] = Say("it is {time}", "đến {time}")
    sentences: ClassVar[tuple[Say, ...]] = (
        Say("it is {time} on {weekdays}", "đến {time} vào {weekdays}"),
    )
    cases: ClassVar[dict[str, Say]] = {
        "time": Say("it is not {time} now", "bây giờ không phải {time}"),
        "day": Say("not on this day of the week", "không phải ngày này trong tuần"),
    }

    time: TimeOfDay = Field(default="20:00", title=N_("Time"))
    weekdays: Weekdays = ()

    def match(self, occasion: Occasion) -> Verdict:
        """Fit once, on the first tick at or after the time."""
        return MATCH if self._day_of(occasion.event) in self._days() else NO_MATCH

    def why_not(self, occasion: Occasion) -> Values:
        """Tell whether it is the time or the day."""
        case = "time" if self._day_of(occasion.event) is None else "day"
        return (("case", case), ("time", self.time))

    def _days(self) -> Sequence[int]:
        return range(WEEK) if every_day(self.weekdays) else self.weekdays

    def _day_of(self, event: Tick) -> int | None:
        """Return the weekday on which the time comes with this tick; None if it does not."""
        now_s = event.local.minute * 60 + event.local.second
        wanted_s = minute_of(self.time) * 60
        new_s = event.passed if event.shown is None else event.shown
        if (now_s - wanted_s) % _DAY_S >= new_s:
            return None
        return (event.local.weekday - int(now_s < wanted_s)) % WEEK

    def says(self) -> Say:
        """Leave the weekdays out when it is every day."""
        return self.sentence if every_day(self.weekdays) else self.sentences[0]

    def slots(self, speaker: Speaker) -> dict[str, Slot]:
        """Tell the time."""
        days = "" if every_day(self.weekdays) else speaker.days(self.weekdays)
        return {"time": self.time, "weekdays": days}
