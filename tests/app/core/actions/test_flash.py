"""The action `flash`."""

from __future__ import annotations

import pytest

from app.core.actions.flash import FlashLight
from drivers.contract import Flash
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, Flash(3), None),
        (
            {"times": "count * 1.3", "color": "#FF0010", "rate_hz": 3},
            Flash(3, 255, 0, 16, 3.0),
            None,
        ),
        ({"times": "1e300"}, Flash(1000000), None),
        ({"times": "0.4"}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = FlashLight.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "flash the light white 3 times",
            "nháy đèn màu trắng 3 lần",
        ),
        (
            {"times": 1, "color": "#123456"},
            "flash the light #123456 1 time",
            "nháy đèn màu #123456 1 lần",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(FlashLight.model_validate(fields)) == (en, vi)
