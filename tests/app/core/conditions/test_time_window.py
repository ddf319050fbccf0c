"""Times of the day, over midnight and on some days."""

from __future__ import annotations

import pytest

from app.core.conditions.time_window import TimeWindow
from app.core.parts import Facts
from app.core.world import LocalTime
from tests.app.core.making import gift, said
from tests.app.core.places import Place, told

MONDAY, FRIDAY, SATURDAY = 0, 4, 5


def at(weekday, hour, minute=0):
    return Facts(gift(), world=Place(clock=LocalTime(weekday, hour * 60 + minute)))


@pytest.mark.parametrize(
    ("start", "end", "hour", "minute", "inside"),
    [
        ("18:00", "22:00", 18, 0, True),
        ("18:00", "22:00", 21, 59, True),
        ("18:00", "22:00", 22, 0, False),
        ("18:00", "22:00", 17, 59, False),
        ("22:00", "02:00", 23, 0, True),
        ("22:00", "02:00", 1, 59, True),
        ("22:00", "02:00", 2, 0, False),
        ("22:00", "02:00", 21, 59, False),
        ("06:00", "06:00", 5, 59, True),
    ],
)
def test_it_holds_from_one_time_until_before_another(start, end, hour, minute, inside):
    assert TimeWindow(start=start, end=end).holds(at(MONDAY, hour, minute)).passed is inside


def test_past_midnight_the_day_before_counts():
    fridays = TimeWindow(start="22:00", end="02:00", weekdays=[FRIDAY])
    assert fridays.holds(at(FRIDAY, 23)).passed
    assert fridays.holds(at(SATURDAY, 1)).passed
    assert not fridays.holds(at(FRIDAY, 1)).passed
    assert not fridays.holds(at(SATURDAY, 23)).passed


@pytest.mark.parametrize(
    ("fields", "facts", "en", "vi"),
    [
        (
            {},
            at(MONDAY, 22, 10),
            "it was 22:10, allowed 18:00 to 22:00",
            "lúc đó là 22:10, cho phép 18:00 đến 22:00",
        ),
        (
            {"weekdays": [FRIDAY]},
            at(MONDAY, 19),
            "it was Monday, which is not one of the days",
            "hôm đó là thứ Hai, không được chọn",
        ),
    ],
)
def test_the_trace_tells_the_clock(fields, facts, en, vi):
    assert told(TimeWindow(**fields), facts) == (en, vi)


def test_it_says_the_times():
    assert said(TimeWindow()) == (
        "it is between 18:00 and 22:00",
        "từ 18:00 đến 22:00",
    )
    assert said(TimeWindow(weekdays=[5, 6])) == (
        "it is between 18:00 and 22:00 on Saturday and Sunday",
        "từ 18:00 đến 22:00 vào thứ Bảy và Chủ nhật",
    )
