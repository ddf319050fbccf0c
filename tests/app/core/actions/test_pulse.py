"""The action `pulse`."""

from __future__ import annotations

import pytest

from app.core.actions.pulse import PulseOutput
from drivers.contract import Pulse
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, Pulse(), 0.5),
        ({"seconds": 0}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = PulseOutput.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "fire one shot of 0.5 s on the relay",
            "cho rơ-le bắn một phát 0,5 giây",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(PulseOutput.model_validate(fields)) == (en, vi)
