"""Streams played against rules, with sums that can be worked out by hand."""

import pytest

from app.backtest.play import Play
from app.core import rules as document_of
from app.core.events import Gift, StreamStarted, Viewer
from app.devices.config import DeviceConfig
from app.store.devicefile import DeviceFile
from drivers.contract import Capability, Hazard, Kind, Limits

ANN, BEN = Viewer(1, "ann"), Viewer(2, "ben")
MOTOR = DeviceConfig(
    "m1",
    "Spinner",
    "giftwire_line",
    {"port": "COM7"},
    "motor",
    known=(
        Capability(
            "motor",
            Kind.MOTOR,
            "Motor",
            Hazard.MOTION,
            self_timed=True,
            limits=Limits(max_rpm=100, max_rounds=200, max_on_s=150),
        ),
    ),
)
RELAY = DeviceConfig(
    "r1",
    "Bubbles",
    "lcus",
    {},
    "relay",
    known=(Capability("relay", Kind.SWITCH, "Relay", limits=Limits(max_on_s=10)),),
)


def rule(rule_id, gift_id, do, **more):
    when = {"key": "gift", "gifts": [{"id": gift_id, "name": f"Gift {gift_id}"}]}
    return {"id": rule_id, "name": rule_id, "on": True, "when": when, "do": do, **more}


def rules(*some):
    document = document_of.from_content({"version": document_of.VERSION, "rules": list(some)})
    assert not document.set_aside
    return document.rules


SPIN = rule("spin", 5655, [{"key": "rotate", "device": "motor", "rounds": "count", "rpm": "100"}])
BUBBLE = rule("bubble", 5269, [{"key": "switch_on", "device": "relay", "seconds": "4"}])


def gift(number, at_s, *, gift_id=5655, count=1, coins=1, viewer=ANN):
    event = Gift(
        id=f"g{number}",
        at_ms=round(at_s * 1000),
        viewer=viewer,
        gift_id=gift_id,
        name=f"Gift {gift_id}",
        coins=coins,
        count=count,
        total=count,
        final=True,
        streak=f"s{number}",
    )
    return at_s, event


def begin():
    return 0.0, StreamStarted(id="start", at_ms=0, room_id=1)


def played(rule_set, *events, devices=(MOTOR, RELAY), **more):
    return Play(rule_set, devices, [begin(), *events], **more).run()


def of(totals, device_id):
    return next(one for one in totals.outputs if one.device_id == device_id)


def test_ten_roses_turn_the_motor_for_six_seconds():
    totals = played(rules(SPIN), gift(1, 60, count=10))
    spinner = of(totals, "m1")
    assert totals.gifts == totals.coins == spinner.coins == 10
    assert spinner.device == "Spinner"
    assert spinner.on_s == pytest.approx(6, abs=0.05)
    assert (spinner.commands, spinner.done, spinner.drops) == (1, 1, {})
    assert [(one.rule_id, one.considered, one.ran) for one in totals.rules] == [("spin", 1, 1)]


def test_a_relay_without_a_timer_is_ended_by_the_core_itself():
    totals = played(rules(BUBBLE), gift(1, 5, gift_id=5269), gift(2, 100, gift_id=5269))
    bubbles = of(totals, "r1")
    assert bubbles.on_s == pytest.approx(8, abs=0.1)
    assert bubbles.longest_on_s == pytest.approx(4, abs=0.05)
    assert bubbles.done == 2


def test_gifts_that_wait_stand_in_the_queue_as_long_as_the_motor_turns():
    totals = played(rules(SPIN), *(gift(n, 10, count=10) for n in range(3)))
    spinner = of(totals, "m1")
    assert spinner.on_s == pytest.approx(18, abs=0.2)
    # The first one leaves at once, the third waits for the two before it.
    assert spinner.longest_wait_s == pytest.approx(12, abs=0.3)
    assert totals.longest_queue == spinner.longest_queue >= 2


def test_what_waits_too_long_is_dropped_and_told():
    many = [gift(n, 10, count=100) for n in range(3)]
    spinner = of(played(rules(SPIN), *many), "m1")
    # A minute each: nobody waits longer than his 30 seconds.
    assert spinner.drops == {"too_old": 2}
    assert spinner.done == 1


def test_cooldown_holds_in_the_streams_own_time():
    calm = {**SPIN, "limits": {"cooldown_s": 60}}
    totals = played(rules(calm), gift(1, 10), gift(2, 40), gift(3, 71))
    assert totals.rules[0].ran == 2
    assert totals.rules[0].held == {"cooldown": 1}


def test_a_limit_of_the_device_is_told():
    spinner = of(played(rules(SPIN), gift(1, 1, count=500)), "m1")
    assert spinner.limited == 1
    assert spinner.on_s == pytest.approx(120, abs=1)


def test_without_a_device_the_rule_says_so():
    totals = played(rules(SPIN), gift(1, 1), devices=())
    assert totals.outputs == ()
    assert totals.rules[0].held == {"no_device": 1}


def test_the_columns_add_up_to_the_sums():
    events = [gift(n, 7 * n, count=n, coins=3) for n in range(1, 12)]
    totals = played(rules(SPIN), *events)
    bins = totals.bins
    assert sum(bins.gifts) == totals.gifts == 66
    assert sum(bins.coins) == totals.coins == 198
    assert sum(bins.commands) == of(totals, "m1").commands
    assert sum(bins.on_s) == pytest.approx(of(totals, "m1").on_s, abs=0.05)
    assert max(bins.waiting) == totals.longest_queue


