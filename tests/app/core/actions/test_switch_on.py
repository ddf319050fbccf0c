"""The action `switch_on`."""

from __future__ import annotations

import pytest

from app.core.actions.switch_on import SwitchOn
from drivers.contract import Switch
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, Switch(on=True), 3.0),
        ({"seconds": "count"}, Switch(on=True), 2.0),
        ({"seconds": "-1"}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = SwitchOn.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "switch on the relay for 3 s",
            "bật rơ-le trong 3 giây",
        ),
        (
            {"seconds": "count * 2"},
            "switch on the relay for 2 s per gift",
            "bật rơ-le trong 2 giây mỗi món quà",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(SwitchOn.model_validate(fields)) == (en, vi)
