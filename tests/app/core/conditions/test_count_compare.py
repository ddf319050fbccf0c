"""The count against a number, in all six ways."""

from __future__ import annotations

import pytest

from app.core.conditions.count_compare import CountCompare
from tests.app.core.making import facts, said
from tests.app.core.places import told


@pytest.mark.parametrize(
    ("comparison", "holds_for", "en", "vi"),
    [
        (">=", {3, 4}, "at least 3 arrive", "có ít nhất 3"),
        (">", {4}, "more than 3 arrive", "có nhiều hơn 3"),
        ("=", {3}, "exactly 3 arrive", "có đúng 3"),
        ("!=", {2, 4}, "any count but 3 arrives", "có số lượng khác 3"),
        ("<=", {2, 3}, "at most 3 arrive", "có tối đa 3"),
        ("<", {2}, "fewer than 3 arrive", "có ít hơn 3"),
    ],
)
def test_it_compares_and_says_how(comparison, holds_for, en, vi):
    condition = CountCompare.model_validate({"comparison": comparison, "number": 3})
    assert {n for n in (2, 3, 4) if condition.holds(facts(amount=n)).passed} == holds_for
    assert said(condition) == (en, vi)
    values = dict(condition.holds(facts(amount=9)).values)
    assert values == {"count": 9, "comparison": comparison, "wanted": 3}


def test_the_trace_says_what_was_wanted():
    condition = CountCompare.model_validate({"comparison": "<", "number": 3})
    assert told(condition, facts(amount=9)) == (
        "the count is 9, wanted is less than 3",
        "số lượng là 9, cần nhỏ hơn 3",
    )
