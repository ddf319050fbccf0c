"""Texts read aloud."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.speak import SpeakText
from app.core.effects import Speak
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, Speak("Anna: hi", "", 1.0)),
        ({"text": "{gift}"}, None),
        ({"text": " go ", "voice": "v", "rate": 1.5}, Speak("go", "v", 1.5)),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(SpeakText.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({}, "say “{user}: {text}” aloud", "đọc to “{user}: {text}”"),
        ({"text": ""}, "say a text (write it) aloud", "đọc to nội dung (hãy nhập)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(SpeakText.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize(
    "fields",
    [
        {
            "text": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        },
        {"rate": 5},
        {"text": "{user.name}"},
    ],
)
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        SpeakText.model_validate(fields)
