"""Why an event did not start a rule: a trigger that nearly fits says what it misses, with values."""

from __future__ import annotations

import pytest

from app.core.events import (
    Battle,
    BattleStage,
    ButtonPressed,
    Called,
    HotkeyPressed,
    MqttMessage,
    Reading,
    Source,
    Subscribe,
    Tick,
    ViewerCount,
)
from app.core.outcome import Reason, Step
from app.core.parts import Trigger, parts
from app.core.sentences import step_sentence
from app.core.speech import CLOSE, Speaker
from app.core.speech import OPEN as FENCE
from app.core.world import LocalTime
from tests.app.core.making import OPEN, chat, engine, gift, like, rule

LION = {"key": "gift", "gifts": [{"id": 6369, "name": "Lion"}]}
WEDNESDAY = 2


def base(**fields):
    return {"id": "e1", "at_ms": 1_000, **fields}


def tick(minute, second=0, **fields):
    usual = {"second": 100, "live": True, "passed": 1}
    return Tick(**base(), local=LocalTime(WEDNESDAY, minute, second), **{**usual, **fields})


def reading(value, before=None, **fields):
    usual = {"device_id": "m1", "name": "rpm"}
    return Reading(**base(), value=value, before=before, **{**usual, **fields})


def combo(total, **fields):
    return gift(count=1, total=total, final=False, **fields)


RPM = {"key": "telemetry_crosses", "device": "m1", "name": "rpm", "line": 30}
CROWD = {"key": "viewers_reached", "viewers": 100}
MILESTONE = {"key": "combo_milestone", "every": 10}

CASES = [
    ({"key": "gift"}, gift(), "no gift is chosen yet"),
    (LION, gift(), "it is for Lion, this was Rose"),
    (
        {"key": "gift", "gifts": [*LION["gifts"], {"id": 5, "name": "TikTok"}]},
        gift(),
        "it is for Lion and 1 more, this was Rose",
    ),
    ({"key": "gift", "gifts": [{"id": 9}]}, gift(), "it is for #9, this was Rose"),
    (
        {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]},
        gift(count=0, total=3),
        "this only ends the combo; all 3 were counted as they came",
    ),
    (
        {"key": "gift_any", "least": 10},
        gift(),
        "the gift costs 1, it is for 10 coins and more",
    ),
    (
        {"key": "gift_any", "most": 10},
        gift(coins=99),
        "the gift costs 99, it is for 10 coins at most",
    ),
    ({"key": "gift_tier"}, gift(coins=5), "the gift costs 5, it is for 100 coins and more"),
    (MILESTONE, combo(7), "the combo is at 7 of 10"),
    (MILESTONE, combo(17), "the combo is at 17 of 20"),
    (MILESTONE, gift(count=0, total=7), "the combo ended at 7, the goal was 10"),
    ({**MILESTONE, "again": False}, combo(17), "this combo reached 10 before"),
    ({**MILESTONE, "gifts": LION["gifts"]}, combo(10), "it is for Lion, this was Rose"),
    ({"key": "likes", "likes": 100}, like(40, 40), "the LIVE has 40 of 100 likes"),
    ({"key": "likes", "likes": 100}, like(5, 1145), "the LIVE has 1,145 of 1,200 likes"),
    (
        {"key": "likes", "likes": 100, "again": False},
        like(5, 145),
        "the LIVE reached 100 likes before",
    ),
    ({"key": "chat_command"}, chat("!spin"), "no command is written yet"),
    (
        {"key": "chat_command", "command": "!spin"},
        chat("!roll now"),
        "the comment begins with !roll, not with !spin",
    ),
    (
        {"key": "chat_command", "command": "!spin"},
        chat("please !SPIN"),
        "!spin does not stand at the beginning of the comment",
    ),
    ({"key": "chat_command", "command": "!spin"}, chat(" "), "the comment is empty"),
    ({"key": "chat_contains", "texts": ["a "]}, chat("b"), "the comment does not contain a"),
    (
        {"key": "chat_contains", "texts": ["a", "c", "d"]},
        chat("b"),
        "the comment contains none of a and 2 more",
    ),
    ({"key": "chat_pattern", "pattern": "^a"}, chat("b"), "the comment does not fit ^a"),
    (
        {"key": "subscribe", "months": 12},
        Subscribe(**base(), months=3),
        "subscribed for 3 of 12 months",
    ),
    (CROWD, ViewerCount(**base(), count=80), "80 of 100 viewers"),
    (
        {**CROWD, "direction": "down"},
        ViewerCount(**base(), count=120),
        "120 watch, it is for fewer than 100",
    ),
    (
        {**CROWD, "direction": "down"},
        ViewerCount(**base(), count=20),
        "fewer than 100 were watching before",
    ),
    (RPM, reading(12.5, 10), "12.5 is not above 30"),
    (RPM, reading(31, 31), "it was above 30 before"),
    (RPM, reading(31), "this is the first value, nothing is crossed yet"),
    (RPM, reading(31, 1, name="angle"), "it is for the value rpm, this was angle"),
    ({**RPM, "device": "motor"}, reading(31, 1), "it is for the motor"),
    ({**RPM, "side": "below"}, reading(31, 40), "31 is not below 30"),
    (
        {"key": "mqtt_message", "topic": "a/+"},
        MqttMessage(**base(), topic="b/c", text="on"),
        "it is for the topic a/+, this was b/c",
    ),
    (
        {"key": "mqtt_message", "topic": "#", "payload": "equals", "text": "off"},
        MqttMessage(**base(), topic="b/c", text="on"),
        "the message is not off",
    ),
    (
        {"key": "called", "name": "spin"},
        Called(**base(), name="roll"),
        "it is for spin, the call was for roll",
    ),
    (
        {"key": "button", "name": "Wheel"},
        ButtonPressed(**base(), name="Light"),
        "it is for the button Wheel, this was Light",
    ),
    (
        {"key": "hotkey", "combination": "Ctrl+F1"},
        HotkeyPressed(**base(), keys="Ctrl+F2"),
        "it is for Ctrl+F1, this was Ctrl+F2",
    ),
    ({"key": "timer", "every": 300}, tick(0), "not yet, 200 s left"),
    ({"key": "timer"}, tick(0, live=False), "it counts only during a LIVE"),
    ({"key": "time_of_day", "time": "20:00"}, tick(60), "it is not 20:00 now"),
    (
        {"key": "time_of_day", "time": "20:00", "weekdays": [0]},
        tick(1200),
        "not on this day of the week",
    ),
    (
        {"key": "battle", "stage": "won"},
        Battle(**base(), battle_id=1, stage=BattleStage.LOST),
        "you lost this battle",
    ),
]


