"""The activity list: combos grow in one row, groups gather, deliveries settle the result."""

import dataclasses

import pytest

from app.core.events import Battle, BattleStage, Chat, Gift, Like, Source, Viewer, ViewerCount
from app.core.outcome import Command, Delivery, Drop, Outcome, Reason, Stage, Step, Trace
from app.gateway.feed import Feed
from drivers.contract import Rotate

MINH = Viewer(id=7, handle="minh_anh")
ROSE = Gift(
    id="g1",
    at_ms=1_000,
    viewer=MINH,
    gift_id=5655,
    name="Rose",
    coins=1,
    count=1,
    total=1,
    final=False,
    streak="s1",
)
RAN = Trace("r1", "Spin for roses", (Step("when", True, Reason.PASSED),))
COOLING = Trace(
    "r1", "Spin for roses", (Step("cooldown", False, Reason.COOLDOWN, (("left", 1.2),)),)
)
SPIN = Command("g1/r1/0", "m1", "motor", Rotate(1, 100), 99.0, event_id="g1", rule_id="r1")


@pytest.fixture
def feed():
    return Feed(lambda device_id: {"m1": "Motor 1"}.get(device_id, ""), capacity=50)


def delivery(stage, *, drop=Drop.NONE, event_id="g1", limited=()):
    return Delivery("g1/r1/0", "m1", event_id, "r1", stage, 1.0, 1_000, drop, limited)


def test_a_combo_is_one_row_that_counts_up(feed):
    for total in range(1, 13):
        step = dataclasses.replace(ROSE, id=f"g{total}", total=total, final=total == 12)
        feed.on_outcome(Outcome(step, (), ()))
    rows, skipped = feed.take()
    assert [(row.gift, row.count, row.final) for row in rows] == [("Rose", 12, True)]
    assert skipped == 0


def test_a_rule_that_ran_names_its_device_and_instruction(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.SENT))
    (row,), _ = feed.take()
    assert (row.result, row.rule_name, row.device) == ("ran", "Spin for roses", "Motor 1")
    assert (row.instruction, row.args["rounds"]) == ("rotate", 1)


@pytest.mark.parametrize("trace", [RAN, COOLING])
def test_a_battle_keeps_its_score_whatever_its_rule_did(feed, trace):
    battle = Battle(
        id="b1", at_ms=1, battle_id=1, stage=BattleStage.WON, own_score=20, other_score=10
    )
    feed.on_outcome(Outcome(battle, (), (trace,)))
    (row,), _ = feed.take()
    assert (row.values["own"], row.values["other"]) == (20.0, 10.0)


def test_a_row_opens_the_receipt_of_the_event_that_ran_not_of_the_end_of_its_combo(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.SENT))
    silent = Trace("r1", "Spin for roses", (Step("when", False, Reason.NO_MATCH),))
    end = dataclasses.replace(ROSE, id="g2", count=0, final=True)
    feed.on_outcome(Outcome(end, (), (silent,)))
    (row,), _ = feed.take()
    assert (row.event_id, row.result, row.final) == ("g1", "ran", True)


def test_a_row_with_whole_numbers_is_sent_without_a_complaint(feed):
    step = Step("when", False, Reason.COMBO_RUNNING, (("count", 11), ("gift", "Rose")))
    feed.on_outcome(Outcome(ROSE, (), (Trace("r1", "Spin for roses", (step,)),)))
    (row,), _ = feed.take()
    assert '"count":11.0' in row.model_dump_json()


def test_a_rule_that_was_stopped_names_its_reason_and_values(feed):
    feed.on_outcome(Outcome(ROSE, (), (COOLING,)))
    (row,), _ = feed.take()
    assert (row.result, row.reason, row.values) == ("skipped", "cooldown", {"left": 1.2})


def test_an_event_without_a_rule_stands_there_without_a_result(feed):
    feed.on_outcome(Outcome(ROSE, (), ()))
    (row,), _ = feed.take()
    assert row.result == "none"


@pytest.mark.parametrize(
    ("stage", "drop", "result", "reason"),
    [
        (Stage.FAILED, Drop.NO_ANSWER, "failed", "no_answer"),
        (Stage.DROPPED, Drop.TOO_OLD, "skipped", "too_old"),
        (Stage.DONE, Drop.NONE, "ran", ""),
    ],
)
def test_what_became_of_the_command_settles_the_row(feed, stage, drop, result, reason):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.take()
    feed.on_delivery(delivery(stage, drop=drop))
    (row,), _ = feed.take()
    assert (row.result, row.reason) == (result, reason)


def test_a_row_waits_until_its_command_was_sent(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.QUEUED))
    (row,), _ = feed.take()
    assert (row.result, row.reason, row.instruction) == ("waiting", "queued", "rotate")
    feed.on_delivery(delivery(Stage.SENT))
    (row,), _ = feed.take()
    assert (row.result, row.reason) == ("ran", "")


