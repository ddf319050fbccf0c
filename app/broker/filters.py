"""Topics and filters of MQTT 3.1.1 (section 4.7): what is one, what matches, what lies within.

One rule: what is not well-formed matches nothing and permits nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The standard allows 65535 bytes and as many levels; no device needs that, matching would pay.
LONGEST = 1024
DEEPEST = 32


def is_topic(text: str) -> bool:
    """Say whether a client may publish to `text` at all; `$` topics are the broker's own."""
    return _fits(text) and not text.startswith("$") and "#" not in text and "+" not in text


def is_filter(text: str) -> bool:
    """Say whether `text` is a filter: wildcards fill a whole level, `#` only the last."""
    if not _fits(text):
        return False
    *first, last = text.split("/")
    return all(_is_level(one) for one in first) and (last == "#" or _is_level(last))


def matches(topic: str, wanted: str) -> bool:
    """Say whether a message on `topic` belongs to the filter `wanted`."""
    if wanted == topic:
        return True
    if topic.startswith("$") and wanted[:1] in {"#", "+"}:
        return False
    here, there = topic.split("/"), wanted.split("/")
    for place, level in enumerate(there):
        if level == "#":
            return True
        if place >= len(here) or level not in {"+", here[place]}:
            return False
    return len(here) == len(there)


def lies_within(narrow: str, wide: str) -> bool:
    """Say whether every topic that the filter `narrow` matches is matched by `wide`."""
    if not is_filter(narrow) or not is_filter(wide):
        return False
    if narrow.startswith("$") and wide[:1] in {"#", "+"}:
        return False
    inner, outer = narrow.split("/"), wide.split("/")
    for place, level in enumerate(outer):
        if level == "#":
            return True
        if place >= len(inner) or inner[place] == "#":
            return False
        if level not in {"+", inner[place]}:
            return False
    return len(inner) == len(outer)


def any_matches(topic: str, allowed: Iterable[str]) -> bool:
    """Say whether one of the well-formed filters `allowed` matches `topic`."""
    return any(is_filter(one) and matches(topic, one) for one in allowed)


def any_holds(wanted: str, allowed: Iterable[str]) -> bool:
    """Say whether the filter `wanted` lies within one of `allowed`."""
    return any(lies_within(wanted, one) for one in allowed)


def _fits(text: str) -> bool:
    if not text or len(text) > LONGEST or text.count("/") >= DEEPEST:
        return False
    return text.isprintable()


def _is_level(text: str) -> bool:
    return text == "+" or ("+" not in text and "#" not in text)
