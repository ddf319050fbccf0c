"""Key combinations as they are written, and those that are refused."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from app.core.hotkeys import written


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("ctrl+alt+f1", "Ctrl+Alt+F1"),
        ("Shift + CMD + a", "Meta+Shift+A"),
        ("alt+control+windows+shift+pagedown", "Meta+Ctrl+Alt+Shift+PgDown"),
        ("F24", "F24"),
        ("shift+F1", "Shift+F1"),
        ("Pause", "Pause"),
        ("Ctrl+1", "Ctrl+1"),
        ("Ctrl+Enter", "Ctrl+Return"),
    ],
)
def test_a_combination_is_always_written_the_same(keys, expected):
    assert written(keys) == expected
    assert written(expected) == expected


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("a", "keys_alone"),
        ("shift+a", "keys_alone"),
        ("Space", "keys_alone"),
        ("F25", "keys"),
        ("ctrl", "keys"),
        ("ctrl+ctrl+a", "keys"),
        ("a+b", "keys"),
        ("ctrl+alt+a+b", "keys"),
        ("ctrl++", "keys"),
        ("ctrl+é", "keys"),
        ("", "keys"),
    ],
)
def test_what_would_take_keys_from_writing_or_is_none_is_refused(keys, code):
    with pytest.raises(PydanticCustomError) as caught:
        written(keys)
    assert caught.value.type == code
