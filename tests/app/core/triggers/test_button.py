"""Manual buttons by their name."""

from __future__ import annotations

from app.core.events import ButtonPressed
from app.core.triggers.button import ButtonIsPressed
from tests.app.core.making import follow, occasion, said


def test_it_fits_its_own_button_in_whatever_case():
    trigger = ButtonIsPressed(name="Party")
    for name, passed in (("party ", True), ("Parties", False), ("", False)):
        event = ButtonPressed(id="b", at_ms=1, name=name)
        assert trigger.match(occasion(event)).passed is passed
        assert bool(set(trigger.keys()) & set(trigger.keys_of(event))) is passed
    assert not ButtonIsPressed().match(occasion(ButtonPressed(id="b", at_ms=1, name=""))).passed
    assert ButtonIsPressed().keys() == ButtonIsPressed.keys_of(follow()) == ()


def test_it_says_the_name():
    assert said(ButtonIsPressed(name="Party")) == (
        "you press the button “Party”",
        "bạn bấm nút “Party”",
    )
    assert said(ButtonIsPressed())[0] == "you press the button (write a name)"
