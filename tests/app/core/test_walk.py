"""Walking through rules: every field has its place in the file and its hint."""

from __future__ import annotations

from hypothesis import given

from app.core.forms import Pick
from app.core.rules import Rule
from app.core.walk import models, put, spots, variables_in
from tests.app.core import strategies


@given(strategies.rules())
def test_every_place_leads_to_the_value_in_the_file(rule):
    raw = rule.model_dump(mode="json")
    for spot in spots(rule):
        at = raw
        for step in spot.path[:-1]:
            at = at[step]
        if spot.path[-1] in at:
            put(raw, spot.path, at[spot.path[-1]])
        else:
            assert spot.name == "on"
    assert Rule.model_validate(raw) == rule


def test_parts_inside_parts_are_found_with_their_hints():
    rule = Rule.model_validate(
        {
            "id": "a",
            "when": {"key": "telemetry_crosses", "device": "m1", "name": "rpm"},
            "only_if": [{"key": "not", "of": {"key": "variable_is", "name": "score"}}],
            "do": [{"key": "rotate", "rounds": "wheel * 2"}],
        }
    )
    assert [path for path, _ in models(rule)] == [
        ("when",),
        ("only_if", 0),
        ("only_if", 0, "of"),
        ("do", 0),
    ]
    picks = {spot.path: spot.pick for spot in spots(rule) if spot.pick}
    assert picks["when", "device"] == Pick.DEVICE
    assert picks["only_if", 0, "of", "name"] == Pick.VARIABLE
    assert variables_in([rule]) == {"score", "wheel"}
