"""Devices brought to rest."""

from __future__ import annotations

import pytest

from app.core.actions.stop_device import StopTheDevice
from app.core.moves import StopDevice
from tests.app.core.making import facts, said


@pytest.mark.parametrize(
    ("fields", "move"),
    [
        ({"device": "m1"}, StopDevice("m1")),
    ],
)
def test_it_makes_its_move_or_none(fields, move):
    made = list(StopTheDevice.model_validate(fields).moves(facts(amount=2)))
    assert made == ([] if move is None else [move])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"device": "m1"}, "stop everything on Motor 1", "dừng mọi hoạt động của Motor 1"),
        (
            {},
            "stop everything on a device (choose one)",
            "dừng mọi hoạt động của thiết bị (hãy chọn)",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(StopTheDevice.model_validate(fields)) == (en, vi)
