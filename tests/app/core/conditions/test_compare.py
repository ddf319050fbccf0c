"""Formulas and texts, in all ten ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.comparing import WANTED
from app.core.conditions.compare import Compare
from app.core.parts import Facts
from tests.app.core.making import chat, facts, gift, said
from tests.app.core.places import told


@pytest.mark.parametrize(
    ("fields", "holds_for", "en", "vi"),
    [
        ({"operator": "=", "number": 3}, {3}, "“count” is 3", "“count” là 3"),
        ({"operator": "!=", "number": 3}, {2, 4}, "“count” is not 3", "“count” khác 3"),
        ({"operator": ">", "number": 3}, {4}, "“count” is more than 3", "“count” lớn hơn 3"),
        (
            {"number": "3 * coins"},
            {3, 4},
            "“count” is “3 * coins” or more",
            "“count” từ “3 * coins” trở lên",
        ),
        ({"operator": "<", "number": 3}, {2}, "“count” is less than 3", "“count” nhỏ hơn 3"),
        ({"operator": "<=", "number": 3}, {2, 3}, "“count” is 3 or less", "“count” từ 3 trở xuống"),
        (
            {"operator": "between", "low": 3, "high": 9},
            {3, 4},
            "“count” is between 3 and 9",
            "“count” từ 3 đến 9",
        ),
        (
            {"operator": "one_of", "listed": ["2", " 4.0", "x"]},
            {2, 4},
            "“count” is one of “2”, “ 4.0” or “x”",
            "“count” là một trong “2”, “ 4.0” hoặc “x”",
        ),
        (
            {"operator": "none_of", "listed": ["2", "4"]},
            {3},
            "“count” is none of “2” or “4”",
            "“count” không thuộc “2” hoặc “4”",
        ),
        (
            {"operator": "contains", "part": "4"},
            {4},
            "“count” contains “4”",
            "“count” chứa “4”",
        ),
    ],
)
def test_numbers(fields, holds_for, en, vi):
    condition = Compare.model_validate(fields)
    assert {n for n in (2, 3, 4) if condition.holds(facts(amount=n)).passed} == holds_for
    assert said(condition) == (en, vi)


@pytest.mark.parametrize(
    ("fields", "text", "passed"),
    [
        ({"operator": "=", "text": "Yes"}, " YES ", True),
        ({"operator": "=", "text": "3"}, "3.0", True),
        ({"operator": "!=", "text": "yes"}, "no", True),
        ({"operator": ">", "text": "5"}, "12", True),
        ({"operator": ">", "text": "5"}, "1,5", False),
        ({"operator": ">", "text": "5"}, "many", False),
        ({"operator": "<=", "text": "x"}, "a", False),
        ({"operator": "between", "low": 1, "high": 3}, "2,5", True),
        ({"operator": "between", "low": 1, "high": 3}, "two", False),
        ({"operator": "one_of", "listed": ["left", "right"]}, "Left", True),
        ({"operator": "one_of"}, "left", False),
        ({"operator": "none_of"}, "left", True),
        ({"operator": "contains", "part": "ef"}, "LEFT", True),
        ({"operator": "contains"}, "left", False),
    ],
)
def test_texts(fields, text, passed):
    condition = Compare.model_validate({"of": "text", **fields})
    assert condition.holds(facts(chat(text))).passed is passed


def test_it_says_texts_too():
    assert said(Compare(of="text", operator="=", text="yes")) == (
        "“{text}” is “yes”",
        "“{text}” là “yes”",
    )
    assert said(Compare(operator="one_of"))[0] == "“count” is one of a text (write it)"
    assert said(Compare(operator="contains"))[0] == "“count” contains a text (write it)"


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"number": 5},
            "it is 2, wanted is at least 5",
            "giá trị là 2, cần ít nhất 5",
        ),
        (
            {"operator": "between", "low": 5.5, "high": 9},
            "it is 2, wanted is 5.5 to 9",
            "giá trị là 2, cần 5,5 đến 9",
        ),
        (
            {"operator": "one_of", "listed": ["a", "b"]},
            "it is 2, wanted is one of a, b",
            "giá trị là 2, cần một trong a, b",
        ),
        ({"number": 1}, "it is 2, as wanted", "giá trị là 2, như mong muốn"),
    ],
)
def test_the_trace_tells_both_sides(fields, en, vi):
    assert told(Compare.model_validate(fields), facts(gift(), 2)) == (en, vi)


@given(
    st.sampled_from(list(WANTED)),
    st.sampled_from(["number", "text"]),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_every_way_has_an_answer_for_every_text(operator, of, left, right):
    condition = Compare(of=of, operator=operator, text=right, listed=[right], part=right)
    verdict = condition.holds(Facts(chat(left)))
    assert isinstance(verdict.passed, bool)
