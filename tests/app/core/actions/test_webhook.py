"""Calls of web addresses."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.webhook import CallWebhook
from app.core.effects import Webhook
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, None),
        (
            {"url": "https://x.vn/a", "body": '{"n": "{user}"}'},
            Webhook("https://x.vn/a", "POST", '{"n": "Anna"}', ""),
        ),
        (
            {"url": "http://x.vn", "method": "GET", "body": "x", "secret": "k"},
            Webhook("http://x.vn", "GET", "", "k"),
        ),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(CallWebhook.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"url": "https://x.vn/a"},
            "call the address “https://x.vn/a”",
            "gọi địa chỉ “https://x.vn/a”",
        ),
        ({}, "call the address (write it)", "gọi địa chỉ (hãy nhập)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(CallWebhook.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "ftp://x.vn"},
        {"url": "https://me:pass@x.vn"},
        {"url": "https:///x"},
        {"method": "TRACE"},
        {"body": '{"a": {user}}'},
    ],
)
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        CallWebhook.model_validate(fields)
