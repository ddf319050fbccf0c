"""Packs made of own rules: nothing of the user's own goes along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pack_export import chosen, export
from app.core.pack_guard import PackError, cleaned
from app.core.pack_import import Choices, asks, plan_import
from app.core.packs import dump_pack, read_pack
from app.core.rules import RuleDocument
from app.core.surroundings import Surroundings
from app.core.variables import Variable
from drivers.contract import Hazard, Kind
from tests.app.core import strategies
from tests.app.core.packing import AROUND, ROSE, SPIN, document


@given(st.lists(strategies.rules(), min_size=1, max_size=5, unique_by=lambda rule: rule.id))
def test_what_is_exported_comes_back_as_it_was_but_for_devices_and_ids(rules):
    # Signs that packs do not carry are another matter.
    doc = document(*(cleaned(rule.model_dump(mode="json")) for rule in rules))
    made = export(doc, doc.rules.rules, {"name": "Mine"}, AROUND)
    again = read_pack(dump_pack(made))
    assert again == made
    plan = plan_import(RuleDocument(), again, Choices(gather=False), Surroundings())
    after = plan.edit.apply(RuleDocument())
    for was, now in zip(doc.rules.rules, after.rules.rules, strict=True):
        assert (now.when, now.only_if, now.name) == (was.when, was.only_if, was.name)
        assert [step.key for step in now.do] == [step.key for step in was.do]
        assert not now.on


def test_an_export_names_roles_and_nothing_of_the_users_own():
    doc = document(
        {"id": "a", "name": "A", "group": "g", "when": ROSE, "do": [{**SPIN, "device": "m1", "rounds": "score"}]},
        {"id": "b", "name": "B", "when": ROSE, "do": [{**SPIN, "device": "m1", "capability": "turn"}]},
        {"id": "c", "name": "C", "when": ROSE, "do": [{"key": "flash", "device": "l1"}]},
        groups=[{"id": "g", "name": "G"}, {"id": "h"}],
    )  # fmt: skip
    variables = [Variable("score", 7.0, lasting=True), Variable("other", 1.0)]
    made = export(doc, chosen(doc), {"name": "Mine", "author": "Anna"}, AROUND, variables)
    text = dump_pack(made)
    assert '"m1"' not in text
    assert "Desk motor" not in text
    assert [(need.role, need.kinds, need.hazard) for need in made.needs] == [
        ("motor", (Kind.MOTOR,), Hazard.MOTION),
        ("motor-2", (Kind.MOTOR,), Hazard.MOTION),
        ("light", (Kind.LIGHT,), Hazard.NONE),
    ]
    assert [(one.name, one.value, one.lasting) for one in made.variables] == [("score", 0.0, True)]
    assert [group.id for group in made.groups] == ["g"]
    assert [one.id for one in chosen(doc, ["c"], ["g"])] == ["a", "c"]
    with pytest.raises(PackError, match="no rules"):
        export(doc, (), {"name": "Mine"}, AROUND)


def test_an_export_leaves_out_secrets_addresses_people_and_other_rules():
    webhook = {"key": "webhook", "url": "https://example.com/my-token", "secret": "mine"}
    listed = {"key": "sender_is_listed", "people": ["anna"]}
    steps = [webhook, {"key": "run_rule", "rule": "b"}, {"key": "turn_rule", "rule": "other"}]
    doc = document(
        {"id": "a", "name": "A", "when": ROSE, "only_if": [listed], "do": steps},
        {"id": "b", "name": "B", "when": ROSE, "do": [{"key": "stop_device", "device": "m1"}]},
        {"id": "c", "name": "C", "when": ROSE, "do": [{"key": "device_off", "device": "m1"}]},
        {"id": "d", "name": "D", "when": ROSE, "do": [{**SPIN, "device": "m1"}]},
        {"id": "other", "name": "Other", "when": ROSE},
    )
    made = export(doc, chosen(doc, ["a", "b", "c", "d"]), {"name": "Mine"}, AROUND)
    text = dump_pack(made)
    for own in ("example.com", "mine", "anna", "other"):
        assert f'"{own}' not in text
    assert [step.rule for step in made.rules[0].do[1:]] == ["b", ""]
    assert [(need.role, need.kinds) for need in made.needs] == [("motor", (Kind.MOTOR,))]
    asked = [(ask.rule_id, ask.path, ask.pick) for ask in asks(made)]
    assert asked == [
        ("a", ("only_if", 0, "people"), "people"),
        ("a", ("do", 0, "url"), "url"),
        ("a", ("do", 0, "secret"), "secret"),
    ]
    answers = {("a", ("do", 0, "url")): "http://192.168.1.5/", ("a", ("do", 0, "secret")): "token"}
    plan = plan_import(doc, made, Choices(answers=answers), AROUND)
    first = plan.rules[0]
    assert (first.do[0].url, first.do[0].secret) == ("http://192.168.1.5/", "token")
    assert first.do[1].rule == plan.rules[1].id == "b-2"
