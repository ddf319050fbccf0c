"""All conditions of a group."""

from __future__ import annotations

import pytest

from app.core.conditions.all_of import AllOf
from app.core.outcome import Reason
from tests.app.core.making import facts, said
from tests.app.core.places import told

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
    assert said(AllOf()) == ("a condition (choose one)", "điều kiện (hãy chọn)")
    assert said(AllOf.model_validate({"of": [YES, inner]})) == (
        "exactly 1 arrive and (exactly 1 arrive or worth 99 coins or more)",
        "có đúng 1 và (có đúng 1 hoặc trị giá từ 99 xu trở lên)",
    )
    single = {"key": "any", "of": [NO]}
    assert said(AllOf.model_validate({"of": [single]}))[0] == "worth 99 coins or more"


def test_what_is_off_does_not_count():
    off = {**NO, "on": False}
    assert AllOf.model_validate({"of": [YES, off]}).holds(facts()).passed
    assert said(AllOf.model_validate({"of": [YES, off]}))[0] == "exactly 1 arrive"


def test_the_trace_lets_the_one_that_fails_speak():
    assert told(AllOf.model_validate({"of": [YES, NO]}), facts()) == (
        "worth 1 coins only, 99 are needed",
        "chỉ trị giá 1 xu, cần 99 xu",
    )
    assert told(AllOf.model_validate({"of": [YES, YES]}), facts())[0] == "all of 2 hold"
