"""Warnings about rules: what is found, where, what cures it, and that nothing is looked at twice."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks import Checker, cured, warnings
from app.core.checks_words import CURES, WARNINGS, cure_sentence, warning_sentence
from app.core.edits import PutGroup, PutRule
from app.core.groups import Group
from app.core.rules import Rule, RuleDocument, from_content
from app.core.speech import Speaker
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from drivers.contract import HAZARD_LIMITS, Hazard, Kind
from tests.app.core import strategies

ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
SPIN = {"key": "rotate", "rounds": "count"}
MOTOR = DeviceSketch(
    "m1", "Desk motor", "", (OutputSketch("turn", Kind.MOTOR, HAZARD_LIMITS[Hazard.MOTION]),)
)
LAMP = DeviceSketch(
    "l1", "Lamp", "", (OutputSketch("rgb", Kind.LIGHT, HAZARD_LIMITS[Hazard.LIGHT]),)
)
RELAY = DeviceSketch(
    "k1", "Relay", "fan", (OutputSketch("c1", Kind.SWITCH, HAZARD_LIMITS[Hazard.MAINS], Hazard.MAINS),)
)  # fmt: skip
SHOW = DeviceSketch(
    "e1", "Machine", "", (OutputSketch("fx", Kind.EFFECT, effects=("storm", "rain")),)
)
ALL = Surroundings((MOTOR, LAMP, RELAY, SHOW), frozenset({"score"}), None, {5655: 1, 6369: 30})


def raw(rule_id="a", **fields):
    return {
        "id": rule_id,
        "name": rule_id.upper(),
        "on": True,
        "when": ROSE,
        "do": [SPIN],
        **fields,
    }


def document(*rules, groups=()):
    doc = from_content({"version": 2, "groups": list(groups), "rules": list(rules)})
    assert doc.set_aside == ()
    return doc


def found(*rules, around=ALL, groups=()):
    told = warnings(document(*rules, groups=groups), around)
    return {rule_id: [(one.code, one.place) for one in ones] for rule_id, ones in told.items()}


def alone(around=ALL, **fields):
    return found(raw(**fields), around=around).get("a", [])


def test_a_good_rule_has_no_warnings():
    assert alone() == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"when": {"key": "gift"}}, ("nothing_chosen", ("when",))),
        ({"when": {"key": "chat_command"}}, ("nothing_chosen", ("when",))),
        ({"do": []}, ("no_steps", ("do",))),
        ({"do": [{**SPIN, "on": False}]}, ("steps_off", ("do",))),
        ({"only_if": [{"key": "any", "of": []}]}, ("group_empty", ("only_if", 0))),
        (
            {"only_if": [{"key": "sender_is_follower"}, {"key": "coins_at_least", "coins": 5}]},
            ("never_holds", ("only_if", 1)),
        ),
        (
            {"only_if": [{"key": "count_compare", "comparison": "<", "number": 1}]},
            ("never_holds", ("only_if", 0)),
        ),
        (
            {
                "only_if": [
                    {"key": "count_compare", "comparison": ">", "number": 5},
                    {"key": "sender_is_follower"},
                    {"key": "count_compare", "comparison": "<=", "number": 5},
                ]
            },
            ("contradiction", ("only_if", 2)),
        ),
        (
            {
                "only_if": [
                    {"key": "sender_is_follower"},
                    {"key": "not", "of": {"key": "sender_is_follower"}},
                ]
            },
            ("contradiction", ("only_if", 1)),
        ),
        (
            {
                "only_if": [
                    {
                        "key": "all",
                        "of": [
                            {"key": "count_compare", "comparison": "=", "number": 5},
                            {"key": "count_compare", "comparison": "!=", "number": 5},
                        ],
                    }
                ]
            },
            ("never_holds", ("only_if", 0)),
        ),
        ({"do": [{**SPIN, "device": "gone"}]}, ("device_missing_cure", ("do", 0, "device"))),
        ({"do": [{**SPIN, "device": "l1"}]}, ("device_cannot_cure", ("do", 0, "device"))),
        ({"do": [{**SPIN, "device": "m1", "capability": "x"}]}, ("output_missing", ("do", 0, "capability"))),
        ({"do": [{**SPIN, "rpm": 150}]}, ("over_limit", ("do", 0, "rpm"))),
        ({"do": [{**SPIN, "rounds": "count * 201"}]}, ("over_limit", ("do", 0, "rounds"))),
        ({"do": [{"key": "switch_on", "device": "fan", "seconds": 11}]}, ("over_limit", ("do", 0, "seconds"))),
        ({"do": [{"key": "play_effect", "device": "e1", "effect": "fog"}]}, ("effect_missing", ("do", 0, "effect"))),
        ({"do": [{**SPIN, "rounds": "0"}]}, ("zero", ("do", 0, "rounds"))),
        ({"when": {"key": "follow"}, "do": [{**SPIN, "rounds": "coins * 3"}]}, ("zero", ("do", 0, "rounds"))),
        ({"only_if": [{"key": "device_state", "device": "gone"}]}, ("device_gone", ("only_if", 0, "device"))),
        ({"only_if": [{"key": "rule_state", "rule": "gone"}]}, ("rule_missing", ("only_if", 0, "rule"))),
        ({"only_if": [{"key": "chance", "percent": 0}]}, ("never_holds", ("only_if", 0))),
        (
            {"when": {"key": "timer"}, "only_if": [{"key": "sender_is_listed", "people": ["anna"]}]},
            ("never_holds", ("only_if", 0)),
        ),
        ({"only_if": [{"key": "variable_is", "name": "scor"}]}, ("variable_close", ("only_if", 0, "name"))),
        ({"do": [{**SPIN, "rounds": "scor * 2"}]}, ("variable_close", ("do", 0, "rounds"))),
        ({"do": [{**SPIN, "rounds": "zebra"}]}, ("variable_unknown", ("do", 0, "rounds"))),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_found_at_its_place(fields, expected):
    assert alone(**fields) == [expected]


@pytest.mark.parametrize(
    "fields",
    [
        {"only_if": [{"key": "coins_at_least", "coins": 5}], "when": {"key": "gift_any"}},
        {"only_if": [{"key": "coins_at_least", "coins": 30}], "when": {"key": "gift", "gifts": [{"id": 6369}]}},
        {"only_if": [{"key": "coins_at_least", "coins": 99}], "when": {"key": "gift", "gifts": [{"id": 77}]}},
        {"only_if": [{"key": "coins_at_least", "coins": 5, "on": False}]},
        {"do": [{**SPIN, "rounds": "score + 1"}]},
        {"when": {"key": "viewers_reached"}, "do": [{**SPIN, "rounds": "viewers / 100"}]},
        {"when": {"key": "battle"}, "do": [{**SPIN, "rounds": "own_score"}]},
        {"only_if": [{"key": "device_state", "device": device} for device in ("m1", "fan", "light", "relay")]},
        {"only_if": [{"key": "rule_state", "rule": "a", "state": "never"}]},
        {"when": {"key": "timer"}, "only_if": [{"key": "sender_is_listed", "people": ["anna"], "listed": "off"}]},
        {"when": {"key": "called", "name": "x"}, "do": [{**SPIN, "rounds": "anything"}]},
        {"do": [{**SPIN, "device": "gone", "on": False}, SPIN]},
        {"do": [{"key": "switch_on", "device": "fan", "seconds": 3}]},
        {"do": [{"key": "switch_on", "device": "relay", "seconds": 3}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_may_be_meant_is_not_complained_about(fields):
    assert alone(**fields) == []


def test_a_device_that_nobody_can_stand_in_for_is_missing():
    around = Surroundings((MOTOR,), frozenset())
    told = [("device_missing", ("do", 0, "device"))]
    assert alone(around, do=[{"key": "pulse", "device": "gone"}]) == told
    told = [("device_unchosen", ("do", 0, "device"))]
    assert alone(around, do=[{"key": "pulse", "device": ""}]) == told
    told = [("device_cannot", ("do", 0, "device"))]
    assert alone(around, do=[{"key": "pulse", "device": "m1"}]) == told


def test_what_is_not_known_is_not_complained_about():
    fields = {"do": [{**SPIN, "device": "gone", "rounds": "zebra", "rpm": 900}]}
    assert alone(around=Surroundings(), **fields) == []
    never_open = Surroundings((DeviceSketch("m1", "Motor"),), None)
    assert alone(around=never_open, do=[{**SPIN, "device": "m1", "rpm": 900}]) == []


def test_rules_that_meet_on_a_device_are_told_of():
    one, two = raw("one"), raw("two", do=[{**SPIN, "rounds": 5}])
    assert found(one, two) == {"two": [("piles_up", ("limits", "cooldown_s"))]}
    assert found(one, raw("two")) == {"two": [("same_as", ("when",))]}
    skipped = {**two, "limits": {"policy": "drop"}}
    assert found(one, skipped) == {"two": [("shadowed", ("limits", "policy"))]}
    replaces = {**two, "limits": {"policy": "latest"}}
    assert found(one, replaces) == {"two": [("cuts_off", ("limits", "policy"))]}
    rests = {**two, "limits": {"cooldown_s": 3}}
    assert found(one, rests) == {}
    narrower = {**one, "only_if": [{"key": "sender_is_follower"}]}
    assert found(narrower, skipped) == {}
    assert found(one, raw("two", do=[{"key": "flash"}])) == {}
    assert found(one, {**two, "on": False}) == {}
    assert found(one, {**two, "group": "g"}, groups=[{"id": "g", "on": False}]) == {}


def test_what_happens_only_sometimes_or_later_shadows_nobody():
    skipped = raw("two", do=[{**SPIN, "rounds": 5}], limits={"policy": "drop"})
    maybe = [{"key": "choose", "branches": [{"only_if": [], "do": [SPIN]}]}]
    assert found(raw("one", do=maybe), skipped) == {}
    assert found(raw("one", do=[{"key": "wait"}, SPIN]), skipped) == {}
    always = [{"key": "sequence", "do": [SPIN]}]
    told = {"two": [("shadowed", ("limits", "policy"))]}
    assert found(raw("one", do=always), skipped) == told


def test_a_sound_that_is_not_there_is_told_of():
    around = Surroundings(sounds=frozenset({"horn"}))
    assert alone(around, do=[{"key": "play_sound", "sound": "horn"}]) == []
    told = [("sound_missing", ("do", 0, "sound"))]
    assert alone(around, do=[{"key": "play_sound", "sound": "bell"}]) == told


def test_what_cannot_be_reached_is_told_of_in_groups_of_steps_too():
    steps = [{"key": "stop_run"}, SPIN]
    assert alone(do=steps) == [("unreachable", ("do", 1))]
    assert alone(do=[{"key": "sequence", "do": steps}]) == [("unreachable", ("do", 0, "do", 1))]
    assert alone(do=[{"key": "stop_run", "on": False}, SPIN]) == []
    assert alone(do=[{"key": "run_rule", "rule": "a"}]) == [("names_itself", ("do", 0, "rule"))]


def test_a_variable_that_any_rule_sets_is_known():
    asks = raw("asks", when={"key": "follow"}, do=[{**SPIN, "rounds": "points"}])
    assert found(asks) == {"asks": [("variable_unknown", ("do", 0, "rounds"))]}
    sets = raw("sets", do=[{"key": "set_variable", "name": "points"}])
    assert found(asks, sets) == {}
    checker = Checker()
    assert checker.warnings(document(asks, sets), ALL) == {}
    assert list(checker.warnings(document(asks), ALL)) == ["asks"]
    assert checker.warnings(document(asks, sets), ALL) == {}


def test_the_order_of_the_list_decides_who_shadows_whom():
    one, two = raw("one", group="g"), raw("two", do=[{**SPIN, "rounds": 5}])
    told = found({**one, "limits": {"policy": "drop"}}, two, groups=[{"id": "g"}])
    assert told == {"one": [("shadowed", ("limits", "policy"))]}


@pytest.mark.parametrize(
    ("fields", "path", "value"),
    [
        ({"do": [{**SPIN, "device": "gone"}]}, ("device",), "m1"),
        ({"do": [{**SPIN, "device": "l1", "capability": "rgb"}]}, ("device",), "m1"),
        ({"do": [{**SPIN, "rpm": 150}]}, ("rpm", "text"), "100"),
        ({"do": [{**SPIN, "rounds": "scor * 2"}]}, ("rounds", "text"), "score * 2"),
        ({"do": [{"key": "play_effect", "device": "e1", "effect": "fog"}]}, ("effect",), "storm"),
    ],
    ids=str,
)
def test_a_cure_mends_the_rule(fields, path, value):
    rule = document(raw(**fields)).rules.rules[0]
    (warning,) = warnings(RuleDocument(document(raw(**fields)).rules), ALL)["a"]
    mended = cured(rule, warning)
    at = mended.do[0]
    for name in path:
        at = getattr(at, name)
    assert at == value
    assert warnings(PutRule(mended).apply(document(raw(**fields))), ALL) == {}


def test_a_cure_of_two_rules_gives_the_later_one_a_limit():
    doc = document(raw("one"), raw("two", do=[{**SPIN, "rounds": 5}]))
    (warning,) = warnings(doc, ALL)["two"]
    mended = cured(doc.rule("two"), warning)
    assert mended.limits.cooldown_s == 2.0
    assert warnings(PutRule(mended).apply(doc), ALL) == {}


def test_no_cure_no_change():
    doc = document(raw(do=[]))
    (warning,) = warnings(doc, ALL)["a"]
    assert cured(doc.rules.rules[0], warning) is None


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_warning_is_said_in_words_without_open_slots(language):
    rules = [
        raw("a", when={"key": "gift"}, do=[]),
        raw("b", do=[{**SPIN, "device": "gone", "rpm": 900, "rounds": "scor"}]),
        raw("c", do=[{**SPIN, "rpm": 900, "rounds": "zebra"}]),
        raw("d", do=[{**SPIN, "rounds": 0}, {"key": "pulse", "device": "x"}]),
        raw("e", do=[{**SPIN, "rounds": 0}, {"key": "pulse", "device": "x"}]),
        raw("f", do=[{**SPIN, "rounds": 300}]),
    ]
    said = 0
    for ones in warnings(document(*rules), ALL).values():
        for warning in ones:
            text = warning_sentence(warning, Speaker(language))
            assert "{" not in text
            assert text[-1] in ".?"
            assert bool(cure_sentence(warning, Speaker(language))) == bool(warning.cure)
            said += 1
    assert said > 10


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [WARNINGS, CURES], ids=["warnings", "cures"])
def test_both_languages_name_the_same_values(table):
    for say in table.values():
        assert slots(say.en) == slots(say.vi)
    assert CURES.keys() <= WARNINGS.keys()


@given(st.lists(strategies.rules(), max_size=8, unique_by=lambda rule: rule.id))
def test_any_rules_are_checked_and_every_cure_fits(rules):
    doc = from_content({"version": 2, "rules": list(rules)})
    for rule_id, ones in warnings(doc, ALL).items():
        for warning in ones:
            assert warning_sentence(warning, Speaker("vi"))
            if warning.cure:
                assert isinstance(cured(doc.rule(rule_id), warning), Rule)


@given(
    st.lists(strategies.rules(), max_size=5, unique_by=lambda rule: rule.id),
    st.lists(strategies.rules(), max_size=5),
)
def test_what_is_remembered_is_what_a_fresh_look_finds(rules, changes):
    doc = from_content({"version": 2, "rules": list(rules)})
    doc = PutGroup(Group(id="g", on=False)).apply(doc)
    checker = Checker()
    # Looking at the first few at a time comes to the same.
    for end in range(len(rules)):
        checker.look(from_content({"version": 2, "rules": list(rules[:end])}), ALL)
    for change in changes:
        checker.warnings(doc, ALL)
        doc = PutRule(change, 0).apply(doc)
        assert checker.warnings(doc, ALL) == warnings(doc, ALL)


def test_rules_that_did_not_change_are_not_looked_at_again():
    nothing = {"do": [{**SPIN, "rounds": 0}]}
    doc, checker = document(*(raw(f"r{n}", **nothing) for n in range(9))), Checker()
    before = checker.warnings(doc, ALL)
    doc = PutRule(doc.rule("r3").model_copy(update={"note": "New"})).apply(doc)
    after = checker.warnings(doc, ALL)
    assert after == before
    assert [key for key in after if after[key][0] is not before[key][0]] == ["r3"]


# ------------------------------------------------------------------------------ outside


NOT_SET_UP = Surroundings(shut=dict.fromkeys(("obs", "mqtt", "sound", "overlay", "door"), "off"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"do": [{"key": "obs_scene", "scene": "Break"}]}, ("obs_off", ("do", 0))),
        ({"do": [{"key": "play_sound", "sound": "horn"}]}, ("sound_off", ("do", 0))),
        (
            {"do": [{"key": "sequence", "do": [{"key": "show_text"}]}]},
            ("overlay_off", ("do", 0, "do", 0)),
        ),
        (
            {"when": {"key": "mqtt_message", "topic": "a"}, "do": [{"key": "write_log"}]},
            ("mqtt_off", ("when",)),
        ),
        (
            {"when": {"key": "called", "name": "a"}, "do": [{"key": "write_log"}]},
            ("door_off", ("when",)),
        ),
    ],
)
def test_what_is_not_set_up_outside_is_said_where_it_is_needed(fields, expected):
    assert alone(NOT_SET_UP, **fields) == [expected]
    told = warnings(document(raw(**fields)), NOT_SET_UP)["a"][0]
    assert told.settings == told.code.partition("_")[0]
    assert cure_sentence(told, Speaker("vi")) == "Mở Cài đặt"


def test_what_is_set_up_or_off_is_not_complained_about():
    assert alone(NOT_SET_UP, do=[{"key": "speak"}]) == []
    off = [{"key": "write_log"}, {"key": "obs_scene", "scene": "Break", "on": False}]
    assert alone(NOT_SET_UP, do=off) == []
