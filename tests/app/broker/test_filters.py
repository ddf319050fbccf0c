"""Topics and filters: what is one, what matches, what lies within what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.broker import filters

levels = st.sampled_from(["a", "b", "", "+"])
some_filters = st.builds(
    lambda parts, rest: "/".join([*parts, *rest]),
    st.lists(levels, min_size=1, max_size=4),
    st.sampled_from([[], ["#"]]),
)
topics = (
    st.lists(st.sampled_from(["a", "b", "", "$c"]), min_size=1, max_size=5)
    .map("/".join)
    .filter(bool)
)


@pytest.mark.parametrize("text", ["a", "a/b", "a//b", "/", "ä/ü", "a b"])
def test_these_can_be_published_to(text):
    assert filters.is_topic(text)


@pytest.mark.parametrize(
    "text", ["", "$SYS/x", "a/#", "+/a", "a+b", "a\0b", "a\nb", "a" * 1025, "a/" * 32]
)
def test_nobody_publishes_to_these(text):
    assert not filters.is_topic(text)


@pytest.mark.parametrize("text", ["#", "+", "a/#", "+/+", "a/+/b/#", "/#", "$SYS/#"])
def test_these_are_filters(text):
    assert filters.is_filter(text)


@pytest.mark.parametrize("text", ["", "a#", "#/a", "a/b#", "a+", "a/+b", "##", "a\0", "+/" * 40])
def test_these_are_none(text):
    assert not filters.is_filter(text)
    assert not filters.lies_within("a", text)
    assert not filters.lies_within(text, "#")


@pytest.mark.parametrize(
    ("topic", "wanted"),
    [("a/b", "a/b"), ("a/b", "a/+"), ("a/b", "#"), ("a", "a/#"), ("a/b/c", "a/#"), ("a/", "a/+")],
)
def test_these_match(topic, wanted):
    # The examples of section 4.7 of the standard among them.
    assert filters.matches(topic, wanted)


@pytest.mark.parametrize(
    ("topic", "wanted"),
    [("a/b", "a"), ("a", "a/+"), ("a/b/c", "a/+"), ("$SYS/a", "#"), ("$SYS/a", "+/a"), ("/a", "+")],
)
def test_these_do_not(topic, wanted):
    assert not filters.matches(topic, wanted)


@pytest.mark.parametrize(
    ("narrow", "wide", "holds"),
    [
        ("a/#", "a/+", False),  # what amqtt's own check permits
        ("a/+", "a/#", True),
        ("#", "+/#", False),  # the same topics, but said otherwise: refused to be sure
        ("a", "a/#", True),
        ("a/#", "a/#", True),
        ("+/b", "a/b", False),
        ("a/b", "+/b", True),
        ("a/+/c", "a/+/+", True),
        ("a/+/+", "a/+/c", False),
        ("$SYS/#", "#", False),
        ("$share/g/a", "#", False),
    ],
)
def test_what_lies_within_what(narrow, wide, holds):
    assert filters.lies_within(narrow, wide) is holds


@given(some_filters, some_filters, topics)
def test_what_lies_within_matches_nothing_beyond(narrow, wide, topic):
    if filters.lies_within(narrow, wide) and filters.matches(topic, narrow):
        assert filters.matches(topic, wide)


@given(some_filters, topics)
def test_a_topic_lies_within_a_filter_as_it_matches(wanted, topic):
    assert filters.lies_within(topic, wanted) == filters.matches(topic, wanted)
