"""A condition turned round."""

from __future__ import annotations

from app.core.conditions.not_this import Not
from app.core.outcome import Reason
from tests.app.core.making import facts, said
from tests.app.core.places import told

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
    assert said(Not()) == ("not (choose a condition)", "không phải (chọn điều kiện)")
    assert said(Not.model_validate({"of": NO})) == (
        "not (worth 99 coins or more)",
        "không phải (trị giá từ 99 xu trở lên)",
    )


def test_what_is_off_counts_as_nothing():
    off = Not.model_validate({"of": {**YES, "on": False}})
    assert off.holds(facts()).passed
    assert said(off)[0] == "not (choose a condition)"


def test_the_trace_lets_what_is_turned_round_speak():
    follower = {"key": "sender_is_follower"}
    assert told(Not.model_validate({"of": follower}), facts())[0] == "the sender is not a follower"
    assert told(Not.model_validate({"of": YES}), facts())[0] == "the count 1 fits"
    twice = Not.model_validate({"of": {"key": "not", "of": follower}})
    assert told(twice, facts()) == (
        "the sender is not a follower",
        "người gửi chưa theo dõi bạn",
    )
    group = Not.model_validate({"of": {"key": "any", "of": [NO, NO]}})
    assert told(group, facts())[0] == "none of 2 holds"
    deep = Not.model_validate({"of": {"key": "any", "of": [{"key": "not", "of": follower}]}})
    assert dict(deep.holds(facts()).values)["part"] == "any/not/sender_is_follower"
    assert told(deep, facts())[0] == "the sender is not a follower"
