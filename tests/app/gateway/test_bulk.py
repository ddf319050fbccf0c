"""Work on thousands of rules leaves the collector as it was, whatever comes in between."""

import gc

import pytest

from app.gateway.bulk import devices_of, uncollected
from tests.app.gateway.play import rule


def test_the_collector_works_again_afterwards_also_after_a_mistake():
    seen = []

    def fail():
        with uncollected():
            seen.append(gc.isenabled())
            raise ZeroDivisionError

    gc.enable()  # the window's own tests leave collecting to the window
    with pytest.raises(ZeroDivisionError):
        fail()
    assert seen == [False]
    assert gc.isenabled()


def test_devices_are_found_in_steps_within_steps():
    turn = {"key": "rotate", "device": "fan"}
    both = {"key": "parallel", "do": [turn, {"key": "stop_device", "device": "lamp"}]}
    assert devices_of(rule(do=[both])) == {"fan", "lamp"}
