"""Variables that are set."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.set_variable import SetTheVariable
from app.core.moves import SetVariable
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, None),
        ({"name": "score", "number": "count * 2"}, SetVariable("score", 4.0, None)),
        ({"name": "who", "of": "text", "text": "{user}"}, SetVariable("who", "Anna", None)),
        ({"name": "a", "lasting": "always"}, SetVariable("a", 0.0, lasting=True)),
        ({"name": "a", "lasting": "stream"}, SetVariable("a", 0.0, lasting=False)),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(SetTheVariable.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"name": "score", "number": "count * 2"},
            "set “score” to “count * 2”",
            "đặt “score” bằng “count * 2”",
        ),
        (
            {"of": "text", "text": "x"},
            "set a variable (choose one) to “x”",
            "đặt biến (hãy chọn) bằng “x”",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(SetTheVariable.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize("name", ["count", "user", "two words", "1st", "_x", "min", "x" * 99])
def test_a_name_that_means_something_else_is_refused(name):
    with pytest.raises(ValidationError):
        SetTheVariable(name=name)
