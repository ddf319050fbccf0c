"""All conditions of a group."""

from __future__ import annotations

import pytest

from app.core.conditions.all_of import AllOf
from app.core.outcome import Reason
from tests.app.core.making import facts, said

YES = {"key": "count_compare", "comparison": "=", "number": 1}
NO = {"key": "coins_at_least", "coins": 99}


@pytest.mark.parametrize(
    ("of", "passed"), [([], True), ([YES], True), ([YES, NO], False), ([NO, YES], False)]
)
def test_every_one_must_hold(of, passed):
    assert AllOf.model_validate({"of": of}).holds(facts()).passed is passed


def test_the_first_that_fails_gives_its_reason_and_values():
    verdict = AllOf.model_validate({"of": [YES, NO]}).holds(facts())
    assert verdict.reason is Reason.BELOW_COINS
    assert dict(verdict.values) == {"part": "coins_at_least", "value": 1, "at_least": 99}


def test_it_joins_its_sentences_and_brackets_groups_in_it():
    inner = {"key": "any", "of": [YES, NO]}
    assert said(AllOf()) == ("choose a condition", "chọn điều kiện")
    assert said(AllOf.model_validate({"of": [YES, inner]})) == (
        "exactly 1 arrive and (exactly 1 arrive or worth 99 coins or more)",
        "có đúng 1 và (có đúng 1 hoặc trị giá từ 99 xu trở lên)",
    )
    single = {"key": "any", "of": [NO]}
    assert said(AllOf.model_validate({"of": [single]}))[0] == "worth 99 coins or more"
