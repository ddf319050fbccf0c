"""Rules that turn rules on and off."""

from __future__ import annotations

import pytest

from app.core.actions.turn_rule import TurnTheRule
from app.core.moves import TurnRule
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, None),
        ({"rule": "r2"}, TurnRule("r2", on=True)),
        ({"rule": "r2", "turn": "off"}, TurnRule("r2", on=False)),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(TurnTheRule.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"rule": "r2"}, "turn on the rule “r2”", "bật quy tắc “r2”"),
        ({"rule": "r2", "turn": "off"}, "turn off the rule “r2”", "tắt quy tắc “r2”"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(TurnTheRule.model_validate(fields)) == (en, vi)
