"""Lines of the streamer's log."""

from __future__ import annotations

import pytest

from app.core.actions.write_log import WriteToLog
from app.core.effects import WriteLog
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, WriteLog("Anna")),
        ({"text": "{gift} "}, None),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(WriteToLog.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"text": "hi"}, "write “hi” to your log", "ghi “hi” vào nhật ký của bạn"),
        (
            {"text": ""},
            "write a text (write it) to your log",
            "ghi nội dung (hãy nhập) vào nhật ký của bạn",
        ),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(WriteToLog.model_validate(fields)) == (en, vi)
