"""Every so many seconds, however late the ticks come."""

from __future__ import annotations

import pytest

from app.core.events import Tick
from app.core.triggers.timer import Timer
from app.core.world import LocalTime
from tests.app.core.making import occasion, said


def tick(second, passed=1, *, live=True):
    return Tick(
        id=f"t{second}",
        at_ms=1,
        local=LocalTime(0, 0),
        second=second,
        passed=passed,
        live=live,
    )


def test_it_fits_when_another_stretch_is_over():
    fitting = [n for n in range(1, 25) if Timer(every=10).match(occasion(tick(n))).passed]
    assert fitting == [10, 20]


def test_late_ticks_count_once():
    assert Timer(every=10).match(occasion(tick(11, 3))).passed
    assert not Timer(every=10).match(occasion(tick(13, 3))).passed
    verdict = Timer(every=10).match(occasion(tick(45, 30)))
    assert (verdict.passed, verdict.amount) == (True, 1)


def test_without_a_live_it_runs_only_if_told_so():
    assert not Timer(every=10).match(occasion(tick(10, live=False))).passed
    assert Timer(every=10, live_only=False).match(occasion(tick(10, live=False))).passed


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "5 min pass during a LIVE", "hết mỗi 5 phút trong lúc LIVE"),
        ({"every": 90, "live_only": False}, "90 s pass", "hết mỗi 90 giây"),
        ({"every": 7200}, "2 h pass during a LIVE", "hết mỗi 2 giờ trong lúc LIVE"),
    ],
)
def test_it_says_how_often(fields, en, vi):
    assert said(Timer(**fields)) == (en, vi)
