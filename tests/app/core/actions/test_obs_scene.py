"""Scenes of OBS."""

from __future__ import annotations

import pytest

from app.core.actions.obs_scene import ShowObsScene
from app.core.effects import ShowScene
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, None),
        ({"scene": "Main"}, ShowScene("Main")),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(ShowObsScene.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"scene": "Main"}, "switch OBS to “Main”", "chuyển OBS sang “Main”"),
        ({}, "switch OBS to a scene (choose one)", "chuyển OBS sang cảnh (hãy chọn)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(ShowObsScene.model_validate(fields)) == (en, vi)
