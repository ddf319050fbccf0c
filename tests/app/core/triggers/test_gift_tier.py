"""Gifts by their size."""

from __future__ import annotations

import pytest

from app.core.outcome import Reason
from app.core.triggers.gift_tier import GiftTier
from tests.app.core.making import gift, occasion, said


@pytest.mark.parametrize(
    ("tier", "fits", "en", "vi"),
    [
        (
            "small",
            {1, 9},
            "a small gift of 1 to 9 coins arrives",
            "nhận quà nhỏ từ 1 đến 9 xu",
        ),
        (
            "medium",
            {10, 99},
            "a medium gift of 10 to 99 coins arrives",
            "nhận quà vừa từ 10 đến 99 xu",
        ),
        (
            "big",
            {100, 499},
            "a big gift of 100 to 499 coins arrives",
            "nhận quà lớn từ 100 đến 499 xu",
        ),
        (
            "huge",
            {500, 44_999},
            "a huge gift of 500 coins or more arrives",
            "nhận quà rất lớn từ 500 xu trở lên",
        ),
    ],
)
def test_each_size_has_its_prices(tier, fits, en, vi):
    trigger = GiftTier(tier=tier)
    prices = (0, 1, 9, 10, 99, 100, 499, 500, 44_999)
    assert {p for p in prices if trigger.match(occasion(gift(coins=p))).passed} == fits
    assert said(trigger) == (en, vi)


@pytest.mark.parametrize(
    ("tier", "en", "vi"),
    [
        (
            "small",
            "a gift of any size arrives, 1 coin or more",
            "nhận quà mọi cỡ, từ 1 xu trở lên",
        ),
        (
            "medium",
            "a medium or larger gift of 10 coins or more arrives",
            "nhận quà cỡ vừa trở lên, từ 10 xu trở lên",
        ),
        (
            "big",
            "a big or larger gift of 100 coins or more arrives",
            "nhận quà cỡ lớn trở lên, từ 100 xu trở lên",
        ),
        (
            "huge",
            "a huge gift of 500 coins or more arrives",
            "nhận quà rất lớn từ 500 xu trở lên",
        ),
    ],
)
def test_larger_ones_may_count_too(tier, en, vi):
    trigger = GiftTier(tier=tier, larger=True)
    assert trigger.match(occasion(gift(coins=44_999))).passed
    assert said(trigger) == (en, vi)


def test_it_tells_why_not_and_counts_as_for_any_gift():
    below = GiftTier(tier="big").match(occasion(gift(coins=5)))
    assert (below.reason, dict(below.values)["at_least"]) == (Reason.BELOW_COINS, 100)
    above = GiftTier(tier="small").match(occasion(gift(coins=10)))
    assert (above.reason, dict(above.values)["at_most"]) == (Reason.NO_MATCH, 9)
    running = gift(coins=5, count=2, total=5, final=False)
    assert GiftTier(tier="small").match(occasion(running, at_end=True)).reason is (
        Reason.COMBO_RUNNING
    )
    assert GiftTier(tier="small").match(occasion(running)).amount == 2
