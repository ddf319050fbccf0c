"""The action `play_effect`."""

from __future__ import annotations

import pytest

from app.core.actions.play_effect import PlayEffect
from drivers.contract import Play
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, Play(""), 30.0),
        ({"effect": "storm", "seconds": 8}, Play("storm"), 8.0),
        ({"seconds": 0}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = PlayEffect.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "run the special effect on the effect device for 30 s",
            "chạy hiệu ứng đặc biệt trên thiết bị hiệu ứng trong 30 giây",
        ),
        (
            {"effect": "storm"},
            "run “storm” on the effect device for 30 s",
            "chạy “storm” trên thiết bị hiệu ứng trong 30 giây",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(PlayEffect.model_validate(fields)) == (en, vi)
