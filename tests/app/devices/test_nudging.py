"""The weakest thing an output can do, and how long it takes until it is seen."""

import pytest

from app.devices.gate import Admitted, Gate
from app.devices.nudging import REACTION_MS, Delays, nudge_of
from drivers.contract import Capability, Hazard, Kind, Limits


@pytest.mark.parametrize("hazard", list(Hazard))
@pytest.mark.parametrize("kind", [one for one in Kind if one is not Kind.SENSOR])
def test_a_nudge_passes_every_gate_uncut(kind, hazard):
    capability = Capability("c", kind, "C", hazard, effects=("wave",))
    for user in (None, Limits(max_level=0.02, max_on_s=0.1, max_rpm=5.0, max_rounds=0.05)):
        instruction, duration_s = nudge_of(capability, user)
        gate = Gate(capability, user, consent=True)
        verdict = gate.admit(instruction, duration_s, 0.0)
        assert isinstance(verdict, Admitted)
        # It may be shorter still, but it asks for no more strength than there is.
        assert not {one[0] for one in verdict.limited} & {"level", "position", "rpm", "rate_hz"}
        assert verdict.duration_s <= 2.0


@pytest.mark.parametrize(("rest", "to"), [(None, 0.1), (0.0, 0.1), (0.5, 0.4), (1.0, 0.9)])
def test_what_moves_is_nudged_a_little_beside_where_it_rests(rest, to):
    servo = Capability("s", Kind.POSITION, "S", Hazard.MOTION, rest=rest)
    instruction, _ = nudge_of(servo, None)
    assert instruction.position == pytest.approx(to)


def test_a_sensor_cannot_be_nudged():
    assert nudge_of(Capability("c", Kind.SENSOR, "C"), None) is None


def test_a_delay_is_the_median_without_the_time_of_a_hand():
    delays = Delays()
    assert delays.median_ms is None
    assert not delays.seen(1.0)
    for took_ms in (300.0, 900.0, 320.0):
        delays.begin(10.0)
        assert delays.seen(10.0 + (took_ms + REACTION_MS) / 1000)
    assert delays.median_ms == 320
    # Pressed too early is no time at all.
    delays.begin(10.0)
    delays.seen(10.05)
    assert min(delays.kept) == 0.0
    delays.forget()
    assert delays.kept == ()


def test_only_the_newest_five_count():
    delays = Delays((1.0, 2.0, 3.0, 4.0, 5.0))
    delays.begin(0.0)
    delays.seen(1.2)
    assert delays.kept == (2.0, 3.0, 4.0, 5.0, 1000.0)
