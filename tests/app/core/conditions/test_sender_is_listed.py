"""Senders that are on a list, or are not."""

from __future__ import annotations

import pytest

from app.core.conditions.sender_is_listed import SenderIsListed
from app.core.events import Viewer
from tests.app.core.making import facts, gift, said
from tests.app.core.places import told


@pytest.mark.parametrize(
    ("people", "handle", "found"),
    [
        (["anna"], "Anna", True),
        (["@Anna "], "anna", True),
        (["ann"], "anna", False),
        ([], "anna", False),
        ([""], "", False),
    ],
)
def test_it_finds_user_names_however_they_are_written(people, handle, found):
    sent = facts(gift(viewer=Viewer(1, handle)))
    assert SenderIsListed(people=people).holds(sent).passed is found
    assert SenderIsListed(people=people, listed="off").holds(sent).passed is not found


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"people": ["anna"]}, "the sender is anna", "người gửi là anna"),
        (
            {"people": ["anna", "bao"], "listed": "off"},
            "the sender is not anna or bao",
            "người gửi không phải anna hoặc bao",
        ),
        (
            {"people": list("abcdef")},
            "the sender is a, b, c or one of 3 more people",
            "người gửi là a, b, c hoặc một trong 3 người khác",
        ),
        (
            {},
            "the sender is a person (write a user name)",
            "người gửi là một người (hãy nhập tên người dùng)",
        ),
    ],
)
def test_it_says_the_people(fields, en, vi):
    assert said(SenderIsListed(**fields)) == (en, vi)


def test_the_trace_tells_the_sender():
    assert told(SenderIsListed(people=["bao"]), facts(gift())) == (
        "anna is not on the list",
        "anna không có trong danh sách",
    )
    assert told(SenderIsListed(people=["anna"], listed="off"), facts(gift())) == (
        "anna is on the list",
        "anna có trong danh sách",
    )
