"""Ways of motors: none takes longer than it may."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs.ramps import way_within


@given(st.floats(0, 200), st.floats(1, 4000), st.floats(0.01, 10_000))
def test_a_way_takes_exactly_as_long_as_it_may(seconds, speed, gain):
    way = way_within(seconds, speed, gain)
    reached = min(speed, math.sqrt(way * gain))
    took = way / reached + reached / gain if reached else 0.0
    assert math.isclose(took, seconds, rel_tol=1e-6, abs_tol=1e-6)


def test_a_motor_that_gains_its_speed_at_once():
    assert way_within(3.0, 200.0, 0.0) == 600.0
