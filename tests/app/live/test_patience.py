"""Waits grow, signatures are rationed."""

from __future__ import annotations

import pytest

from app.core.links import LinkReason
from app.live.patience import BUDGET, Patience, SignBudget
from tests.fakes.clock import FakeClock

R = LinkReason


@pytest.mark.parametrize(
    ("reason", "waits"),
    [
        (R.LOST, [2, 4, 8, 16, 32, 60, 60]),
        (R.SILENT, [2, 4, 8]),
        (R.NO_NETWORK, [2, 4, 8]),
        (R.SIGN_SERVER_DOWN, [5, 10, 20, 40, 80, 160, 300, 300]),
        (R.UNEXPECTED_ANSWER, [5, 10, 20]),
        (R.TIMED_OUT, [5, 10, 20]),
        (R.TLS_REFUSED, [5, 10, 20]),
        (R.BLOCKED_BY_TIKTOK, [15, 30, 60, 120, 240, 300]),
        (R.AGE_RESTRICTED, [15, 30, 60, 120, 240, 300]),
        (R.OFFLINE, [60, 60, 60]),
        (R.STREAM_ENDED, [60, 60]),
        (R.USER_NOT_FOUND, [300, 300]),
    ],
)
def test_waits_by_reason(reason, waits):
    patience = Patience(lambda: 1.0)
    assert [patience.wait_s(reason) for _ in waits] == waits


def test_the_shortest_jitter_halves_a_wait_and_a_fifth_is_taken_off_a_poll():
    patience = Patience(lambda: 0.0)
    assert patience.wait_s(R.LOST) == 1.0
    assert patience.wait_s(R.OFFLINE) == 48.0


def test_a_link_that_held_well_starts_over_with_a_second():
    patience = Patience(lambda: 1.0)
    for _ in range(4):
        patience.wait_s(R.LOST)
    assert patience.wait_s(R.LOST, healthy=True) == 1.0
    assert patience.wait_s(R.LOST) == 2.0
    assert patience.wait_s(R.SIGN_SERVER_DOWN) == 5.0
    patience.reset()
    assert patience.wait_s(R.SIGN_SERVER_DOWN) == 5.0


class Memory:
    def __init__(self) -> None:
        self.times: tuple[int, ...] = ()

    def load(self):
        return self.times

    def save(self, times_ms):
        self.times = tuple(times_ms)


def test_five_a_minute():
    clock = FakeClock()
    budget = SignBudget(clock)
    for _ in range(5):
        assert budget.take() == 0
        clock.now += 1
    assert budget.take() == pytest.approx(55)
    clock.now += 55
    assert budget.take() == 0
    assert budget.take() == pytest.approx(1)


def test_twenty_five_an_hour_also_over_a_restart():
    clock, memory = FakeClock(), Memory()
    for _ in range(5):
        budget = SignBudget(clock, memory)
        for _ in range(5):
            assert budget.take() == 0
        clock.now += 61
    assert 3200 < SignBudget(clock, memory).take() < 3600
    clock.now += 3600
    assert SignBudget(clock, memory).take() == 0
    assert len(memory.times) == 1


def test_a_clock_that_was_set_back_does_not_block_us():
    clock = FakeClock()
    budget = SignBudget(clock)
    for _ in range(5):
        budget.take()
    clock.now -= 10_000
    assert budget.take() == 0


def test_never_more_than_the_budget_in_any_window():
    clock = FakeClock()
    budget = SignBudget(clock)
    taken = []
    for _ in range(5000):
        if budget.take() == 0:
            taken.append(clock.wall_ms())
        clock.now += 2.7
    for count, span_ms in BUDGET:
        for first, last in zip(taken, taken[count:], strict=False):
            assert last - first >= span_ms


def test_what_can_wait_gets_a_signature_only_while_more_than_half_are_left():
    clock, memory = FakeClock(), Memory()
    budget = SignBudget(clock, memory)
    assert budget.take_spare()
    assert budget.take() == 0
    assert not budget.take_spare()
    assert len(memory.times) == 2
    for _ in range(10):
        clock.now += 61
        assert budget.take() == 0
    clock.now += 61
    # Twelve of twenty-five in this hour.
    assert not budget.take_spare()
    assert budget.take() == 0
