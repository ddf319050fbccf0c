"""Pauses."""

from __future__ import annotations

import pytest

from app.core.actions.wait import Wait
from app.core.moves import Pause
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({}, Pause(1.0)),
        ({"seconds": "count * 1.5"}, Pause(3.0)),
        ({"seconds": 0}, None),
        ({"seconds": "1e9"}, Pause(3_600.0)),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(Wait.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"seconds": 2}, "wait 2 s", "chờ 2 giây"),
        ({"seconds": "count"}, "wait 1 s per gift", "chờ 1 giây mỗi món quà"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(Wait.model_validate(fields)) == (en, vi)
