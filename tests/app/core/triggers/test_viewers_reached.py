"""The number of viewers crossing a line, up or down, once until it went back."""

from __future__ import annotations

import pytest

from app.core.events import ViewerCount
from app.core.triggers.viewers_reached import ViewersReached
from tests.app.core.making import occasion, said


def fired_at(trigger, counts):
    """Where it fires in a course of counts, armed as the engine keeps it."""
    fired, armed, before = [], True, 0
    for place, count in enumerate(counts):
        event = ViewerCount(id=f"v{place}", at_ms=1, count=count)
        verdict = trigger.match(occasion(event, viewers_before=before, armed=armed))
        armed = armed if verdict.armed is None else verdict.armed
        before = count
        if verdict.passed:
            fired.append(count)
            assert dict(verdict.values) == {"viewers": count, "line": trigger.viewers}
    return fired


@pytest.mark.parametrize(
    ("direction", "margin", "counts", "fired"),
    [
        ("up", 5, [90, 99, 100, 101, 99, 100, 95, 100], [100]),
        ("up", 5, [100, 94, 120], [100, 120]),
        ("up", 0, [100, 99, 100], [100, 100]),
        ("up", 500, [100, 0, 100], [100, 100]),
        ("down", 5, [3, 50, 99], []),
        ("down", 5, [150, 99, 101, 99, 105, 98], [99, 98]),
        ("down", 0, [100, 99, 100, 99], [99, 99]),
    ],
)
def test_it_fires_when_crossed_and_again_only_beyond_the_margin(direction, margin, counts, fired):
    trigger = ViewersReached(viewers=100, direction=direction, margin=margin)
    assert fired_at(trigger, counts) == fired


def test_it_says_the_number_and_formulas_may_ask_it():
    assert said(ViewersReached(viewers=1000)) == (
        "the LIVE has 1,000 viewers",
        "LIVE đạt 1.000 người xem",
    )
    assert said(ViewersReached(viewers=1, direction="down")) == (
        "the LIVE falls below 1 viewer",
        "LIVE còn dưới 1 người xem",
    )
    assert ViewerCount(id="v", at_ms=1, count=7).numbers() == {"viewers": 7}
