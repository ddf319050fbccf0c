"""Rules, steps and drops in whole sentences: golden in both languages, and no slot unfilled."""

from __future__ import annotations

import string

import pytest
from hypothesis import given

from app.core import parts as parts_module
from app.core.comparing import OPERATOR_SENTENCES, WANTED
from app.core.outcome import Drop, Reason
from app.core.parts import Action, Condition, Say, Trigger, parts
from app.core.reasons import DROPS, DROPS_VI, FAULTS, GATES, REASONS, REASONS_VI, STEPS
from app.core.sentences import (
    LIMIT_SENTENCES,
    rule_segments,
    rule_text,
)
from app.core.speech import CLOSE, OPEN, Segment, Speaker
from tests.app.core import strategies
from tests.app.core.making import rule

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
            "tính tối đa 20, nghỉ 2 giây, nghỉ 30 giây với mỗi người xem, tối đa 6 lần mỗi buổi LIVE, "
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
            "nghỉ 60 giây với mỗi người xem",
        ),
        ({"max_per_stream": 1}, "at most 1 time per stream", "tối đa 1 lần mỗi buổi LIVE"),
        ({"policy": "queue"}, "waits in line if busy", "xếp hàng nếu bận"),
        ({"policy": "latest"}, "replaces what runs if busy", "thay lệnh đang chạy nếu bận"),
        ({"policy": "drop"}, "is dropped if busy", "bỏ qua nếu bận"),
        ({"policy": "add"}, "adds up if busy", "cộng dồn nếu bận"),
        ({"device_cooldown_s": 5}, "cooldown 5 s for each device", "nghỉ 5 giây với mỗi thiết bị"),
        ({"max_per_hour": 12}, "at most 12 times per hour", "tối đa 12 lần mỗi giờ"),
        (
            {"owed_for_s": 3600},
            "what could not run is owed for 1 h",
            "chưa chạy được thì ghi nợ 1 giờ",
        ),
    ],
)
def test_each_limit_has_its_clause(limits, en, vi):
    made = rule(do=[{"key": "flash"}], limits=limits)
    assert in_both(made) == [
        f"When Rose arrives, flash the light white 3 times; {en}.",
        f"Khi nhận Rose, nháy đèn màu trắng 3 lần; {vi}.",
    ]


@pytest.mark.parametrize(
    ("fields", "en", "vi"),
    [
        ({"mode": "single"}, "is left out while it still runs", "bỏ qua khi lần trước chưa xong"),
        (
            {"mode": "restart"},
            "starts over if it still runs",
            "chạy lại từ đầu nếu lần trước chưa xong",
        ),
        ({"mode": "queued"}, "waits until its last run is over", "chờ lần trước chạy xong"),
        (
            {"mode": "queued", "limits": {"max_queued": 3}},
            "waits until its last run is over, 3 at most",
            "chờ lần trước chạy xong, tối đa 3 lần chờ",
        ),
        ({"priority": 2}, "goes before others", "được ưu tiên"),
        ({"priority": -1}, "goes after others", "nhường quy tắc khác"),
    ],
)
def test_how_it_runs_has_its_clause(fields, en, vi):
    assert in_both(rule(do=[{"key": "flash"}], **fields)) == [
        f"When Rose arrives, flash the light white 3 times; {en}.",
        f"Khi nhận Rose, nháy đèn màu trắng 3 lần; {vi}.",
    ]


def test_what_is_off_is_not_said():
    made = rule(
        only_if=[
            {"key": "sender_is_follower", "on": False},
            {
                "key": "any",
                "of": [{"key": "sender_is_moderator"}, {"key": "sender_is_follower", "on": False}],
            },
        ],
        do=[{"key": "flash", "on": False}, {"key": "switch_on"}],
    )
    assert in_both(made)[0] == (
        "When Rose arrives, only if the sender is a moderator, switch on the relay for 3 s."
    )
    silent = rule(
        only_if=[{"key": "sender_is_follower", "on": False}], do=[{"key": "flash", "on": False}]
    )
    assert in_both(silent)[0] == "When Rose arrives, choose what to do."


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
        "a gift (choose one)",
        "a condition (choose one)",
        "a device (choose one)",
    ]
    empty = rule_segments(rule(when={"key": "chat_command"}, do=[]), VI)
    assert [s.text for s in empty if s.role == "missing"] == [
        "lệnh (hãy nhập)",
        "chọn việc cần làm",
    ]


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
                yield from (kind.held, kind.failed, *kind.cases.values())
    yield from (*LIMIT_SENTENCES.values(), *STEPS.values(), *FAULTS.values(), *GATES.values())
    yield from (*OPERATOR_SENTENCES.values(), *WANTED.values())
    yield from (Say(REASONS[reason], REASONS_VI[reason]) for reason in Reason)
    yield from (Say(DROPS[drop], DROPS_VI[drop]) for drop in Drop)


@pytest.mark.parametrize("say", list(all_says()), ids=lambda say: say.en or "nothing")
def test_both_languages_are_there_with_the_same_slots(say):
    def slots(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert bool(say.en) == bool(say.vi)
    assert slots(say.en) == slots(say.vi)


def test_parts_say_nothing_of_their_own_by_default():
    class Plain(parts_module.Trigger):
        key = "plain"
        sentence = Say("it happens", "việc xảy ra")

        def match(self, occasion):
            raise NotImplementedError

    assert EN.clause(Plain(), "when") == (Segment("when", "it happens"),)
