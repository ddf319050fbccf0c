"""Every code the core may send has words, in both languages."""

import inspect
import re

import pytest

from app.core.links import LinkReason
from app.core.notices import NOTICE_WORDS, NoticeCode
from app.core.outcome import Drop, Reason, Stage
from app.core.verbs import VERBS
from app.gateway import (
    device_room,
    device_tests,
    past_room,
    pretend,
    room,
    rule_room,
    rulefiles,
    together_room,
    try_room,
)
from app.gateway.views import NoticeView, TraceStepView
from app.gui import status, words
from tests.app.gui.sample import row

REFUSALS = {
    "busy",
    "bad_edit",
    "bad_event",
    "bad_name",
    "bad_rule",
    "bad_variable",
    "cannot_run",
    "consent_needed",
    "in_use",
    "main_profile",
    "name_taken",
    "no_history",
    "other_profile",
    "rules_paused",
    "stale",
    "too_many",
    "bad_instruction",
    "bad_settings",
    "bad_value",
    "no_file",
    "not_armed",
    "not_begun",
    "not_found",
    "not_needed",
    "not_saved",
    "stopped",
    "unknown_capability",
    "unknown_device",
    "unknown_driver",
    "unknown_event",
    "unknown_request",
    "wrong_phrase",
}


@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize("why", [r.value for r in Reason] + [d.value for d in Drop if d.value])
def test_every_reason_is_a_sentence(language, code, why):
    language.choose(code)
    said = words.reason(why, {})
    assert said
    assert "_" not in said
    assert "{" not in said


@pytest.mark.parametrize("stage", [s.value for s in Stage])
def test_every_stage_has_words(stage):
    assert words.stage(stage) != stage


@pytest.mark.parametrize("verb", VERBS)
def test_every_instruction_has_words(verb):
    args = {"rounds": 12.0, "rpm": 100.0, "times": 2, "level": 0.4, "effect": "party", "on": True}
    said = words.instruction(verb, args)
    assert said
    assert "_" not in said
    assert "{" not in said


def test_an_instruction_reads_well(language):
    rotate = {"rounds": 12.0, "rpm": 100.0}
    assert words.instruction("rotate", rotate) == "12 rounds at 100 RPM"
    assert words.instruction("rotate", {"rounds": 1.0, "rpm": 30.0}) == "1 round at 30 RPM"
    assert words.instruction("rotate", {"rounds": 2.5, "rpm": 30.0}) == "2.5 rounds at 30 RPM"
    language.choose("vi")
    assert words.instruction("rotate", rotate) == "12 vòng ở 100 vòng/phút"


@pytest.mark.parametrize("kind", ["gift", "like", "follow", "share", "join", "chat", "subscribe",
                                  "battle", "stream", "notice"])  # fmt: skip
@pytest.mark.parametrize("result", ["ran", "skipped", "stopped", "failed", "none", "waiting"])
def test_every_kind_of_row_is_worded(kind, result):
    lines = words.feed_lines(row(0, kind, who="a", result=result, reason="offline", rule_name="R"))
    assert lines.who
    assert lines.result
    assert "{" not in lines.spoken


def test_what_was_cut_down_is_said():
    lines = words.feed_lines(
        row(0, gift="Rose", count=40, result="ran", rule_name="Spin", device="Motor 1",
            instruction="rotate", args={"rounds": 40.0, "rpm": 100.0},
            values={"limited": "rounds", "asked": 40.0, "allowed": 20.0}, more=2)
    )  # fmt: skip
    assert lines.result == "Spin → Motor 1: 20 rounds at 100 RPM · and 2 more · cut down to 20"


@pytest.mark.parametrize(
    ("fields", "symbol", "said"),
    [
        ({"result": "waiting", "reason": "queued"}, "clock",
         "Spin → Motor 1: 40 rounds at 100 RPM · in line"),
        ({"result": "stopped", "reason": "stopped"}, "stop", "Spin was cut off by STOP"),
        ({"result": "skipped", "reason": "interrupted", "rule_name": ""}, "clock",
         "Not sent: it was interrupted"),
    ],
)  # fmt: skip
def test_a_row_says_no_more_than_what_has_become_true(fields, symbol, said):
    ran = {"rule_name": "Spin", "device": "Motor 1", "instruction": "rotate",
           "args": {"rounds": 40.0, "rpm": 100.0}}  # fmt: skip
    lines = words.feed_lines(row(0, gift="Rose", count=40, **{**ran, **fields}))
    assert (lines.symbol, lines.result) == (symbol, said)


def test_odd_braces_of_a_driver_from_elsewhere_break_no_list():
    values = {"n": "2", "own": 3.0}
    lines = words.feed_lines(
        row(0, gift="Rose", result="failed", rule_name="Spin", said="Tube {n} {is {!} empty",
            values=values)
    )  # fmt: skip
    assert lines.result == "Spin could not run: Tube 2 {is {!} empty"


def test_only_rows_that_gather_say_that_they_gather():
    assert "10 s" in words.gathered(row(0, "like", count=3))
    assert words.gathered(row(0, gift="Rose")) == ""


def test_pretend_gifts_are_marked():
    assert "practice" in words.feed_lines(row(0, gift="Rose", count=1, source="pretend")).what


def test_a_gate_is_told_with_its_values():
    view = TraceStepView(
        gate="limits:cooldown", passed=False, reason="cooldown", values={"left_s": 1.2}
    )
    assert words.step(view, {}) == "Limits: cooling down, 1.2 s left"
    view = TraceStepView(gate="do", passed=True, reason="passed", values={"device": "m1"})
    assert words.step(view, {"m1": "Motor 1"}).rstrip("\u2069").endswith("Motor 1")


@pytest.mark.parametrize("code", NoticeCode)
def test_every_notice_has_words(code):
    values = {"folder": "f", "file": "a", "kept": "b", "key": "k", "variable": "V"}
    sentence, hint = status.notice_words(
        NoticeView(key="k", level="info", code=code, values=values)
    )
    assert sentence
    assert "{" not in sentence + hint
    assert code in NOTICE_WORDS


@pytest.mark.parametrize("language_code", ["en", "vi"])
@pytest.mark.parametrize("code", [*sorted(REFUSALS), *LinkReason, *NoticeCode])
def test_every_refusal_of_the_core_has_words(language, language_code, code):
    language.choose(language_code)
    said = words.failure(str(code), {})
    assert said
    assert "{" not in said
    assert "_" not in said


def test_the_refusals_are_those_of_the_core():
    devices = (device_room, device_tests, together_room)
    rooms = (room, past_room, rule_room, try_room, pretend, rulefiles, *devices)
    source = "".join(inspect.getsource(one) for one in rooms)
    found = set(re.findall(r'(?:RefusedError\(|code=|code = )"(\w+)"', source))
    assert found | {"bad_rule"} == REFUSALS


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("not_connected", "The engine is not connected. Try again in a moment."),
        ("bad_user_name", "This is not a TikTok user name."),
        ("queue_full", "That did not work: too many were waiting."),
        ("setting_wrong", "This value does not fit the setting …."),
        ("anything_new", "That did not work (anything_new)."),
        ("", "That did not work."),
    ],
)
def test_every_refusal_says_something(code, said):
    assert words.failure(code, {}).startswith(said)
