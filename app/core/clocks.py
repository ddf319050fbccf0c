"""Times of day and weekdays as rules hold them.

One rule: they are the clock on the streamer's wall; the part of the day after midnight belongs to
the weekday on which a stretch of time began.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from app.core.forms import Pick, hints
from drivers.contract import N_

DAY_MINUTES: Final = 1_440
WEEK: Final = 7


def _in_order(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days)))


TimeOfDay = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description=N_("For example 18:30."), json_schema_extra=hints(Pick.TIME)),
]
Weekdays = Annotated[
    tuple[Annotated[int, Field(ge=0, lt=WEEK)], ...],
    Field(
        max_length=50,
        title=N_("Weekdays"),
        description=N_("None chosen: every day."),
        json_schema_extra=hints(Pick.WEEKDAYS),
    ),
    AfterValidator(_in_order),
]


def minute_of(time: str) -> int:
    """Return the minute of the day of a `TimeOfDay`."""
    return int(time[:2]) * 60 + int(time[3:])


def time_of(minute: int) -> str:
    """Return a minute of the day as a `TimeOfDay`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def every_day(days: tuple[int, ...]) -> bool:
    """Say whether weekdays leave no day out."""
    return len(days) in (0, WEEK)
