"""Alarms."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.raise_alarm import RaiseTheAlarm
from app.core.effects import RaiseAlarm
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, RaiseAlarm("Anna", "warning")),
        ({"text": "{text}!", "level": "error"}, RaiseAlarm("hi!", "error")),
        ({"text": ""}, None),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(RaiseTheAlarm.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"text": "hi"}, "raise the alarm “hi”", "báo động “hi”"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(RaiseTheAlarm.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize("fields", [{"level": "panic"}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        RaiseTheAlarm.model_validate(fields)
