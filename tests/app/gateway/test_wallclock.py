"""Every time of day comes once a day: summer time, clocks that are set, computers that sleep."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from app.core.events import Tick
from app.core.triggers.time_of_day import ClockShows
from app.core.world import LocalTime
from app.gateway.wallclock import WallClock
from tests.app.core.making import occasion

try:
    BERLIN = ZoneInfo("Europe/Berlin")
except ZoneInfoNotFoundError:
    pytest.skip("this computer knows no time zones", allow_module_level=True)
HOUR = 3600


def shows(at_ms):
    local = datetime.fromtimestamp(at_ms / 1000, BERLIN)
    return int(local.replace(tzinfo=UTC).timestamp())


def ran(time, steps):
    """Count how often a rule for a time of day runs while the wall clock shows these UTC times."""
    trigger, count = ClockShows(time=time), 0
    clock = WallClock(steps[0][0], shows)
    for at_ms, passed in steps[1:]:
        local = datetime.fromtimestamp(at_ms / 1000, BERLIN)
        tick = Tick(
            id="t",
            at_ms=at_ms,
            local=LocalTime(local.weekday(), local.hour * 60 + local.minute, local.second),
            second=1,
            passed=passed,
            shown=clock.went_on(at_ms, passed),
        )
        count += trigger.match(occasion(tick)).passed
    return count


def ticking(first, hours):
    at = int(datetime(*first, tzinfo=UTC).timestamp())
    return [((at + second) * 1000 + 2, 1) for second in range(hours * HOUR)]


@pytest.mark.parametrize("time", ["01:59", "02:00", "02:30", "02:59", "03:00", "03:01"])
def test_in_the_night_that_leaves_an_hour_out_every_time_comes_once(time):
    assert ran(time, ticking((2026, 3, 28, 23, 30), 4)) == 1


@pytest.mark.parametrize("time", ["01:59", "02:00", "02:30", "02:59", "03:00", "03:01"])
def test_in_the_night_that_shows_an_hour_twice_every_time_comes_once(time):
    assert ran(time, ticking((2026, 10, 24, 23, 30), 4)) == 1


def test_a_clock_that_is_put_right_by_a_little_shows_no_time_twice_and_leaves_none_out():
    steps = ticking((2026, 6, 1, 17, 59), 1)
    back = steps[:65] + [(at_ms - 10_000, 1) for at_ms, _ in steps[65:200]]
    assert ran("20:00", back) == 1
    ahead = steps[:50] + [(at_ms + 20_000, 1) for at_ms, _ in steps[50:200]]
    assert ran("20:00", ahead) == 1


def test_what_a_sleeping_computer_missed_is_not_made_up_for():
    steps = ticking((2026, 6, 1, 17, 59), 3)
    assert ran("20:00", [*steps[:10], *((at_ms, 60) for at_ms, _ in steps[1200:1201])]) == 0
    assert ran("20:00", [*steps[:50], (steps[100][0], 51), *steps[101:200]]) == 1


def test_a_clock_that_was_a_day_wrong_begins_anew():
    steps = ticking((2026, 6, 1, 17, 59), 1)
    yesterday = [(at_ms - 86_400_000, 1) for at_ms, _ in steps[:200]]
    assert ran("20:00", [*steps[:200], *yesterday]) == 2
