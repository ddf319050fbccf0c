"""What an output is: some limits hold for its kind, whatever hangs on it."""

from __future__ import annotations

from drivers.contract import Capability, Hazard, Kind, Limits


def test_a_light_flashes_no_faster_than_three_times_a_second_whatever_hangs_on_it():
    for hazard in Hazard:
        light = Capability("lamp", Kind.LIGHT, "Lamp", hazard, limits=Limits(max_flash_hz=20.0))
        assert light.limits.max_flash_hz == 3.0
    slower = Capability("lamp", Kind.LIGHT, "Lamp", limits=Limits(max_flash_hz=1.0))
    assert slower.limits.max_flash_hz == 1.0
