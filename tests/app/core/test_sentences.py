"""Rules, steps and drops in whole sentences: golden in both languages, and no slot unfilled."""

from __future__ import annotations

import string

import pytest
from hypothesis import given

from app.core import parts as parts_module
from app.core.expressions import Fault
from app.core.outcome import Drop, Reason, Step
from app.core.parts import Action, Condition, Say, Trigger, parts
from app.core.reasons import DROPS, DROPS_VI, FAULTS, GATES, REASONS, REASONS_VI, STEPS
from app.core.sentences import (
    LIMIT_SENTENCES,
    drop_sentence,
    gate_title,
    rule_segments,
    rule_text,
    step_sentence,
)
from app.core.speech import CLOSE, OPEN, Segment, Speaker
from tests.app.core import strategies
from tests.app.core.making import engine, gift, rule

EN, VI = Speaker("en"), Speaker("vi")
SPIN_AT_100 = {"key": "rotate", "rounds": "count", "rpm": 100}


def bare(text):
    return text.replace(OPEN, "").replace(CLOSE, "")


def in_both(made, **options):
    return [bare(rule_text(made, speaker, **options)) for speaker in (EN, VI)]


# ---------------------------------------------------------------------------------- rules


def test_a_plain_rule():
    assert in_both(rule(do=[{"key": "flash"}])) == [
        "When Rose arrives, flash the light white 3 times.",
        "Khi nhận Rose, nháy đèn màu trắng 3 lần.",
    ]


def test_a_rule_with_everything():
    made = rule(
        when={"key": "gift", "gifts": [{"name": "Rose"}, {"name": "Lion"}]},
        only_if=[
            {"key": "coins_at_least", "coins": 100},
            {"key": "any", "of": [{"key": "sender_is_follower"}, {"key": "sender_is_moderator"}]},
        ],
        do=[SPIN_AT_100, {"key": "flash", "color": "#00ff00"}],
        limits={
            "ceiling": 20,
            "cooldown_s": 2,
            "viewer_cooldown_s": 30,
            "max_per_stream": 6,
            "policy": "queue",
        },
        react="total",
    )
    assert in_both(made) == [
        (
            "When Rose or Lion arrives, only if worth 100 coins or more and (the sender is a follower "
            "or the sender is a moderator), rotate the motor by 1 round per gift at up to 100 RPM, then "
            "flash the light green 3 times; counted once when the combo ends, at most 20 counted at "
            "once, cooldown 2 s, cooldown 30 s for each viewer, at most 6 times per stream, waits in "
            "line if busy."
        ),
        (
            "Khi nhận Rose hoặc Lion, chỉ khi trị giá từ 100 xu trở lên và (người gửi đã theo dõi bạn "
            "hoặc người gửi là người kiểm duyệt), cho động cơ quay 1 vòng mỗi món quà với tốc độ tối đa "
            "100 vòng/phút, rồi nháy đèn màu xanh lá 3 lần; tính một lần khi combo kết thúc, mỗi lần "
            "tính tối đa 20, nghỉ 2 giây, mỗi người xem cách nhau 30 giây, tối đa 6 lần mỗi buổi LIVE, "
            "xếp hàng nếu bận."
        ),
    ]


@pytest.mark.parametrize(
    ("limits", "en", "vi"),
    [
        ({"ceiling": 20}, "at most 20 counted at once", "mỗi lần tính tối đa 20"),
        ({"cooldown_s": 1.5}, "cooldown 1.5 s", "nghỉ 1,5 giây"),
        (
            {"viewer_cooldown_s": 60},
            "cooldown 60 s for each viewer",
            "mỗi người xem cách nhau 60 giây",
        ),
        ({"max_per_stream": 1}, "at most 1 time per stream", "tối đa 1 lần mỗi buổi LIVE"),
        ({"policy": "queue"}, "waits in line if busy", "xếp hàng nếu bận"),
        ({"policy": "latest"}, "replaces what runs if busy", "thay lệnh đang chạy nếu bận"),
        ({"policy": "drop"}, "is skipped if busy", "bỏ qua nếu bận"),
    ],
)
def test_each_limit_has_its_clause(limits, en, vi):
    made = rule(do=[{"key": "flash"}], limits=limits)
    assert in_both(made) == [
        f"When Rose arrives, flash the light white 3 times; {en}.",
        f"Khi nhận Rose, nháy đèn màu trắng 3 lần; {vi}.",
    ]


def test_only_gifts_can_wait_for_a_combo_to_end():
    made = rule(when={"key": "follow"}, do=[{"key": "flash"}], react="total")
    assert in_both(made)[0] == "When a new follower arrives, flash the light white 3 times."


