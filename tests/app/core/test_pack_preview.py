"""What is shown of a pack before it is accepted."""

from __future__ import annotations

import string

import pytest

from app.core.outputs import OutputAction
from app.core.pack_import import Choices, Place
from app.core.pack_preview import hazard_of, preview, reaches
from app.core.pack_words import PROBLEMS, REACHES
from app.core.parts import Action, parts
from app.core.rules import RuleDocument
from app.core.speech import Speaker
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from drivers.contract import Hazard, Kind
from tests.app.core.packing import AROUND, ROSE, pack

# ------------------------------------------------------------------------------ shown

NO_CHOICES = Choices()


def test_what_a_pack_does_is_told_before_it_is_accepted():
    made = pack(variables=[{"name": "score"}], words={"vi": {"Spin it": "Xoay đi"}})
    seen = preview(RuleDocument(), made, Choices(), AROUND, Speaker("en"))
    assert [(line.name, line.on) for line in seen.rules] == [("Spin it", False)]
    assert "Rose" in seen.rules[0].sentence
    assert [(reach.code, reach.rules) for reach in seen.reaches] == [("hazard", ("Spin it",))]
    assert (seen.clashes, seen.renamed) == (("score",), {"score": "score_2"})
    assert seen.roles[0].fitting == (("m1", "Desk motor", "turn"),)
    choices = Choices({"spinner": Place("m1")}, on=True)
    seen = preview(RuleDocument(), made, choices, AROUND, Speaker("vi"))
    assert "Desk motor" in seen.rules[0].sentence
    assert seen.rules[0].name == "Xoay đi"
    assert seen.rules[0].on
    assert seen.reaches[0].sentence("vi").startswith("điều khiển Desk motor, có thể")


def stepping(*steps, **fields):
    fields = {"id": "a", "name": "A", "on": True, "when": ROSE, "do": list(steps), **fields}
    return pack(rules=[fields])


def reached(made, choices=NO_CHOICES, language="en"):
    seen = preview(RuleDocument(), made, choices, AROUND, Speaker(language))
    return [reach.sentence(language) for reach in seen.reaches]


def test_everything_that_leaves_the_rules_is_named():
    made = stepping(
        {"key": "webhook", "url": "https://Example.com/a?key=1"},
        {"key": "webhook"},
        {"key": "sequence", "do": [{"key": "play_sound", "sound": "horn"}]},
        {"key": "speak"},
        {"key": "mqtt_publish", "topic": "lamp/on"},
        {"key": "obs_scene", "scene": "Party"},
        {"key": "obs_source", "source": "Cake"},
        {"key": "show_text"},
        {"key": "notify"},
        {"key": "write_log"},
        {"key": "raise_alarm"},
        {"key": "stop_device", "device": "spinner"},
        {"key": "wait"},
        {"key": "run_rule", "rule": "a"},
        only_if=[{"key": "sender_is_listed", "people": ["anna", "bob"]}],
    )
    assert reached(made) == [
        "drives spinner, which can hurt people or things",
        "sends requests to example.com",
        "sends requests to an address that you give",
        "plays the sound horn",
        "reads texts aloud",
        "publishes to your MQTT broker: lamp/on",
        "switches OBS: Cake",
        "switches OBS: Party",
        "shows texts on your overlay",
        "shows you notifications",
        "writes to your own log",
        "raises alarms",
        "treats these people apart: anna, bob",
    ]
    own = Choices(answers={("a", ("do", 1, "url")): "http://nas.local/x"})
    assert "sends requests to nas.local" in reached(made, own)


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (
            {"key": "mqtt_message", "topic": "door/#"},
            "can be started over your MQTT broker: door/#",
        ),
        ({"key": "called", "name": "party"}, "can be started by programs on this computer: party"),
        ({"key": "hotkey", "combination": "Ctrl+F1"}, "listens for the keys Ctrl+F1"),
    ],
    ids=str,
)
def test_everything_that_can_start_a_rule_from_outside_is_named(when, sentence):
    (said,) = reached(stepping({"key": "wait"}, when=when))
    assert said.startswith(sentence)


def test_every_step_there_is_reaches_out_by_name_or_stays_inside():
    """A new step that drives no device must be told of: here, by its field, or as staying inside."""
    for key, kind in parts(Action).found.items():
        if issubclass(kind, OutputAction):
            continue
        codes = [
            reach.code for reach in reaches(stepping({"key": key}), NO_CHOICES, AROUND, Speaker())
        ]
        assert "other" not in codes, key


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [PROBLEMS, REACHES], ids=["problems", "reaches"])
def test_both_languages_name_the_same_values(table):
    for say in table.values():
        assert slots(say.en) == slots(say.vi)


def test_what_is_too_long_to_read_is_cut_and_counted():
    people = [f"fan{n}" for n in range(500)]
    made = stepping({"key": "wait"}, only_if=[{"key": "sender_is_listed", "people": people}])
    (said,) = reached(made)
    assert said.endswith("fan18, fan19, … (+480)")


def test_only_as_many_rules_are_worded_as_are_asked_for():
    rules = [{"id": f"r{n}", "when": ROSE} for n in range(9)]
    seen = preview(RuleDocument(), pack(rules=rules), NO_CHOICES, AROUND, Speaker(), 4)
    assert len(seen.rules) == 4


# ------------------------------------------------------------------------------ hazards


def outfit(*hazards):
    outputs = [OutputSketch(f"o{n}", Kind.MOTOR, hazard=one) for n, one in enumerate(hazards)]
    return Surroundings((DeviceSketch("d", "Own", "", tuple(outputs)),))


def spinning(hazard):
    need = {"role": "spinner", "kinds": ["motor"], "hazard": hazard}
    return pack(needs=[need])


@pytest.mark.parametrize(
    ("theirs", "own", "worse"),
    [
        ("none", Hazard.PAIN, Hazard.PAIN),
        ("pain", Hazard.NONE, Hazard.PAIN),
        ("light", Hazard.NONE, Hazard.LIGHT),
        ("motion", Hazard.HEAT, Hazard.MOTION),
        ("none", Hazard.NONE, Hazard.NONE),
    ],
)
def test_the_worse_of_pack_and_own_device_counts(theirs, own, worse):
    made, around = spinning(theirs), outfit(own)
    place = Place("d", "o0")
    assert hazard_of(made.needs[0], place, around) is worse
    seen = preview(RuleDocument(), made, Choices({"spinner": place}), around, Speaker())
    harmless = worse in (Hazard.NONE, Hazard.LIGHT)
    assert [one.code for one in seen.reaches] == ["device" if harmless else "hazard"]


def test_a_pack_that_says_its_motor_is_harmless_is_not_believed_without_a_device():
    made = spinning("none")
    assert hazard_of(made.needs[0], None, AROUND) is Hazard.MOTION
    assert [one.code for one in preview(RuleDocument(), made, NO_CHOICES, AROUND, Speaker()).reaches] == ["hazard"]  # fmt: skip


def test_a_role_for_any_device_is_as_dangerous_as_its_most_dangerous_output():
    made = pack(needs=[{"role": "spinner"}])
    around = outfit(Hazard.LIGHT, Hazard.HEAT)
    assert hazard_of(made.needs[0], Place("d"), around) is Hazard.HEAT
