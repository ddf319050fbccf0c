"""Marks texts that people see. One rule: the mark changes nothing; the program translates."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark English source text for translation and return it unchanged."""
    return text