def test_a_rule_that_ran_without_a_command_waits_for_nothing(feed):
    feed.on_outcome(Outcome(ROSE, (), (RAN,)))
    (row,), _ = feed.take()
    assert row.result == "ran"


def test_stop_before_a_command_was_sent_skips_it_and_later_cuts_it_off(feed):
    results = []
    for stages in ((), (Stage.SENT, Stage.ACKED)):
        feed.clear()
        feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
        for stage in (*stages, Stage.STOPPED):
            feed.on_delivery(
                delivery(stage, drop=Drop.STOPPED if stage is Stage.STOPPED else Drop.NONE)
            )
        results += [(row.result, row.reason) for row in feed.rows()]
    assert results == [("skipped", "stopped"), ("stopped", "stopped")]


def test_the_rest_of_a_combo_does_not_hide_that_stop_cut_it_off(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.SENT))
    feed.on_delivery(delivery(Stage.STOPPED, drop=Drop.STOPPED))
    held = Trace("r1", "Spin for roses", (Step("running", False, Reason.STOPPED),))
    feed.on_outcome(Outcome(dataclasses.replace(ROSE, id="g2", total=2), (), (held,)))
    (row,) = feed.rows()
    assert (row.result, row.event_id, row.count) == ("stopped", "g1", 2)


def test_a_tick_never_hides_that_another_command_of_the_gift_went_wrong(feed):
    flash = dataclasses.replace(SPIN, id="g1/r1/1", device_id="l1")
    feed.on_outcome(Outcome(ROSE, (SPIN, flash), (RAN,)))
    dropped = dataclasses.replace(
        delivery(Stage.DROPPED, drop=Drop.OFFLINE), command_id=flash.id, device_id="l1"
    )
    feed.on_delivery(dropped)
    feed.on_delivery(delivery(Stage.ACKED))
    (row,), _ = feed.take()
    assert (row.result, row.reason) == ("skipped", "offline")


def test_trouble_with_an_early_step_of_a_combo_is_told_and_opened(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.SENT))
    second = dataclasses.replace(SPIN, id="g2/r1/0", event_id="g2")
    feed.on_outcome(Outcome(dataclasses.replace(ROSE, id="g2", total=2), (second,), (RAN,)))
    (row,) = feed.rows()
    assert (row.result, row.event_id) == ("ran", "g2")
    feed.on_delivery(delivery(Stage.FAILED, drop=Drop.NO_ANSWER))
    (row,) = feed.rows()
    assert (row.result, row.reason, row.event_id) == ("failed", "no_answer", "g1")


def test_a_delivery_cut_down_by_the_device_tells_from_what_to_what(feed):
    feed.on_outcome(Outcome(ROSE, (SPIN,), (RAN,)))
    feed.on_delivery(delivery(Stage.SENT, limited=(("rounds", 300.0, 200.0),)))
    (row,), _ = feed.take()
    assert row.values == {"limited": "rounds", "asked": 300.0, "allowed": 200.0}


def test_a_delivery_of_an_unknown_event_changes_nothing(feed):
    feed.on_delivery(delivery(Stage.DONE, event_id="elsewhere"))
    assert feed.take() == ((), 0)


def test_likes_of_ten_seconds_are_one_row(feed):
    for number in range(20):
        like = Like(
            id=f"l{number}", at_ms=number * 900, viewer=Viewer(number + 1, "a"), count=3, total=0
        )
        feed.on_outcome(Outcome(like, (), ()))
    rows, _ = feed.take()
    assert [(row.count, row.people) for row in rows] == [(36, 12), (24, 8)]


def test_chat_and_viewer_counts_stay_out_unless_a_rule_considered_them(feed):
    chat = Chat(id="c", at_ms=0, viewer=MINH, text="hi")
    feed.on_outcome(Outcome(chat, (), ()))
    feed.on_outcome(Outcome(ViewerCount(id="v", at_ms=0, count=3), (), ()))
    assert feed.take() == ((), 0)
    feed.on_outcome(Outcome(chat, (), (COOLING,)))
    (row,), _ = feed.take()
    assert row.text == "hi"


def test_a_flood_hands_out_the_newest_rows_and_counts_the_rest():
    feed = Feed(str, capacity=300)
    for number in range(250):
        feed.on_outcome(
            Outcome(dataclasses.replace(ROSE, id=f"g{number}", streak=f"s{number}"), (), ())
        )
    rows, skipped = feed.take()
    assert len(rows) == 100
    assert skipped == 150
    assert rows[-1].event_id == "g249"


def test_memory_is_bounded(feed):
    for number in range(5_000):
        feed.on_outcome(
            Outcome(dataclasses.replace(ROSE, id=f"g{number}", streak=f"s{number}"), (), ())
        )
    assert len(feed.rows()) == 50
    feed.clear()
    assert feed.rows() == ()


def test_the_source_is_told(feed):
    feed.on_outcome(Outcome(dataclasses.replace(ROSE, source=Source.PRETEND), (), ()))
    (row,), _ = feed.take()
    assert row.source == "pretend"
