"""The action `color`."""

from __future__ import annotations

import pytest

from app.core.actions.color import ShowColor
from drivers.contract import SetColor
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, SetColor(255, 255, 255, 1.0), 5.0),
        (
            {"percent": "count * 10", "seconds": "coins", "color": "#00ff00"},
            SetColor(0, 255, 0, 0.2),
            5.0,
        ),
        ({"percent": 250}, SetColor(255, 255, 255, 1.0), 5.0),
        ({"percent": 0}, None, None),
        ({"seconds": 0}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = ShowColor.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"color": "#ff0000"},
            "light the light red for 5 s",
            "bật đèn màu đỏ trong 5 giây",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(ShowColor.model_validate(fields)) == (en, vi)
