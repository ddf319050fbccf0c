"""Any condition of a group."""

from __future__ import annotations

import pytest

from app.core.conditions.any_of import AnyOf
from app.core.outcome import Reason
from tests.app.core.making import facts, said
from tests.app.core.places import told

YES = {"key": "count_compare", "comparison": "=", "number": 1}
NO = {"key": "coins_at_least", "coins": 99}


@pytest.mark.parametrize(
    ("of", "passed"), [([], False), ([NO], False), ([NO, YES], True), ([YES, NO], True)]
)
def test_one_is_enough(of, passed):
    verdict = AnyOf.model_validate({"of": of}).holds(facts())
    assert verdict.passed is passed
    assert verdict.reason is (Reason.PASSED if passed else Reason.CONDITION_FALSE)


def test_the_one_that_holds_gives_its_values():
    verdict = AnyOf.model_validate({"of": [NO, YES]}).holds(facts())
    assert dict(verdict.values)["part"] == "count_compare"


def test_it_joins_its_sentences():
    assert said(AnyOf.model_validate({"of": [YES, NO]})) == (
        "exactly 1 arrive or worth 99 coins or more",
        "có đúng 1 hoặc trị giá từ 99 xu trở lên",
    )


def test_what_is_off_does_not_count():
    off = {**YES, "on": False}
    assert not AnyOf.model_validate({"of": [NO, off]}).holds(facts()).passed
    # As if the group were not there.
    assert AnyOf.model_validate({"of": [off]}).holds(facts()).passed


def test_the_trace_lets_the_one_that_holds_speak():
    assert told(AnyOf.model_validate({"of": [NO, YES]}), facts())[0] == "the count 1 fits"
    assert told(AnyOf.model_validate({"of": [NO, NO]}), facts()) == (
        "none of 2 holds",
        "không có điều kiện nào đúng trong 2",
    )
