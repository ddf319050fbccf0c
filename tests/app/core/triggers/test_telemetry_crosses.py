"""Readings of a device crossing a line, once until they went back."""

from __future__ import annotations

import pytest

from app.core.events import Reading
from app.core.triggers.telemetry_crosses import ReadingCrosses
from tests.app.core.making import follow, occasion, said


def fired_at(trigger, values):
    fired, armed, before = [], True, None
    for place, value in enumerate(values):
        event = Reading(
            id=f"r{place}", at_ms=1, device_id="m1", name="rpm", value=value, before=before
        )
        verdict = trigger.match(occasion(event, armed=armed))
        armed = armed if verdict.armed is None else verdict.armed
        before = value
        if verdict.passed:
            fired.append(value)
    return fired


@pytest.mark.parametrize(
    ("side", "margin", "values", "fired"),
    [
        ("above", 0, [50, 101, 102, 100, 101], [101, 101]),
        ("above", 10, [50, 101, 99, 101, 90, 101], [101, 101]),
        ("above", 0, [150, 160], []),
        ("above", 0, [100, 100.5], [100.5]),
        ("below", 10, [150, 99, 105, 99, 110, 98], [99, 98]),
    ],
)
def test_it_fires_when_crossed_and_again_only_beyond_the_margin(side, margin, values, fired):
    trigger = ReadingCrosses(device="m1", name="rpm", side=side, line=100, margin=margin)
    assert fired_at(trigger, values) == fired


def test_the_device_goes_by_its_id_or_by_its_role():
    event = Reading(
        id="r", at_ms=1, device_id="m1", name="rpm", value=2.0, before=0.0, roles=("motor",)
    )
    for device, name, passed in (
        ("m1", "rpm", True),
        ("motor", "rpm", True),
        ("m2", "rpm", False),
        ("m1", "temperature", False),
        ("", "rpm", False),
        ("m1", "", False),
    ):
        trigger = ReadingCrosses(device=device, name=name, line=1)
        assert trigger.match(occasion(event)).passed is passed
        assert bool(set(trigger.keys()) & set(trigger.keys_of(event))) is passed
    assert event.numbers() == {"reading": 2.0}
    assert ReadingCrosses.keys_of(follow()) == ()


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        (
            {"device": "m1", "name": "rpm", "line": 120.5},
            "rpm of Motor 1 rises above 120.5",
            "rpm của Motor 1 vượt quá 120,5",
        ),
        (
            {"device": "motor", "side": "below"},
            "a value (choose one) of the motor falls below 0",
            "số đo (hãy chọn) của động cơ xuống dưới 0",
        ),
    ],
)
def test_it_says_the_line(fields, en, vi):
    assert said(ReadingCrosses(**fields)) == (en, vi)
