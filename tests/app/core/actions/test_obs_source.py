"""Sources of OBS."""

from __future__ import annotations

import pytest

from app.core.actions.obs_source import TurnObsSource
from app.core.effects import ShowSource
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, None),
        ({"source": "Cat"}, ShowSource("", "Cat", True)),
        ({"what": "hide", "scene": "Main", "source": "Cat"}, ShowSource("Main", "Cat", False)),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(TurnObsSource.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"source": "Cat"}, "show “Cat” in OBS", "hiện “Cat” trong OBS"),
        ({"what": "hide"}, "hide a source (choose one) in OBS", "ẩn nguồn (hãy chọn) trong OBS"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(TurnObsSource.model_validate(fields)) == (en, vi)
