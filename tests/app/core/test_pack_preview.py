"""What is shown of a pack before it is accepted."""

from __future__ import annotations

import string

import pytest

from app.core.pack_import import Choices, Place
from app.core.pack_preview import preview
from app.core.pack_words import PROBLEMS, REACHES
from app.core.rules import RuleDocument
from app.core.speech import Speaker
from tests.app.core.packing import AROUND, pack

# ------------------------------------------------------------------------------ shown


def test_what_a_pack_does_is_told_before_it_is_accepted():
    made = pack(variables=[{"name": "score"}], words={"vi": {"Spin it": "Xoay đi"}})
    seen = preview(RuleDocument(), made, Choices(), AROUND, Speaker("en"))
    assert [(line.name, line.on) for line in seen.rules] == [("Spin it", False)]
    assert "Rose" in seen.rules[0].sentence
    assert [(reach.code, reach.rules) for reach in seen.reaches] == [("hazard", ("Spin it",))]
    assert seen.shared == ("score",)
    assert seen.roles[0].fitting == (("m1", "Desk motor", "turn"),)
    choices = Choices({"spinner": Place("m1")}, on=True)
    seen = preview(RuleDocument(), made, choices, AROUND, Speaker("vi"))
    assert "Desk motor" in seen.rules[0].sentence
    assert seen.rules[0].name == "Xoay đi"
    assert seen.rules[0].on
    assert seen.reaches[0].sentence("vi").startswith("điều khiển Desk motor, có thể")


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [PROBLEMS, REACHES], ids=["problems", "reaches"])
def test_both_languages_name_the_same_values(table):
    for say in table.values():
        assert slots(say.en) == slots(say.vi)
