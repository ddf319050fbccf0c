"""Messages of the broker by topic and text."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.events import MqttMessage
from app.core.triggers.mqtt_message import MqttArrives
from tests.app.core.making import facts, occasion, said


def message(topic, text=""):
    return MqttMessage(id="m", at_ms=1, topic=topic, text=text)


@pytest.mark.parametrize(
    ("fields", "text", "passed"),
    [
        ({}, "anything", True),
        ({"payload": "equals", "text": "On"}, " ON ", True),
        ({"payload": "equals", "text": "on"}, "only", False),
        ({"payload": "equals"}, "", True),
        ({"payload": "contains", "text": "on"}, "ONLY", True),
        ({"payload": "contains"}, "x", False),
    ],
)
def test_topic_and_text_must_fit(fields, text, passed):
    trigger = MqttArrives(topic="studio/+", **fields)
    assert trigger.match(occasion(message("studio/lamp", text))).passed is passed
    assert not trigger.match(occasion(message("other", text))).passed


def test_texts_may_show_the_message():
    assert facts(message("a", "hello")).texts()["text"] == "hello"


def test_a_filter_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        MqttArrives(topic="a/#/b")


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"topic": "a/#"}, "an MQTT message arrives on “a/#”", "nhận tin MQTT ở “a/#”"),
        (
            {"topic": "a", "payload": "equals", "text": "on"},
            "the MQTT message “on” arrives on “a”",
            "nhận tin MQTT “on” ở “a”",
        ),
        (
            {"payload": "contains", "text": "on"},
            "an MQTT message with “on” arrives on a topic (write it)",
            "nhận tin MQTT có “on” ở chủ đề (hãy nhập)",
        ),
    ],
)
def test_it_says_what_it_waits_for(fields, en, vi):
    assert said(MqttArrives(**fields)) == (en, vi)
