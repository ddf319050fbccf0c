"""Other rules: on, off, running, and when they ran."""

from __future__ import annotations

import pytest

from app.core.conditions.rule_state import RuleState
from app.core.parts import Facts
from app.core.speech import Speaker
from app.core.world import RuleFacts
from tests.app.core.making import gift
from tests.app.core.places import Known, told

ON = RuleFacts(known=True, on=True)
OFF = RuleFacts(known=True)
RUNNING = RuleFacts(known=True, on=True, running=2, runs=3, last_run_ago_s=5.0)
LONG_AGO = RuleFacts(known=True, on=True, runs=1, last_run_ago_s=90.0)
NONE = RuleFacts()


def with_rule(seen):
    return Facts(gift(), state=Known(rules={"r1": seen}))


@pytest.mark.parametrize(
    ("state", "seen", "passed", "en", "vi"),
    [
        ("on", ON, True, "the rule Spin is on", "quy tắc Spin đang bật"),
        ("on", OFF, False, "the rule Spin is off", "quy tắc Spin đang tắt"),
        ("off", OFF, True, "the rule Spin is off", "quy tắc Spin đang tắt"),
        ("off", ON, False, "the rule Spin is on", "quy tắc Spin đang bật"),
        ("running", RUNNING, True, "the rule Spin is running", "quy tắc Spin đang chạy"),
        ("running", ON, False, "the rule Spin is not running", "quy tắc Spin không chạy"),
        ("idle", ON, True, "the rule Spin is not running", "quy tắc Spin không chạy"),
        ("idle", RUNNING, False, "the rule Spin is running", "quy tắc Spin đang chạy"),
        ("ran", RUNNING, True, "the rule Spin ran 5 s ago", "quy tắc Spin đã chạy cách đây 5 giây"),
        (
            "ran",
            LONG_AGO,
            False,
            "the rule Spin ran 90 s ago",
            "quy tắc Spin đã chạy cách đây 90 giây",
        ),
        ("ran", ON, False, "the rule Spin has not run yet", "quy tắc Spin chưa chạy lần nào"),
        (
            "never",
            ON,
            True,
            "the rule Spin has not run in this LIVE",
            "quy tắc Spin chưa chạy trong buổi LIVE này",
        ),
        (
            "never",
            RUNNING,
            False,
            "the rule Spin ran 3 times in this LIVE",
            "quy tắc Spin đã chạy 3 lần trong buổi LIVE này",
        ),
        ("off", NONE, False, "there is no such rule: Spin", "không có quy tắc này: Spin"),
    ],
)
def test_it_holds_in_its_state_and_tells_how_it_was(state, seen, passed, en, vi):
    condition = RuleState(rule="r1", state=state)
    assert condition.holds(with_rule(seen)).passed is passed
    assert told(condition, with_rule(seen)) == (en, vi)


@pytest.mark.parametrize(
    ("state", "en", "vi"),
    [
        ("on", "the rule “Spin” is on", "quy tắc “Spin” đang bật"),
        ("off", "the rule “Spin” is off", "quy tắc “Spin” đang tắt"),
        ("running", "the rule “Spin” is running", "quy tắc “Spin” đang chạy"),
        ("idle", "the rule “Spin” is not running", "quy tắc “Spin” không chạy"),
        ("ran", "the rule “Spin” ran within 1 min", "quy tắc “Spin” đã chạy trong 1 phút qua"),
        (
            "never",
            "the rule “Spin” has not run in this LIVE",
            "quy tắc “Spin” chưa chạy trong buổi LIVE này",
        ),
    ],
)
def test_it_says_the_state(state, en, vi):
    condition = RuleState(rule="r1", state=state)
    for language, expected in (("en", en), ("vi", vi)):
        speaker = Speaker(language, rule_name={"r1": "Spin"}.get)
        text = "".join(piece.text for piece in speaker.clause(condition, "iff"))
        assert text.replace("\u2068", "").replace("\u2069", "") == expected
    nothing = "".join(piece.text for piece in Speaker().clause(RuleState(), "iff"))
    assert nothing == "the rule (choose one) is on"
