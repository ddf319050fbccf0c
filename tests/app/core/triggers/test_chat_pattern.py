"""Comments against a pattern."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.triggers.chat_pattern import ChatPattern
from tests.app.core.making import chat, occasion, said


def test_it_fits_where_the_pattern_does():
    trigger = ChatPattern(pattern="^spin [0-9]+$")
    assert trigger.match(occasion(chat(" SPIN 12"))).passed
    assert not trigger.match(occasion(chat("spin twice"))).passed
    assert not ChatPattern().match(occasion(chat("anything"))).passed


def test_a_pattern_that_could_run_long_is_refused():
    with pytest.raises(ValidationError):
        ChatPattern(pattern="(?=a)")


def test_it_says_the_pattern():
    assert said(ChatPattern(pattern="a+")) == ("a comment fits “a+”", "có bình luận khớp “a+”")
    assert said(ChatPattern()) == (
        "a comment fits a pattern (write it)",
        "có bình luận khớp mẫu (hãy nhập)",
    )
