"""Combos that pass a number, once or again and again."""

from __future__ import annotations

import pytest

from app.core.triggers.combo_milestone import ComboMilestone
from tests.app.core.making import gift, occasion, said

ROSE = {"id": 5655, "name": "Rose"}


@pytest.mark.parametrize(
    ("again", "count", "total", "amount"),
    [
        (True, 1, 100, 1),
        (True, 1, 99, 0),
        (True, 1, 101, 0),
        (True, 250, 310, 3),
        (True, 0, 100, 0),
        (False, 1, 100, 1),
        (False, 250, 310, 1),
        (False, 100, 200, 0),
        (False, 5, 50, 0),
    ],
)
def test_it_counts_the_milestones_that_are_passed(again, count, total, amount):
    trigger = ComboMilestone(every=100, again=again)
    verdict = trigger.match(occasion(gift(count=count, total=total, final=False), at_end=True))
    assert (verdict.passed, verdict.amount) == (amount > 0, amount)
    assert dict(verdict.values)["total"] == total


def test_only_the_chosen_gifts_count():
    trigger = ComboMilestone(gifts=[ROSE, {"name": "Lion"}], every=10)
    assert trigger.match(occasion(gift(count=10))).passed
    assert not trigger.match(occasion(gift(count=10, gift_id=1, name="Heart"))).passed
    assert trigger.gift_ids() == {5655}
    assert trigger.gift_names() == ("Rose", "Lion")


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"every": 1000},
            "a combo of any gift grows by another 1,000",
            "combo quà bất kỳ tăng thêm 1.000",
        ),
        (
            {"gifts": [ROSE], "again": False},
            "a combo of Rose reaches 100",
            "combo Rose đạt 100",
        ),
    ],
)
def test_it_says_the_milestone(fields, en, vi):
    assert said(ComboMilestone(**fields)) == (en, vi)
