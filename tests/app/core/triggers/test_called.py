"""Calls of other programs by name."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.core.events import Called
from app.core.triggers.called import NameIsCalled
from tests.app.core.making import facts, follow, occasion, said


def called(name, **fields):
    return Called(id="c", at_ms=1, name=name, **fields)


def test_it_fits_its_name_in_whatever_case():
    trigger = NameIsCalled(name="Spin")
    for name, passed in (("spin", True), ("spins", False), ("", False)):
        assert trigger.match(occasion(called(name))).passed is passed
        assert bool(set(trigger.keys()) & set(trigger.keys_of(called(name)))) is passed
    assert not NameIsCalled().match(occasion(called(""))).passed
    assert NameIsCalled().keys() == NameIsCalled.keys_of(follow()) == ()


def test_what_was_sent_along_may_be_used():
    seen = facts(called("spin", text="hello", numbers_sent={"speed": 3.0, "coins": 9.0}))
    assert seen.texts()["text"] == "hello"
    assert seen.numbers()["speed"] == 3.0
    # What has a meaning of its own keeps it.
    assert seen.numbers()["coins"] == 0


def test_it_says_the_name():
    assert said(NameIsCalled(name="spin")) == (
        "a program calls “spin”",
        "có chương trình gọi “spin”",
    )
    with pytest.raises(ValidationError):
        NameIsCalled(name="two words")
