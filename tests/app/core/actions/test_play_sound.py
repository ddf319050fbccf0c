"""Sounds by name."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.play_sound import PlayTheSound
from app.core.effects import PlaySound
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({"sound": "horn.wav"}, PlaySound("horn.wav", 1.0)),
        ({"sound": "mine/horn.wav", "volume": 25}, PlaySound("mine/horn.wav", 0.25)),
        ({"sound": "horn.wav", "volume": 0}, None),
        ({}, None),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(PlayTheSound.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"sound": "horn.wav"}, "play the sound “horn.wav”", "phát âm thanh “horn.wav”"),
        ({}, "play the sound (choose one)", "phát âm thanh (hãy chọn)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(PlayTheSound.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize(
    "fields",
    [
        {"sound": "../x.wav"},
        {"sound": "/etc/x.wav"},
        {"sound": "C:\\x.wav"},
        {"sound": "a/./b"},
        {"sound": "a\nb"},
        {"sound": "x.wav", "volume": 101},
    ],
)
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        PlayTheSound.model_validate(fields)
