"""Key combinations."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.events import HotkeyPressed
from app.core.triggers.hotkey import KeysArePressed
from tests.app.core.making import follow, occasion, said


def test_it_fits_its_combination_however_it_was_written():
    trigger = KeysArePressed(combination="alt + control+f1")
    event = HotkeyPressed(id="h", at_ms=1, keys="Ctrl+Alt+F1")
    assert trigger.match(occasion(event)).passed
    assert trigger.keys() == trigger.keys_of(event)
    other = HotkeyPressed(id="h", at_ms=1, keys="Ctrl+F1")
    assert not trigger.match(occasion(other)).passed
    assert not KeysArePressed().match(occasion(HotkeyPressed(id="h", at_ms=1, keys=""))).passed
    assert KeysArePressed().keys() == KeysArePressed.keys_of(follow()) == ()


def test_keys_that_people_write_with_are_refused():
    with pytest.raises(ValidationError):
        KeysArePressed(combination="a")


def test_it_says_the_keys():
    assert said(KeysArePressed(combination="F5")) == ("you press F5", "bạn nhấn F5")
    assert said(KeysArePressed())[0] == "you press keys (choose them)"
