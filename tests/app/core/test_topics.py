"""MQTT topics against filters, as MQTT 5.0 section 4.7 has it."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.topics import Topic, TopicFilter, fits


@pytest.mark.parametrize(
    ("topic_filter", "topic", "expected"),
    [
        ("a/b", "a/b", True),
        ("a/b", "a/b/c", False),
        ("a/b/c", "a/b", False),
        ("a/+", "a/b", True),
        ("a/+", "a", False),
        ("a/+", "a/b/c", False),
        ("+/+", "/finance", True),
        ("/+", "/finance", True),
        ("+", "/finance", False),
        ("a/#", "a", True),
        ("a/#", "a/b/c", True),
        ("#", "a/b", True),
        ("#", "$SYS/x", False),
        ("+/x", "$SYS/x", False),
        ("$SYS/#", "$SYS/x", True),
        ("", "a", False),
        ("a", "", False),
        ("A", "a", False),
    ],
)
def test_what_fits(topic_filter, topic, expected):
    assert fits(topic_filter, topic) is expected


@pytest.mark.parametrize("text", ["a#", "a/#/b", "a+", "+a/b", "##", "a\0", "x" * 201])
def test_filters_that_are_none(text):
    with pytest.raises(ValidationError):
        TypeAdapter(TopicFilter).validate_python(text)


@pytest.mark.parametrize("text", ["a/+", "#", "a\0"])
def test_topics_to_publish_to_are_exact(text):
    with pytest.raises(ValidationError):
        TypeAdapter(Topic).validate_python(text)
    assert TypeAdapter(Topic).validate_python("a/b") == "a/b"
