"""Any gift by its price."""

from __future__ import annotations

import pytest

from app.core.outcome import Reason
from app.core.triggers.gift_any import AnyGift
from tests.app.core.making import gift, occasion, said


@pytest.mark.parametrize(
    ("fields", "coins", "passed", "reason", "told"),
    [
        ({}, 0, True, Reason.PASSED, {}),
        ({"least": 10}, 9, False, Reason.BELOW_COINS, {"at_least": 10}),
        ({"least": 10}, 10, True, Reason.PASSED, {}),
        ({"most": 9}, 9, True, Reason.PASSED, {}),
        ({"most": 9}, 10, False, Reason.NO_MATCH, {"at_most": 9}),
    ],
)
def test_the_price_of_one_must_lie_in_the_range(fields, coins, passed, reason, told):
    verdict = AnyGift(**fields).match(occasion(gift(coins=coins, count=3)))
    assert (verdict.passed, verdict.reason) == (passed, reason)
    assert told.items() <= dict(verdict.values).items()
    assert verdict.amount == (3 if passed else 0)


def test_combos_are_counted_as_for_any_gift():
    running = gift(count=2, total=5, final=False)
    assert AnyGift().match(occasion(running, at_end=True)).reason is Reason.COMBO_RUNNING
    assert AnyGift().keys() is None


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "any gift arrives", "nhận bất kỳ quà nào"),
        ({"least": 500}, "any gift of 500 coins or more arrives", "nhận quà từ 500 xu trở lên"),
        ({"least": 1}, "any gift of 1 coin or more arrives", "nhận quà từ 1 xu trở lên"),
        ({"most": 9}, "any gift of up to 9 coins arrives", "nhận quà tối đa 9 xu"),
        ({"least": 2, "most": 9}, "any gift of 2 to 9 coins arrives", "nhận quà từ 2 đến 9 xu"),
    ],
)
def test_it_says_the_ends_that_are_set(fields, en, vi):
    assert said(AnyGift(**fields)) == (en, vi)
