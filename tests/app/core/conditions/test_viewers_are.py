"""How many watch, in all six ways."""

from __future__ import annotations

import pytest

from app.core.conditions.viewers_are import ViewersAre
from app.core.events import ViewerCount
from app.core.parts import Facts
from tests.app.core.making import OPEN, engine, gift, rule, said
from tests.app.core.places import Known, told


def with_viewers(viewers):
    return Facts(gift(), state=Known(viewers=viewers))


@pytest.mark.parametrize(
    ("comparison", "holds_for", "en", "vi"),
    [
        (">=", {3, 4}, "at least 3 watch", "có ít nhất 3 người xem"),
        (">", {4}, "more than 3 watch", "có hơn 3 người xem"),
        ("=", {3}, "exactly 3 watch", "có đúng 3 người xem"),
        ("!=", {2, 4}, "any number but 3 watch", "số người xem khác 3"),
        ("<=", {2, 3}, "at most 3 watch", "có tối đa 3 người xem"),
        ("<", {2}, "fewer than 3 watch", "có ít hơn 3 người xem"),
    ],
)
def test_it_compares_and_says_how(comparison, holds_for, en, vi):
    condition = ViewersAre(comparison=comparison, number=3)
    assert {n for n in (2, 3, 4) if condition.holds(with_viewers(n)).passed} == holds_for
    assert said(condition) == (en, vi)


def test_the_trace_tells_how_many_and_the_engine_knows_it():
    assert told(ViewersAre(number=50), with_viewers(7)) == (
        "7 watch, wanted is at least 50",
        "có 7 người xem, cần ít nhất 50",
    )
    machine = engine(rule(only_if=[{"key": "viewers_are", "number": 50}]))
    assert not machine.handle(gift(), 0.0, OPEN).commands
    machine.handle(ViewerCount(id="v", at_ms=1, count=50), 0.0, OPEN)
    assert machine.handle(gift(id="g2"), 0.0, OPEN).commands