def why(when, event, language="en"):
    """What the explained rule says of WHEN, without the fences round names."""
    outcome = engine(rule(when=when)).explain(event, 0.0, OPEN)
    (step,) = outcome.traces[0].steps
    assert not step.passed
    return step_sentence(step, Speaker(language)).replace(FENCE, "").replace(CLOSE, "")


@pytest.mark.parametrize(("when", "event", "said"), CASES)
def test_a_trigger_that_nearly_fits_says_what_it_misses(when, event, said):
    assert why(when, event) == said
    vietnamese = why(when, event, "vi")
    assert vietnamese != said
    assert "…" not in vietnamese


def test_every_trigger_that_may_refuse_an_event_is_among_these_cases():
    shown = {when["key"] for when, _, _ in CASES}
    silent = {"follow", "share", "join", "stream_started", "stream_ended"}
    assert shown | silent == parts(Trigger).found.keys()


def test_a_trigger_that_has_run_says_what_arms_it_again():
    machine = engine(rule(when={**CROWD, "margin": 10}), rule(id="r2", when={**RPM, "margin": 5}))
    for count in (50, 100, 95):
        machine.handle(ViewerCount(**base(), count=count), 0.0, OPEN)
    machine.handle(reading(31, 1), 0.0, OPEN)
    crowd = machine.explain(ViewerCount(**base(), count=100), 0.0, OPEN)
    speed = machine.explain(reading(32, 29), 0.0, OPEN)
    said = [step_sentence(told.traces[0].steps[0], Speaker()) for told in (crowd, speed)]
    assert said == [
        "it has run; first fewer than 90 must watch",
        "it has run; first the value must go back to 25",
    ]


def test_a_combo_that_still_runs_keeps_its_own_words():
    seen = why({"key": "gift_any"}, gift(count=0, total=4))
    assert seen == "this only ends the combo; all 4 were counted as they came"
    waits = engine(rule(react="total")).explain(combo(4), 0.0, OPEN).traces[0].steps[0]
    assert waits.reason is Reason.COMBO_RUNNING
    assert step_sentence(waits, Speaker()) == "waiting for the combo to end, 4 so far"


def test_the_receipt_of_a_gift_says_it_and_other_events_are_not_asked():
    machine = engine(rule(when={"key": "gift_any", "least": 10}), rule(id="r2", when=MILESTONE))
    (price, miss) = machine.handle(combo(7), 0.0, OPEN).traces
    assert ("case", "cheaper") in price.steps[0].values
    assert ("case", "under") in miss.steps[0].values
    busy = engine(rule(when={"key": "likes", "likes": 100}))
    assert busy.handle(like(5, 20), 0.0, OPEN).traces == ()


def test_an_unknown_case_of_a_later_version_falls_back_to_the_reason():
    step = Step("when:likes", passed=False, reason=Reason.NO_MATCH, values=(("case", "later"),))
    assert step_sentence(step, Speaker()) == "the rule is for something else"


@pytest.mark.parametrize(
    ("when", "event"),
    [
        ({**CROWD, "direction": "down"}, ViewerCount(**base(source=Source.PRETEND), count=80)),
        (CROWD, ViewerCount(**base(source=Source.PRETEND), count=120)),
        (
            {**RPM, "side": "below"},
            Reading(**base(source=Source.PRETEND), device_id="m1", name="rpm", value=20),
        ),
    ],
)
def test_what_is_made_up_comes_from_the_other_side_of_the_line_every_time(when, event):
    machine = engine(rule(when=when))
    for _ in range(2):
        assert machine.explain(event, 0.0, OPEN).traces[0].ran
        assert machine.handle(event, 0.0, OPEN).commands
