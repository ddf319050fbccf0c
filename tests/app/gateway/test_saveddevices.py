"""Limits of a file that somebody edited: nothing in them is looser or breaks what reads them."""

import math

import pytest

from app.devices.gate import effective_limits
from app.gateway.saveddevices import limits_from
from drivers.contract import Capability, Hazard, Kind

FIELDS = (
    "max_level",
    "max_on_s",
    "min_gap_s",
    "cooldown_s",
    "duty",
    "duty_window_s",
    "max_rpm",
    "max_rounds",
    "max_flash_hz",
)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [math.nan, -1.0, 0.0, math.inf, -math.inf, 1e300])
def test_no_number_in_the_file_raises_what_hurts(field, value):
    shock = Capability("s", Kind.LEVEL, "S", Hazard.PAIN)
    most, limits = effective_limits(shock), effective_limits(shock, limits_from({field: value}))
    for name in ("max_level", "max_on_s", "duty", "max_rpm", "max_rounds", "max_flash_hz"):
        assert 0.0 <= getattr(limits, name) <= getattr(most, name), name
    for name in ("min_gap_s", "cooldown_s"):
        assert getattr(limits, name) >= getattr(most, name), name
    assert limits.duty_window_s == most.duty_window_s
