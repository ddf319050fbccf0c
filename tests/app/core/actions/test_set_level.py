"""The action `set_level`."""

from __future__ import annotations

import pytest

from app.core.actions.set_level import HoldLevel
from drivers.contract import SetLevel
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, SetLevel(0.5), 5.0),
        ({"percent": "value * 2", "seconds": "months + 1"}, SetLevel(0.2), 1.0),
        ({"percent": "-3"}, None, None),
        ({"seconds": 0}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = HoldLevel.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "set the light to 50 % for 5 s",
            "đặt đèn ở mức 50 % trong 5 giây",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(HoldLevel.model_validate(fields)) == (en, vi)
