"""Why a rule ran or not, and why a command was dropped: a sentence for each, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.core.expressions import Fault
from app.core.outcome import Drop, Reason, Step
from app.core.reasons import DROPS, DROPS_VI, FAULTS, REASONS, REASONS_VI
from app.core.sentences import drop_sentence, gate_title, step_sentence
from app.core.speech import CLOSE, OPEN, Speaker
from tests.app.core import strategies
from tests.app.core.making import engine, gift, rule

EN, VI = Speaker("en"), Speaker("vi")


def bare(text):
    return text.replace(OPEN, "").replace(CLOSE, "")


def passed(gate, *values, reason=Reason.PASSED):
    return Step(gate, passed=True, reason=reason, values=values)


def failed(gate, reason, *values):
    return Step(gate, passed=False, reason=reason, values=values)


@pytest.mark.parametrize(
    ("step", "en", "vi"),
    [
        (passed("when:follow"), "it fits", "phù hợp"),
        (
            passed("when:gift", ("amount", 12)),
            "it fits and counts as 12",
            "phù hợp, tính là 12",
        ),
        (
            failed("when:gift", Reason.NO_MATCH),
            "the rule is for something else",
            "quy tắc dành cho việc khác",
        ),
        (
            failed("when:gift", Reason.COMBO_RUNNING, ("total", 7)),
            "waiting for the combo to end, 7 so far",
            "chờ combo kết thúc, đã có 7",
        ),
        (
            failed("when:gift_any", Reason.BELOW_COINS, ("at_least", 500)),
            "only gifts of 500 coins or more",
            "chỉ nhận quà từ 500 xu trở lên",
        ),
        (
            passed("only_if:coins_at_least", ("value", 1200), ("at_least", 500)),
            "worth 1,200 coins, 500 or more",
            "trị giá 1.200 xu, từ 500 trở lên",
        ),
        (
            failed("only_if:coins_at_least", Reason.BELOW_COINS, ("value", 5), ("at_least", 500)),
            "worth 5 coins only, 500 are needed",
            "chỉ trị giá 5 xu, cần 500 xu",
        ),
        (
            failed("only_if:sender_is_follower", Reason.CONDITION_FALSE),
            "the sender is not a follower",
            "người gửi chưa theo dõi bạn",
        ),
        (
            failed("only_if:gone", Reason.CONDITION_FALSE),
            "a condition is not met",
            "một điều kiện chưa đúng",
        ),
        (
            failed("only_if:broken", Reason.EXPRESSION_FAILED, ("fault", "KeyError")),
            "a part of this rule does not work (KeyError)",
            "một phần của quy tắc này bị lỗi (KeyError)",
        ),
        (passed("rule"), "the rule is on", "quy tắc đang bật"),
        (failed("rule", Reason.RULE_OFF), "the rule is turned off", "quy tắc đang tắt"),
        (failed("rule", Reason.RULES_PAUSED), "rules are paused", "các quy tắc đang tạm dừng"),
        (failed("rule", Reason.STOPPED), "everything is stopped", "mọi thứ đang dừng"),
        (
            failed("rule", Reason.BACKLOG),
            "it happened before we connected",
            "xảy ra trước khi kết nối",
        ),
        (
            passed("limits:cooldown", ("cooldown_s", 2.0)),
            "the cooldown of 2 s is over",
            "đã nghỉ đủ 2 giây",
        ),
        (
            failed("limits:cooldown", Reason.COOLDOWN, ("left_s", 1.23)),
            "cooling down, 1.2 s left",
            "đang nghỉ, còn 1,2 giây",
        ),
        (
            failed("limits:cooldown", Reason.COOLDOWN, ("left_s", 12.6)),
            "cooling down, 13 s left",
            "đang nghỉ, còn 13 giây",
        ),
        (
            passed("limits:viewer_cooldown", ("cooldown_s", 2.0)),
            "this viewer's cooldown of 2 s is over",
            "đã cách lần trước của người xem này đủ 2 giây",
        ),
        (
            failed("limits:viewer_cooldown", Reason.COOLDOWN, ("left_s", 3.0)),
            "cooling down for this viewer, 3 s left",
            "người xem này phải chờ thêm 3 giây",
        ),
        (
            passed("limits:max_per_stream", ("runs", 2.0), ("most", 6)),
            "ran 2 of at most 6 times in this stream",
            "đã chạy 2/6 lần trong buổi LIVE này",
        ),
        (
            failed("limits:max_per_stream", Reason.MAX_PER_STREAM, ("most", 6)),
            "the limit of 6 per stream is reached",
            "đã đủ 6 lần cho một buổi LIVE",
        ),
        (
            passed("limits:ceiling", ("asked", 5.0), ("most", 20.0)),
            "5 of at most 20",
            "5, tối đa 20",
        ),
        (
            passed(
                "limits:ceiling",
                ("limited", "amount"),
                ("asked", 50.0),
                ("allowed", 20.0),
                reason=Reason.LIMITED,
            ),
            "cut down from 50 to 20",
            "giảm từ 50 xuống 20",
        ),
        (passed("do:rotate", ("device", "m1")), "goes to Motor 1", "gửi tới Motor 1"),
        (
            failed("do:rotate", Reason.NO_DEVICE, ("device", "motor")),
            "there is no device for this: the motor",
            "không có thiết bị phù hợp: động cơ",
        ),
        (
            failed("do:rotate", Reason.NO_DEVICE, ("device", "lost")),
            "there is no device for this: lost",
            "không có thiết bị phù hợp: lost",
        ),
        (
            failed("do:rotate", Reason.NO_DEVICE, ("device", "")),
            "no device is chosen",
            "chưa chọn thiết bị",
        ),
        (
            failed(
                "do:rotate",
                Reason.EXPRESSION_FAILED,
                ("formula", "1 / 0"),
                ("fault", "divided_by_zero"),
            ),
            "the formula “1 / 0” does not work: it divides by zero",
            "công thức “1 / 0” không tính được: chia cho 0",
        ),
        (
            failed("do:rotate", Reason.NOTHING_TO_DO),
            "it comes to zero, so there is nothing to do",
            "kết quả bằng 0 nên không cần làm gì",
        ),
        (
            failed("do", Reason.NOTHING_TO_DO),
            "it comes to zero, so there is nothing to do",
            "kết quả bằng 0 nên không cần làm gì",
        ),
        (
            passed("do:random_pick", ("picked", 2.0), ("choices", 3.0)),
            "chance took choice 2 of 3",
            "ngẫu nhiên chọn mục 2 trong 3",
        ),
        (passed("do:repeat", ("repeats", 12.0)), "12 times", "12 lần"),
        (
            failed(
                "only_if:count_compare",
                Reason.CONDITION_FALSE,
                ("count", 2),
                ("comparison", ">="),
                ("wanted", 1200),
            ),
            "the count is 2, wanted is at least 1,200",
            "số lượng là 2, cần ít nhất 1.200",
        ),
        (
            failed(
                "only_if:all",
                Reason.CONDITION_FALSE,
                ("part", "not/sender_is_follower"),
            ),
            "the sender is a follower",
            "người gửi đã theo dõi bạn",
        ),
        (passed("new_gate"), "passed", "đạt"),
        (
            failed("when:gift", Reason.COMBO_RUNNING),
            "waiting for the combo to end, … so far",
            "chờ combo kết thúc, đã có …",
        ),
    ],
)
def test_each_step_of_a_trace_is_a_sentence(step, en, vi):
    for language, expected in (("en", en), ("vi", vi)):
        speaker = Speaker(language, lambda device: {"m1": "Motor 1"}.get(device, ""))
        assert bare(step_sentence(step, speaker)) == expected


@given(strategies.rules(), strategies.events)
def test_every_trace_of_the_engine_can_be_said_in_full(made, event):
    machine = engine(made)
    for trace in machine.explain(event, 0.0, strategies.OPEN).traces:
        for step in trace.steps:
            for speaker in (EN, VI):
                text = step_sentence(step, speaker)
                assert text
                assert "…" not in text
                assert "{" not in text


def test_a_real_trace_reads_well():
    made = rule(only_if=[{"key": "coins_at_least", "coins": 5}], limits={"ceiling": 3})
    (trace,) = engine(made).handle(gift(count=9), 0.0, strategies.OPEN).traces
    assert [f"{gate_title(s.gate)}: {step_sentence(s, EN)}" for s in trace.steps] == [
        "When: it fits and counts as 9",
        "Only if: worth 9 coins, 5 or more",
        "Rule: the rule is on",
        "Limits: cut down from 9 to 3",
        "Do: goes to motor-1",
    ]


def test_every_reason_drop_fault_and_gate_has_its_words():
    assert set(REASONS) == set(REASONS_VI) == set(Reason)
    assert set(DROPS) == set(DROPS_VI) == set(Drop)
    assert set(FAULTS) == set(Fault)
    for drop in Drop:
        assert drop_sentence(drop) == DROPS[drop]
        assert drop_sentence(drop, "vi") == DROPS_VI[drop]
    assert gate_title("only_if:any", "vi") == "Chỉ khi"
    assert gate_title("strange") == "strange"
