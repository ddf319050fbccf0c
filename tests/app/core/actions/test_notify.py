"""Notifications."""

from __future__ import annotations

import pytest

from app.core.actions.notify import ShowNotification
from app.core.effects import Notify
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, Notify("Anna")),
        ({"text": "{gift} "}, None),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(ShowNotification.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"text": "hi"}, "notify you: “hi”", "thông báo cho bạn: “hi”"),
        ({"text": ""}, "notify you: a text (write it)", "thông báo cho bạn: nội dung (hãy nhập)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(ShowNotification.model_validate(fields)) == (en, vi)
