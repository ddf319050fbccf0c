"""Messages to the broker."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.actions.mqtt_publish import PublishMessage
from app.core.effects import PublishMqtt
from app.core.moves import Emit
from tests.app.core.making import chat, facts, said


@pytest.mark.parametrize(
    ("fields", "effect"),
    [
        ({}, None),
        ({"topic": "a/b"}, PublishMqtt("a/b", "2", False)),
        ({"topic": "a", "text": "{text}", "retain": True}, PublishMqtt("a", "hi", True)),
    ],
)
def test_it_asks_for_the_effect_or_for_nothing(fields, effect):
    moves = list(PublishMessage.model_validate(fields).moves(facts(chat("hi"), 2)))
    assert moves == ([] if effect is None else [Emit(effect)])


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"topic": "a/b"}, "send an MQTT message to “a/b”", "gửi tin MQTT tới “a/b”"),
        ({}, "send an MQTT message to a topic (write it)", "gửi tin MQTT tới chủ đề (hãy nhập)"),
    ],
)
def test_it_says_what_it_does(fields, en, vi):
    assert said(PublishMessage.model_validate(fields)) == (en, vi)


@pytest.mark.parametrize("fields", [{"topic": "a/+"}])
def test_what_does_not_fit_is_refused(fields):
    with pytest.raises(ValidationError):
        PublishMessage.model_validate(fields)
