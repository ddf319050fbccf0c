"""The rule document: read, checked, set aside, upgraded, and written byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.events import Gift
from app.core.parts import Action, Condition, Trigger, parts
from app.core.rules import (
    UPGRADES,
    VERSION,
    Rule,
    RuleDocument,
    RulesError,
    RuleSet,
    dump,
    from_content,
    load,
    to_content,
    upgraded,
)
from drivers.contract import Flash, Play, Rotate
from tests.app.core import strategies
from tests.app.core.making import engine, gift, rule, ruleset

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "data" / "rules"
STARTER = ROOT / "resources" / "rules" / "starter.json"


def text_of(*rules, **more):
    return json.dumps({"version": VERSION, "rules": list(rules), **more})


def raw(**fields):
    return rule(**fields).model_dump(mode="json")


def old_raw(**fields):
    """A rule as version 1 wrote it."""
    return {"name": "Spin", "when": {"key": "follow"}, "do": [{"key": "rotate"}], **fields}


@given(st.lists(strategies.rules(), max_size=6, unique_by=lambda rule: rule.id))
def test_a_document_round_trips_byte_for_byte(rules):
    text = dump(ruleset(*rules))
    document = load(text)
    assert document.set_aside == ()
    assert document.rules == ruleset(*rules)
    assert dump(document) == text


def test_a_bad_rule_is_set_aside_with_its_reason_and_kept_in_its_place():
    bad = raw(id="bad", name="Broken") | {"do": [{"key": "rotate", "rounds": "coins ** 2"}]}
    text = dump(load(text_of(raw(id="a"), bad, "not a rule", {"id": 5}, raw(id="b"))))
    document = load(text)
    assert [kept.id for kept in document.rules.rules] == ["a", "b"]
    first, second, third = document.set_aside
    assert (first.position, first.name) == (1, "Broken")
    assert first.problems[0].sentence() == (
        "do 1, rounds: only numbers, names, + - * / // % and comparisons may stand in a formula"
    )
    assert (second.name, third.name) == ("", "")
    assert [
        item if isinstance(item, str) else item["id"] for item in json.loads(text)["rules"]
    ] == [
        "a",
        "bad",
        "not a rule",
        5,
        "b",
    ]
    assert dump(document) == text


def test_a_second_rule_with_the_same_id_is_set_aside():
    document = load(text_of(raw(id="a"), raw(id="a", name="Second")))
    assert len(document.rules.rules) == 1
    (kept,) = document.set_aside
    assert (kept.position, kept.name) == (1, "Second")
    assert kept.problems[0].sentence() == "id: the id a is used twice"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file cannot be read at line 1, column 1"),
        ('{"version": 1,\n "rules": [}', "the file cannot be read at line 2, column 12"),
        ("[]", "this is not a file of rules"),
        ('{"version": 1, "x": NaN}', "the file holds something unreadable"),
        ("[" * 100_000, "the file holds something unreadable"),
        ('{"version": ' + "9" * 5000 + "}", "the file holds something unreadable"),
        ('{"version": 2, "x": 1' + "0" * 400 + "}", "the file holds something unreadable"),
        ('{"version": 2, "x": 1e999}', "the file holds something unreadable"),
        ('{"version": 2, "x": "\\ud800"}', "the file holds something unreadable"),
        ("{}", "version: the file does not say which version it is"),
        ('{"version": true}', "version: the file does not say which version it is"),
        ('{"version": "1"}', "version: the file does not say which version it is"),
        ('{"version": 0}', "version: the file does not say which version it is"),
        (
            '{"version": 99}',
            "version: the file is of version 99, this program knows up to 2",
        ),
        ('{"version": 1, "ruels": []}', "ruels: this version does not know this field"),
        ('{"version": 1, "rules": {}}', "rules: write a list here"),
        (
            json.dumps({"version": 1, "rules": [0] * 10_001}),
            "there is room for 10000 rules: delete some, or put some into another profile",
        ),
        (" " * 20_000_001, "the file is far too large"),
    ],
    ids=lambda value: value[:20],
)
def test_a_file_that_cannot_be_used_says_why_in_one_sentence(text, sentence):
    with pytest.raises(RulesError) as caught:
        load(text)
    assert str(caught.value) == sentence
    assert caught.value.newer == text.startswith('{"version": 99}')


def test_an_empty_document_and_one_without_rules_are_fine():
    assert load('{"version": 1}').rules == RuleSet()
    assert dump(RuleSet()) == '{\n  "version": 2,\n  "groups": [],\n  "rules": []\n}\n'


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": "Not an id"}, "id: this is not written as it should be"),
        ({"name": 5}, "name: write a text here"),
        ({"name": "x" * 121}, "name: 120 characters at most"),
        ({"on": "maybe"}, "on: write true or false here"),
        ({"onn": True}, "onn: this version does not know this field"),
        ({"react": "never"}, "react: it must be one of 'each' or 'total'"),
        ({"time_to_live_s": 0}, "time_to_live_s: it must be 1 or more"),
        ({"time_to_live_s": 1e9}, "time_to_live_s: it must be 86400 or less"),
        ({"time_to_live_s": "long"}, "time_to_live_s: write a number here"),
        ({"when": None}, "when: this should be written in braces, with a key"),
        ({"when": {}}, "when: “None” is not known to this version"),
        ({"when": {"key": ["gift"]}}, "when: “['gift']” is not known to this version"),
        ({"when": {"key": "comet"}}, "when: “comet” is not known to this version"),
        (
            {"when": {"key": "gift", "gifts": [{"id": -1}]}},
            "when, gifts 1, id: it must be 0 or more",
        ),
        ({"when": {"key": "gift", "gifts": 5}}, "when, gifts: write a list here"),
        (
            {"when": {"key": "gift_any", "least": 9, "most": 5}},
            "when: the upper end 5 is below the lower end 9",
        ),
        ({"when": {"key": "likes", "likes": 1.5}}, "when, likes: write a whole number here"),
        (
            {"only_if": [{"key": "any", "of": [{"key": "coins_at_least", "coins": "x"}]}]},
            "only_if 1, of 1, coins: write a whole number here",
        ),
        (
            {"do": [{"key": "rotate", "speed": 1}]},
            "do 1, speed: this version does not know this field",
        ),
        (
            {"do": [{"key": "rotate"}, {"key": "flash", "rate_hz": 9}]},
            "do 2, rate_hz: it must be 3 or less",
        ),
        (
            {"limits": {"policy": "x"}},
            "limits, policy: it must be one of 'queue', 'latest', 'drop' or 'add'",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_in_a_rule_is_said_with_its_place(fields, sentence):
    raw_rule = raw() | fields
    (kept,) = load(text_of(raw_rule)).set_aside
    assert kept.problems[0].sentence() == sentence
    assert kept.problems[0].sentence("vi") != sentence


def test_groups_in_groups_are_bounded():
    condition = {"key": "sender_is_follower"}
    for _ in range(7):
        condition = {"key": "all", "of": [condition]}
    assert load(text_of(raw() | {"only_if": [condition]})).set_aside == ()
    deep = condition
    for _ in range(5000):
        deep = {"key": "not", "of": deep}
    with pytest.raises(ValidationError, match="groups may hold groups 8 deep at most"):
        Rule.model_validate(raw() | {"only_if": [deep]})
    (kept,) = load(
        text_of(raw() | {"only_if": [{"key": "not", "of": {"key": "not", "of": condition}}]})
    ).set_aside
    assert kept.problems[0].code == "nesting"


def test_a_rule_made_from_parts_keeps_them_as_they_are():
    made = rule(only_if=[{"key": "sender_is_follower"}])
    again = Rule(id="again", when=made.when, only_if=made.only_if, do=made.do)
    assert again.when is made.when
    assert again.do == made.do
    assert again.only_if == made.only_if


def test_a_rule_is_turned_on_and_off_and_nothing_else_changes():
    document = load(text_of(raw(id="a"), "odd", raw(id="b")))
    off = document.turned("b", on=False)
    assert [kept.on for kept in off.rules.rules] == [True, False]
    assert dump(off.turned("b", on=True)) == dump(document)
    with pytest.raises(KeyError):
        document.turned("c", on=True)


def test_the_content_of_a_file_may_come_and_go_without_text():
    document = load(text_of(raw(id="a"), "odd"))
    assert from_content(to_content(document)) == document
    assert RuleDocument().rules == RuleSet()


def test_a_rule_is_live_when_it_and_its_group_are_on():
    data = {"version": 2, "groups": [{"id": "on"}, {"id": "off", "on": False}]}
    rules = [raw(id="a", group="off"), raw(id="b", group="on"), raw(id="c")]
    rules.append(raw(id="d", on=False))
    document = load(json.dumps({**data, "rules": rules}))
    assert document.rules.off_groups() == {"off"}
    live = {kept.id: document.rules.live(kept) for kept in document.rules.rules}
    assert live == {"a": False, "b": True, "c": True, "d": False}
    assert [kept.id for kept in document.rules.served()] == ["c", "d", "b", "a"]
    assert document.rule("c").id == "c"
    assert document.rule("x") is document.group("x") is None
    assert document.group("off").on is False


def test_a_group_that_cannot_be_read_is_set_aside_with_its_rules():
    groups = [{"id": "a"}, {"id": "b", "on": "perhaps"}, {"id": "a", "name": "Second"}]
    rules = [raw(id="one", group="b"), raw(id="two", group="a"), raw(id="three", group="gone")]
    text = json.dumps({"version": 2, "groups": groups, "rules": rules})
    document = load(text)
    assert [(kept.kind, kept.position) for kept in document.set_aside] == [
        ("group", 1),
        ("group", 2),
        ("rule", 0),
        ("rule", 2),
    ]
    assert [kept.problems[0].sentence() for kept in document.set_aside] == [
        "on: write true or false here",
        "id: the id a is used twice",
        "group: there is no group b",
        "group: there is no group gone",
    ]
    assert [getattr(entry, "id", "odd") for entry in document.entries()] == ["odd", "two", "odd"]
    assert [getattr(entry, "id", "odd") for entry in document.group_entries()] == [
        "a",
        "odd",
        "odd",
    ]
    assert json.loads(dump(document))["groups"][1:] == groups[1:]
    assert dump(load(dump(document))) == dump(document)


def test_what_is_put_into_one_another_has_an_end():
    deep = []
    for _ in range(50_000):
        deep = [deep]
    for place in ("when", "only_if", "do"):
        with pytest.raises(ValidationError, match="too many things are inside one another"):
            Rule.model_validate(raw() | {place: deep})


def test_a_set_of_rules_made_by_hand_knows_its_groups():
    with pytest.raises(ValidationError, match="there is no group a"):
        RuleSet.model_validate({"rules": [raw(group="a")]})


def test_a_set_of_rules_made_by_hand_has_each_id_once():
    with pytest.raises(ValidationError, match="the id r1 is used twice"):
        ruleset(rule(), rule())


# ------------------------------------------------------------------------------- upgrades


def test_every_upgrade_and_the_present_version_have_a_golden_file():
    assert set(UPGRADES) == set(range(1, VERSION))
    for version in range(1, VERSION + 1):
        assert (GOLDEN / f"v{version}.json").is_file()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_golden_file_of_an_older_version_becomes_todays_document(version):
    document = load((GOLDEN / f"v{version}.json").read_text(encoding="utf-8"))
    assert document.set_aside == ()
    assert dump(document) == (GOLDEN / f"v{version}.today.json").read_text(encoding="utf-8")


def test_a_rules_free_text_of_version_1_becomes_a_group():
    names = ["Động cơ", "", "dong co", "Động cơ", "★", 5, "x" * 121]
    rules = [{**old_raw(id=f"r{n}"), "group": name} for n, name in enumerate(names)]
    document = load(json.dumps({"version": 1, "rules": [*rules, "odd"]}))
    assert [(group.id, group.name, group.on) for group in document.rules.groups] == [
        ("dong-co", "Động cơ", True),
        ("dong-co-2", "dong co", True),
        ("group", "★", True),
    ]
    assert [kept.group for kept in document.rules.rules] == [
        "dong-co",
        "",
        "dong-co-2",
        "dong-co",
        "group",
    ]
    assert [kept.position for kept in document.set_aside] == [5, 6, 7]


def test_the_golden_file_of_the_present_version_holds_every_part_there_is():
    """To renew it: python -m tests.app.core.renew"""
    golden = (GOLDEN / f"v{VERSION}.json").read_text(encoding="utf-8")
    document = load(golden)
    assert document.set_aside == ()
    text = dump(document)
    assert text == golden
    for base in (Trigger, Condition, Action):
        for key in parts(base).found:
            assert f'"key": "{key}"' in text


def test_upgrades_go_step_by_step():
    steps = {
        1: lambda data: {**data, "rules": [*data["rules"], "one"]},
        2: lambda data: {**data, "rules": [*data["rules"], "two"]},
    }
    old = {"version": 1, "rules": []}
    assert upgraded(old, steps, 3) == {"version": 3, "rules": ["one", "two"]}
    assert old == {"version": 1, "rules": []}


@pytest.mark.parametrize("steps", [{}, {1: lambda data: data["nothing"]}])
def test_an_upgrade_that_fails_is_about_the_file(steps):
    with pytest.raises(RulesError, match="version 1 could not be brought up to date"):
        upgraded({"version": 1}, steps, 2)


# ------------------------------------------------------------------------- shipped files


def test_the_starter_pack_is_written_as_we_write():
    text = STARTER.read_text(encoding="utf-8")
    document = load(text)
    assert document.set_aside == ()
    assert dump(document) == text
    assert all(kept.on for kept in document.rules.rules)


@pytest.mark.parametrize(
    ("sent", "device", "instruction", "seconds"),
    [
        ({"gift_id": 5655, "count": 10}, "motor-1", Rotate(10.0, 100.0), None),
        ({"gift_id": 0, "name": "ROSE", "count": 10}, "motor-1", Rotate(10.0, 100.0), None),
        ({"gift_id": 5655, "name": "Hoa hồng"}, "motor-1", Rotate(1.0, 100.0), None),
        (
            {"gift_id": 0, "name": "Lion", "coins": 10, "count": 2},
            "motor-1",
            Rotate(200.0, 100.0),
            None,
        ),
        (
            {"gift_id": 6369, "name": "Lion", "coins": 29_999},
            "motor-1",
            Rotate(200.0, 100.0),
            None,
        ),
        ({"gift_id": 5269, "name": "TikTok"}, "light-1", Flash(3, 0, 255, 255, 2.0), None),
        ({"gift_id": 0, "name": "Universe", "coins": 100}, "effect-1", Play("fireworks"), 30.0),
        ({"gift_id": 9072, "name": "TikTok Universe"}, "effect-1", Play("fireworks"), 30.0),
    ],
    ids=str,
)
def test_the_starter_pack_does_what_it_promises(sent, device, instruction, seconds):
    machine = engine(*load(STARTER.read_text(encoding="utf-8")).rules.rules)
    (command,) = machine.handle(gift(**sent), 5.0, strategies.OPEN).commands
    assert (command.device_id, command.instruction, command.duration_s) == (
        device,
        instruction,
        seconds,
    )
    assert command.deadline == 35.0


def test_the_gift_numbers_of_the_starter_pack_are_those_that_tiktok_lists():
    listed = ROOT.parent / "shared" / "data" / "gifts.json"
    if not listed.is_file():
        pytest.skip("the list of real gifts is not beside this checkout")
    names = {entry["id"]: entry["name"] for entry in json.loads(listed.read_text(encoding="utf-8"))}
    for kept in load(STARTER.read_text(encoding="utf-8")).rules.rules:
        assert kept.when.event is Gift
        for choice in kept.when.gifts:
            assert not choice.id or names[choice.id] == choice.name
