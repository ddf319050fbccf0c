"""Worth of all that a run counts."""

from __future__ import annotations

import pytest

from app.core.conditions.coins_at_least import CoinsAtLeast
from app.core.outcome import Reason
from tests.app.core.making import facts, follow, gift, said


@pytest.mark.parametrize(
    ("coins", "amount", "passed"), [(5, 2, True), (5, 1, False), (10, 1, True)]
)
def test_price_times_count_must_reach_it(coins, amount, passed):
    verdict = CoinsAtLeast(coins=10).holds(facts(gift(coins=coins), amount))
    assert verdict.passed is passed
    assert verdict.reason is (Reason.PASSED if passed else Reason.BELOW_COINS)
    assert dict(verdict.values) == {"value": coins * amount, "at_least": 10}


def test_events_without_coins_are_worth_nothing():
    assert not CoinsAtLeast(coins=1).holds(facts(follow())).passed
    assert CoinsAtLeast(coins=0).holds(facts(follow())).passed


def test_it_says_the_coins():
    assert said(CoinsAtLeast(coins=1)) == ("worth 1 coin or more", "trị giá từ 1 xu trở lên")
    assert said(CoinsAtLeast(coins=1500)) == (
        "worth 1,500 coins or more",
        "trị giá từ 1.500 xu trở lên",
    )
