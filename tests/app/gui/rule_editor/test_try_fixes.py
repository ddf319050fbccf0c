"""What is offered when a gate held a rule back: the right field of the right part, or a deed."""

import pytest

from app.core.outcome import Reason
from app.gateway.views import TraceStepView, TraceView
from app.gui.rule_editor.test_fixes import CONTINUE, GROUP_ON, TURN_ON, fix_for

RAW = {
    "when": {"key": "gift", "gifts": []},
    "only_if": [
        {"key": "sender_is_follower", "on": False},
        {"key": "coins_at_least", "coins": 5},
        {"key": "chance", "percent": 50},
    ],
    "do": [
        {"key": "rotate", "device": "motor", "rounds": "1", "rpm": "60"},
        {"key": "rotate", "device": "spare", "rounds": "1 / 0", "rpm": "60"},
        {"key": "sequence", "steps": [{"key": "switch_on", "device": "", "seconds": "1"}]},
    ],
}


def trace(*steps):
    views = [
        TraceStepView(gate=gate, passed=reason is None, reason=reason or "passed", values=values)
        for gate, reason, values in steps
    ]
    return TraceView(rule_id="r", rule_name="R", ran=False, steps=tuple(views))


def fixed(gate, reason, **values):
    return fix_for(trace(("when:gift", None, {}), (gate, reason, values)), RAW)


def test_what_ran_needs_nothing():
    assert fix_for(trace(("when:gift", None, {})), RAW) is None


@pytest.mark.parametrize(
    ("reason", "deed"),
    [
        (Reason.RULE_OFF, TURN_ON),
        (Reason.GROUP_OFF, GROUP_ON),
        (Reason.RULES_PAUSED, CONTINUE),
    ],
)
def test_what_is_off_is_turned_on(reason, deed):
    assert fixed("rule", reason).deed == deed


def test_for_a_stop_nothing_is_offered_but_resume_which_is_in_the_banner():
    assert fixed("rule", Reason.STOPPED) is None


@pytest.mark.parametrize(
    ("gate", "reason", "field"),
    [
        ("limits:cooldown", Reason.COOLDOWN, "cooldown_s"),
        ("limits:viewer_cooldown", Reason.COOLDOWN, "viewer_cooldown_s"),
        ("limits:max_per_stream", Reason.MAX_PER_STREAM, "max_per_stream"),
        ("limits:max_per_hour", Reason.MAX_PER_HOUR, "max_per_hour"),
        ("do:rotate", Reason.DEVICE_COOLDOWN, "device_cooldown_s"),
        ("limits:mode", Reason.STILL_RUNNING, "mode"),
    ],
)
def test_a_limit_leads_to_its_field(gate, reason, field):
    assert fixed(gate, reason).field == field


def test_conditions_are_counted_without_those_that_are_off():
    first = fixed("only_if:coins_at_least", Reason.CONDITION_FALSE)
    assert first.place == ("only_if", 1)
    second = fix_for(
        trace(
            ("when:gift", None, {}),
            ("only_if:coins_at_least", None, {}),
            ("only_if:chance", Reason.CONDITION_FALSE, {}),
        ),
        RAW,
    )
    assert second.place == ("only_if", 2)


@pytest.mark.parametrize(
    ("gate", "reason", "values", "place", "field"),
    [
        ("do:rotate", Reason.NO_DEVICE, {"device": "spare"}, ("do", 1), "device"),
        ("do:rotate", Reason.NO_DEVICE, {"device": "motor"}, ("do", 0), "device"),
        ("do:switch_on", Reason.NO_DEVICE, {"device": ""}, ("do", 2, "steps", 0), "device"),
        ("do:rotate", Reason.EXPRESSION_FAILED, {"formula": "1 / 0"}, ("do", 1), "rounds"),
    ],
)
def test_a_step_is_found_by_what_failed_in_it(gate, reason, values, place, field):
    fix = fixed(gate, reason, **values)
    assert (fix.place, fix.field) == (place, field)


def test_what_starts_it_and_how_combos_count():
    assert fixed("when:gift", Reason.NO_MATCH).place == ("when",)
    assert fixed("when:gift", Reason.COMBO_RUNNING).field == "react"


def test_a_part_that_is_gone_offers_nothing():
    assert fixed("do:levitate", Reason.NO_DEVICE) is None
    assert fix_for(trace(("only_if:chance", Reason.CONDITION_FALSE, {})), {"only_if": []}) is None