def test_hours_of_a_stream_fit_into_the_columns():
    totals = played(rules(SPIN), gift(1, 5), gift(2, 4 * 3600))
    assert len(totals.bins.gifts) <= 600
    assert sum(totals.bins.gifts) == 2


def test_the_same_dice_fall_every_time():
    chance = {**SPIN, "only_if": [{"key": "chance", "percent": 50}]}
    events = [gift(n, n * 5) for n in range(1, 40)]
    first = played(rules(chance), *events, seed=3)
    again = played(rules(chance), *events, seed=3)
    assert first.rules == again.rules
    assert 5 < first.rules[0].ran < 35


def test_whoever_listens_may_stop_it():
    class EnoughError(Exception):
        pass

    heard = []

    def progress(done):
        heard.append(done)
        if done > 0.5:
            raise EnoughError

    with pytest.raises(EnoughError):
        played(rules(SPIN), *(gift(n, n) for n in range(1, 50)), on_progress=progress)
    assert heard == sorted(heard)


def test_rules_by_the_clock_run_in_the_streams_time():
    every = {
        "id": "every",
        "on": True,
        "when": {"key": "timer", "every": 10},
        "do": BUBBLE["do"],
    }
    totals = played(rules(every), gift(1, 95, viewer=BEN))
    assert totals.rules[0].ran == 9


def test_a_run_that_waits_goes_on_in_the_streams_time():
    do = [
        {"key": "switch_on", "device": "relay", "seconds": "1"},
        {"key": "wait", "seconds": "600"},
        {"key": "switch_on", "device": "relay", "seconds": "2"},
    ]
    totals = played(rules(rule("later", 5655, do)), gift(1, 10), gift(2, 700))
    bubbles = of(totals, "r1")
    assert bubbles.commands == bubbles.done == 4
    assert bubbles.on_s == pytest.approx(6, abs=0.3)
    assert totals.rules[0].ran == 2


def test_what_still_waits_long_after_the_stream_is_cut_off():
    do = [{"key": "wait", "seconds": "3000"}] * 2 + BUBBLE["do"]
    totals = played(rules(rule("never", 5655, do)), gift(1, 10))
    assert totals.outputs == ()


def test_variables_are_kept_from_gift_to_gift():
    count = rule("count", 5655, [{"key": "add_variable", "name": "roses", "amount": "1"}])
    third = rule("third", 5655, BUBBLE["do"])
    third["only_if"] = [{"key": "variable_is", "name": "roses", "operator": "=", "number": "3"}]
    totals = played(rules(count, third), *(gift(n, n * 20) for n in range(1, 6)))
    assert [one.ran for one in totals.rules] == [5, 1]
    assert of(totals, "r1").commands == 1


def test_a_group_that_is_off_holds_its_rules_back():
    document = document_of.from_content(
        {
            "version": document_of.VERSION,
            "groups": [{"id": "show", "name": "Show", "on": False}],
            "rules": [{**SPIN, "group": "show"}],
        }
    )
    totals = played(document.rules, gift(1, 10))
    assert totals.outputs == ()
    assert totals.rules[0].held == {"group_off": 1}


def test_rules_start_and_switch_one_another():
    off = rule("off", 5269, [{"key": "turn_rule", "rule": "spin", "turn": "off"}])
    call = rule("call", 7, [{"key": "run_rule", "rule": "bubble"}])
    events = [gift(1, 1), gift(2, 20, gift_id=5269), gift(3, 40), gift(4, 60, gift_id=7)]
    totals = played(rules(SPIN, off, call, rule("bubble", 8, BUBBLE["do"])), *events)
    assert of(totals, "m1").commands == 1
    assert of(totals, "r1").commands == 1


def test_an_output_tells_its_name():
    assert of(played(rules(SPIN), gift(1, 1)), "m1").output == "Motor"


def test_what_passes_the_queue_at_once_has_not_waited():
    totals = played(rules(SPIN), gift(1, 10), gift(2, 40))
    assert totals.longest_queue == of(totals, "m1").longest_queue == 0
    assert set(totals.bins.waiting) == {0}


def test_who_waits_is_seen_for_as_long_as_it_lasts():
    totals = played(rules(SPIN), gift(1, 10, count=25), gift(2, 10, count=1), gift(3, 60))
    bins = totals.bins
    waited = [place * bins.every_s for place, count in enumerate(bins.waiting) if count]
    assert waited[0] == pytest.approx(10, abs=1)
    assert waited[-1] == pytest.approx(25, abs=1.5)
    assert len(waited) >= 14


def test_groups_and_what_may_not_run_together_hold_in_a_play_as_they_do_live():
    saved = DeviceFile.model_validate(
        {
            "groups": [
                {"id": "g", "name": "Both", "members": [{"device": "r1", "output": "relay"}]}
            ],
            "never_together": [
                {"one": {"device": "m1", "output": ""}, "other": {"device": "r1", "output": ""}}
            ],
        }
    )
    both = rule("both", 5269, [{"key": "switch_on", "device": "g", "seconds": "4"}])
    events = (gift(1, 10, count=10), gift(2, 10.5, gift_id=5269))
    totals = played(rules(SPIN, both), *events, saved=saved)
    group = of(totals, "g")
    assert group.done == 1
    # The motor turns for six seconds, and the relay waits for its end.
    assert group.longest_wait_s == pytest.approx(5.5, abs=0.4)
