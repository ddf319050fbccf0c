"""Steps that undo each other are told of, with a cure; those that line up or pause are not."""

from __future__ import annotations

import pytest

from app.core.checks import cured, warnings
from app.core.edits import PutRule
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from drivers.contract import Kind
from tests.app.core.packing import ROSE, document

RED = {"key": "color", "device": "l1", "color": "#ff0000", "seconds": "1"}
BLUE = {**RED, "color": "#0000ff"}
WAIT = {"key": "wait", "seconds": 1}
LAMPS = (
    DeviceSketch("l1", "Lamp", "", (OutputSketch("rgb", Kind.LIGHT),)),
    DeviceSketch("l2", "Other", "", (OutputSketch("rgb", Kind.LIGHT, drops_when_busy=True),)),
)
AROUND = Surroundings(LAMPS, frozenset())


def told(steps, policy):
    made = document({"id": "a", "when": ROSE, "do": steps, "limits": {"policy": policy}})
    return made, warnings(made, AROUND).get("a", ())


@pytest.mark.parametrize(
    ("steps", "policy", "code", "place"),
    [
        ([RED, BLUE], "latest", "replaced_at_once", ("do", 1)),
        ([RED, BLUE, RED], "drop", "skipped_at_once", ("do", 1)),
        ([{"key": "sequence", "do": [RED, BLUE]}], "latest", "replaced_at_once", ("do", 0, "do", 1)),
        ([{**RED, "device": "l2"}, {**BLUE, "device": "l2"}], None, "skipped_at_once", ("do", 1)),
    ],
)  # fmt: skip
def test_what_undoes_a_step_before_it_is_told_and_cured(steps, policy, code, place):
    made, (warning,) = told(steps, policy)
    assert (warning.code, warning.place) == (code, place)
    mended = cured(made.rules.rules[0], warning)
    assert mended.limits.policy == "queue"
    assert warnings(PutRule(mended).apply(made), AROUND) == {}


@pytest.mark.parametrize(
    ("steps", "policy"),
    [
        ([RED, BLUE], "queue"),
        ([RED, BLUE], "add"),
        ([RED, BLUE], None),
        ([RED, WAIT, BLUE], "latest"),
        ([RED, {**BLUE, "device": "l2"}], "latest"),
        ([RED, {**BLUE, "on": False}], "latest"),
        ([RED, {"key": "device_off", "device": "l1"}], "latest"),
    ],
)
def test_what_lines_up_pauses_or_drives_something_else_is_no_fault(steps, policy):
    assert told(steps, policy)[1] == ()
