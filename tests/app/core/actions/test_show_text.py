"""Texts on the overlay."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.show_text import ShowOnOverlay
from app.core.effects import ShowText
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, ShowText("Anna", 5.0)),
        ({"text": "{text}", "seconds": 60}, ShowText("hi", 60.0)),
        ({"text": ""}, None),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(ShowOnOverlay.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"text": "hi", "seconds": 60},
            "show “hi” on the overlay for 1 min",
            "hiện “hi” trên màn hình LIVE trong 1 phút",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(ShowOnOverlay.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize("fields", [{"seconds": 0}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        ShowOnOverlay.model_validate(fields)
