"""A condition turned round."""

from __future__ import annotations

from app.core.conditions.not_this import Not
from app.core.outcome import Reason
from tests.app.core.making import facts, said

YES = {"key": "count_compare", "comparison": "=", "number": 1}
NO = {"key": "coins_at_least", "coins": 99}


def test_it_turns_the_answer_round_and_keeps_the_values():
    verdict = Not.model_validate({"of": YES}).holds(facts())
    assert (verdict.passed, verdict.reason) == (False, Reason.CONDITION_FALSE)
    assert dict(verdict.values)["part"] == "count_compare"
    assert Not.model_validate({"of": NO}).holds(facts()).passed


def test_without_a_condition_it_holds():
    assert Not().holds(facts()).passed


def test_it_says_so():
    assert said(Not()) == ("not (choose a condition)", "không (chọn điều kiện)")
    assert said(Not.model_validate({"of": NO})) == (
        "not (worth 99 coins or more)",
        "không (trị giá từ 99 xu trở lên)",
    )
