"""The action `rotate`."""

from __future__ import annotations

import pytest

from app.core.actions.rotate import RotateMotor
from drivers.contract import Rotate
from tests.app.core.making import facts, gift, said


@pytest.mark.parametrize(
    ("fields", "instruction", "duration_s"),
    [
        ({}, Rotate(2.0, 100.0), None),
        (
            {"rounds": "coins * count", "rpm": 30, "reverse": True},
            Rotate(10.0, 30.0, reverse=True),
            None,
        ),
        ({"rounds": "count - 2"}, None, None),
        ({"rpm": "-5"}, None, None),
    ],
)
def test_it_asks_for_what_the_formulas_come_to(fields, instruction, duration_s):
    plans = RotateMotor.model_validate(fields).commands(facts(gift(coins=5), 2))
    assert [(p.instruction, p.duration_s) for p in plans] == (
        [] if instruction is None else [(instruction, duration_s)]
    )


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {},
            "rotate the motor by 1 round per gift at up to 100 RPM",
            "cho động cơ quay 1 vòng mỗi món quà với tốc độ tối đa 100 vòng/phút",
        ),
        (
            {"rounds": 3, "reverse": True, "device": ""},
            "rotate a device (choose one) backwards by 3 rounds at up to 100 RPM",
            "cho thiết bị (hãy chọn) quay ngược 3 vòng với tốc độ tối đa 100 vòng/phút",
        ),
        (
            {"rounds": "value / 10", "device": "m1"},
            "rotate Motor 1 by 1 round per 10 coins at up to 100 RPM",
            "cho Motor 1 quay 1 vòng mỗi 10 xu với tốc độ tối đa 100 vòng/phút",
        ),
        (
            {"rounds": "min(count, 5)"},
            "rotate the motor by 1 round per gift (at most 5) at up to 100 RPM",
            "cho động cơ quay 1 vòng mỗi món quà (tối đa 5) với tốc độ tối đa 100 vòng/phút",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(RotateMotor.model_validate(fields)) == (en, vi)