def test_what_count_means_follows_the_trigger():
    made = rule(when={"key": "follow"}, do=[SPIN_AT_100])
    assert in_both(made) == [
        "When a new follower arrives, rotate the motor by 1 round each time at up to 100 RPM.",
        "Khi có người theo dõi mới, cho động cơ quay 1 vòng mỗi lần với tốc độ tối đa 100 vòng/phút.",
    ]


def test_a_list_shows_two_steps_and_the_editor_all():
    made = rule(do=[{"key": "flash"}, {"key": "switch_on"}, {"key": "pulse"}, {"key": "pulse"}])
    assert in_both(made)[0] == (
        "When Rose arrives, flash the light white 3 times, then switch on the relay for 3 s, and "
        "2 more steps."
    )
    assert in_both(made, full=True)[0].count("then") == 3


def test_a_draft_shows_what_is_missing_in_a_role_of_its_own():
    draft = rule(
        when={"key": "gift"},
        only_if=[{"key": "all", "of": []}],
        do=[{"key": "rotate", "device": "lost-device", "rounds": 1}],
    )
    segments = rule_segments(draft, EN)
    assert [s.text for s in segments if s.role == "missing"] == [
        "choose a gift",
        "choose a condition",
        "choose a device",
    ]
    empty = rule_segments(rule(when={"key": "chat_command"}, do=[]), VI)
    assert [s.text for s in empty if s.role == "missing"] == ["nhập lệnh", "chọn việc cần làm"]


def test_segments_carry_the_role_of_their_clause():
    made = rule(
        only_if=[{"key": "sender_is_follower"}], do=[{"key": "flash"}], limits={"cooldown_s": 2}
    )
    assert rule_segments(made, EN) == (
        Segment("plain", "When "),
        Segment("when", f"{OPEN}Rose{CLOSE} arrives"),
        Segment("plain", ", only if "),
        Segment("iff", "the sender is a follower"),
        Segment("plain", ", "),
        Segment("do", "flash the light white 3 times"),
        Segment("plain", "; "),
        Segment("limit", "cooldown 2 s"),
        Segment("plain", "."),
    )


@given(strategies.rules())
def test_no_slot_of_any_rule_stays_unfilled(made):
    for speaker in (EN, VI):
        for full in (True, False):
            text = rule_text(made, speaker, full=full)
            assert "{" not in text
            assert text.endswith(".")


def all_says():
    for base in (Trigger, Condition, Action):
        for kind in parts(base).found.values():
            yield from (kind.sentence, *kind.sentences)
            if issubclass(kind, Condition):
                yield from (kind.held, kind.failed)
    yield from (*LIMIT_SENTENCES.values(), *STEPS.values(), *FAULTS.values(), *GATES.values())
    yield from (Say(REASONS[reason], REASONS_VI[reason]) for reason in Reason)
    yield from (Say(DROPS[drop], DROPS_VI[drop]) for drop in Drop)


@pytest.mark.parametrize("say", list(all_says()), ids=lambda say: say.en or "nothing")
def test_both_languages_are_there_with_the_same_slots(say):
    def slots(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert bool(say.en) == bool(say.vi)
    assert slots(say.en) == slots(say.vi)


# ---------------------------------------------------------------------------------- traces


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
            "việc này xảy ra trước khi kết nối",
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
            "người xem này đã nghỉ đủ 2 giây",
        ),
        (
            failed("limits:viewer_cooldown", Reason.COOLDOWN, ("left_s", 3.0)),
            "cooling down for this viewer, 3 s left",
            "người xem này phải chờ thêm 3 giây",
        ),
        (
            passed("limits:max_per_stream", ("runs", 2.0), ("most", 6)),
            "ran 2 of at most 6 times in this stream",
            "đã chạy 2 trên tối đa 6 lần trong buổi này",
        ),
        (
            failed("limits:max_per_stream", Reason.MAX_PER_STREAM, ("most", 6)),
            "the most for one stream, 6, is reached",
            "đã đủ 6 lần cho một buổi LIVE",
        ),
        (
            passed("limits:ceiling", ("asked", 5.0), ("most", 20.0)),
            "5 of at most 20",
            "5 trên tối đa 20",
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
            "công thức “1 / 0” không tính được: chia cho số không",
        ),
        (
            failed("do:rotate", Reason.NOTHING_TO_DO),
            "it comes to zero, so there is nothing to do",
            "kết quả bằng không nên không cần làm gì",
        ),
        (
            failed("do", Reason.NOTHING_TO_DO),
            "it comes to zero, so there is nothing to do",
            "kết quả bằng không nên không cần làm gì",
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


def test_parts_say_nothing_of_their_own_by_default():
    class Plain(parts_module.Trigger):
        key = "plain"
        sentence = Say("it happens", "việc xảy ra")

        def match(self, occasion):
            raise NotImplementedError

    assert EN.clause(Plain(), "when") == (Segment("when", "it happens"),)
