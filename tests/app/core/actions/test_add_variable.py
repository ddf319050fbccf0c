"""Variables that are added to."""

from __future__ import annotations

import pytest

from app.core.actions.add_variable import AddToVariable
from app.core.moves import AddVariable
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, None),
        ({"name": "score", "amount": "-count"}, AddVariable("score", -2.0, None)),
        ({"name": "score", "amount": 0}, None),
        ({"name": "a", "lasting": "always"}, AddVariable("a", 1.0, lasting=True)),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(AddToVariable.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"name": "score"}, "add “1” to “score”", "cộng “1” vào “score”"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(AddToVariable.model_validate(fields)) == (en, vi)
