"""The clock on the wall, on the days that count."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.events import Tick
from app.core.triggers.time_of_day import ClockShows
from app.core.world import LocalTime
from tests.app.core.making import occasion, said

MONDAY, SUNDAY = 0, 6


def fits(trigger, weekday, hour, minute, second=0, passed=1):
    local = LocalTime(weekday, hour * 60 + minute, second)
    event = Tick(id="t", at_ms=1, local=local, second=1, passed=passed)
    return trigger.match(occasion(event)).passed


def test_it_fits_once_on_the_first_tick_at_or_after_the_time():
    trigger = ClockShows(time="20:00")
    assert fits(trigger, MONDAY, 20, 0, 0)
    assert not fits(trigger, MONDAY, 19, 59, 59)
    assert not fits(trigger, MONDAY, 20, 0, 1)
    assert fits(trigger, MONDAY, 20, 0, 2, passed=3)
    assert not fits(trigger, MONDAY, 20, 0, 3, passed=3)


def test_the_weekday_is_that_of_the_time_even_past_midnight():
    sundays = ClockShows(time="23:59", weekdays=[SUNDAY])
    assert fits(sundays, SUNDAY, 23, 59)
    assert not fits(sundays, MONDAY, 23, 59)
    assert fits(sundays, MONDAY, 0, 0, 10, passed=60) is False
    assert fits(sundays, MONDAY, 0, 0, 10, passed=71)
    assert fits(ClockShows(time="00:00", weekdays=range(7)), MONDAY, 0, 0)


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "it is 20:00", "đến 20:00"),
        ({"weekdays": [6]}, "it is 20:00 on Sunday", "đến 20:00 vào Chủ nhật"),
        (
            {"weekdays": [2, 0, 1, 1]},
            "it is 20:00 on Monday, Tuesday and Wednesday",
            "đến 20:00 vào thứ Hai, thứ Ba và thứ Tư",
        ),
        ({"weekdays": [0, 1, 2, 3, 4, 5, 6]}, "it is 20:00", "đến 20:00"),
    ],
)
def test_it_says_when(fields, en, vi):
    assert said(ClockShows(**fields)) == (en, vi)


@pytest.mark.parametrize(
    "fields", [{"time": "24:00"}, {"time": "8:00"}, {"time": "soon"}, {"weekdays": [7]}]
)
def test_what_is_no_time_is_refused(fields):
    with pytest.raises(ValidationError):
        ClockShows(**fields)
