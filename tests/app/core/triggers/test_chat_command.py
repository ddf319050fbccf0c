"""Commands in chat messages."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.triggers.chat_command import ChatCommand
from tests.app.core.making import chat, occasion, said


@pytest.mark.parametrize(
    ("message", "passed"),
    [
        ("!spin", True),
        ("  !SPIN  3 times", True),
        ("!spinning", False),
        ("do !spin", False),
        ("", False),
    ],
)
def test_it_must_be_the_first_word_in_any_case(message, passed):
    trigger = ChatCommand(command="!Spin")
    assert trigger.match(occasion(chat(message))).passed is passed
    assert (trigger.keys()[0] in ChatCommand.keys_of(chat(message))) is passed


def test_without_a_command_nothing_fits():
    assert not ChatCommand().match(occasion(chat(""))).passed
    assert ChatCommand().keys() == ()
    assert ChatCommand.keys_of("not a message") == ()


def test_a_command_is_one_word():
    with pytest.raises(ValidationError):
        ChatCommand(command="two words")


def test_it_quotes_the_command():
    assert said(ChatCommand()) == (
        "someone writes a command (write it)",
        "có người bình luận lệnh (hãy nhập)",
    )
    assert said(ChatCommand(command="!spin")) == (
        "someone writes “!spin”",
        "có người bình luận “!spin”",
    )
