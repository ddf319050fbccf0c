"""The end of a run."""

from __future__ import annotations

import pytest

from app.core.actions.stop_run import StopRun
from app.core.moves import EndRun
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, EndRun()),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(StopRun.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "stop here", "dừng tại đây"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(StopRun.model_validate(fields)) == (en, vi)
