"""Times of day and weekdays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.core.clocks import DAY_MINUTES, every_day, minute_of, time_of


@given(st.integers(0, DAY_MINUTES - 1))
def test_a_time_is_a_minute_of_the_day_and_back(minute):
    assert minute_of(time_of(minute)) == minute


def test_every_day_is_all_or_none_chosen():
    assert every_day(())
    assert every_day((0, 1, 2, 3, 4, 5, 6))
    assert not every_day((5, 6))
