"""Rules that start rules."""

from __future__ import annotations

import pytest

from app.core.actions.run_rule import StartRule
from app.core.moves import RunRule
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, None),
        ({"rule": "r2"}, RunRule("r2")),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(StartRule.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"rule": "r2"}, "run the rule “r2”", "chạy quy tắc “r2”"),
        ({}, "run the rule (choose one)", "chạy quy tắc (hãy chọn)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(StartRule.model_validate(fields)) == (en, vi)
