"""Likes of the whole stream, once or again and again."""

from __future__ import annotations

import pytest

from app.core.triggers.likes import LikesReached
from tests.app.core.making import like, occasion, said


@pytest.mark.parametrize(
    ("again", "before", "total", "amount"),
    [
        (True, 99, 100, 1),
        (True, 100, 199, 0),
        (True, 50, 350, 3),
        (False, 99, 100, 1),
        (False, 50, 350, 1),
        (False, 100, 350, 0),
        (False, 0, 50, 0),
    ],
)
def test_it_counts_the_goals_that_are_passed(again, before, total, amount):
    trigger = LikesReached(likes=100, again=again)
    verdict = trigger.match(occasion(like(1, total), likes_before=before))
    assert (verdict.passed, verdict.amount) == (amount > 0, amount)
    assert dict(verdict.values)["total"] == total


def test_it_says_the_number():
    assert said(LikesReached(likes=1000)) == (
        "the LIVE reaches another 1,000 likes",
        "LIVE đạt thêm 1.000 lượt thích",
    )
    assert said(LikesReached(likes=1, again=False)) == (
        "the LIVE reaches 1 like",
        "LIVE đạt 1 lượt thích",
    )
