"""Texts in chat messages."""

from __future__ import annotations

import pytest

from app.core.triggers.chat_contains import ChatContains
from tests.app.core.making import chat, occasion, said


@pytest.mark.parametrize(
    ("message", "passed"),
    [("please SPIN it", True), ("Hoa Hô\u0300ng!", True), ("nothing", False), ("", False)],
)
def test_any_of_the_texts_may_stand_anywhere_in_any_case(message, passed):
    trigger = ChatContains(texts=("", "  ", "spin", "hồng"))
    assert trigger.match(occasion(chat(message))).passed is passed


def test_it_quotes_the_texts():
    assert said(ChatContains()) == (
        "a comment contains a text (write it)",
        "có bình luận chứa nội dung (hãy nhập)",
    )
    assert said(ChatContains(texts=("a", "b"))) == (
        "a comment contains “a” or “b”",
        "có bình luận chứa “a” hoặc “b”",
    )
    assert said(ChatContains(texts=tuple("abcde"))) == (
        "a comment contains “a”, “b”, “c” or one of 2 more texts",
        "có bình luận chứa “a”, “b”, “c” hoặc một trong 2 cụm từ khác",
    )
