"""A condition turned round."""

from __future__ import annotations

import pytest

from app.core.conditions.not_this import Not
from app.core.outcome import Reason
from app.core.parts import Condition, parts
from app.core.sentences import rule_text
from app.core.speech import Speaker
from tests.app.core.making import facts, rule, said
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


FOLLOWER = {"key": "sender_is_follower"}
MODERATOR = {"key": "sender_is_moderator"}
MORE = {"key": "variable_is", "name": "score", "operator": ">", "number": "3"}


def negated(raw):
    return said(Not.model_validate({"of": raw}))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (FOLLOWER, ("the sender is not a follower", "người gửi chưa theo dõi bạn")),
        (NO, ("worth less than 99 coins", "trị giá dưới 99 xu")),
        (YES, ("any count but 1 arrives", "có số lượng khác 1")),
        (
            {"key": "viewers_are", "comparison": "<", "number": 5},
            ("at least 5 watch", "có ít nhất 5 người xem"),
        ),
        (MORE, ("“score” is 3 or less", "“score” từ 3 trở xuống")),
        (
            {"key": "sender_is_listed", "listed": "off", "people": ["anna"]},
            ("the sender is anna", "người gửi là anna"),
        ),
        (
            {"key": "any", "of": [FOLLOWER, MODERATOR]},
            (
                "the sender is not a follower and the sender is not a moderator",
                "người gửi chưa theo dõi bạn và người gửi không phải người kiểm duyệt",
            ),
        ),
        (
            {"key": "all", "of": [NO, {"key": "any", "of": [NO, MORE]}]},
            (
                "worth less than 99 coins or (worth less than 99 coins and “score” is 3 or less)",
                "trị giá dưới 99 xu hoặc (trị giá dưới 99 xu và “score” từ 3 trở xuống)",
            ),
        ),
        ({"key": "not", "of": FOLLOWER}, ("the sender is a follower", "người gửi đã theo dõi bạn")),
    ],
)
def test_it_says_the_opposite_in_plain_words(of, words):
    assert negated(of) == words


def test_without_a_condition_it_says_what_is_missing():
    assert said(Not()) == ("not a condition (choose one)", "không phải điều kiện (hãy chọn)")
    empty = {"key": "any", "of": [FOLLOWER, {"key": "not"}]}
    assert negated(empty)[0] == "not (the sender is a follower or not a condition (choose one))"


def test_a_group_turned_round_goes_into_brackets_beside_others():
    group = {"key": "not", "of": {"key": "all", "of": [FOLLOWER, MODERATOR]}}
    made = rule(only_if=[NO, group])
    assert (
        "only if worth 99 coins or more and"
        " (the sender is not a follower or the sender is not a moderator),"
    ) in rule_text(made, Speaker())


@pytest.mark.parametrize("key", sorted(parts(Condition).found.keys() - {"all", "any", "not"}))
def test_every_condition_has_an_opposite_for_each_of_its_sentences(key):
    kind = parts(Condition).found[key]
    says = (kind.sentence, *kind.sentences)
    assert len(kind.denials) == len(says)
    assert all(denial != say for denial, say in zip(kind.denials, says, strict=True))
    assert len({denial.en for denial in kind.denials}) == len(kind.denials)


def test_what_is_off_counts_as_nothing():
    off = Not.model_validate({"of": {**YES, "on": False}})
    assert off.holds(facts()).passed
    assert said(off)[0] == "not a condition (choose one)"


def test_the_trace_lets_what_is_turned_round_speak():
    follower = {"key": "sender_is_follower"}
    assert told(Not.model_validate({"of": follower}), facts())[0] == "the sender is not a follower"
    assert told(Not.model_validate({"of": YES}), facts())[0] == "the count is 1"
    assert told(Not.model_validate({"of": NO}), facts())[0] == "worth 1 coins"
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
