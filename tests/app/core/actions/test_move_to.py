"""The action `move_to`."""

from __future__ import annotations

import pytest

from app.core.actions.move_to import MoveToPosition
from drivers.contract import MoveTo
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, MoveTo(1.0), 2.0),
        ({"percent": "value * 2", "seconds": "months + 1"}, MoveTo(0.2), 1.0),
        ({"percent": "-3"}, MoveTo(0.0), 2.0),
        ({"seconds": 0}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = MoveToPosition.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


def test_it_says_what_it_does():
    assert said(MoveToPosition()) == (
        "move the servo to 100 % for 2 s",
        "đưa động cơ servo tới 100 % trong 2 giây",
    )
