"""Edits of the rules: each taken back leaves the file as it was, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.edits import (
    DropAside,
    DropGroup,
    DropRule,
    MoveGroup,
    MoveRule,
    PutAside,
    PutGroup,
    PutRule,
    Regroup,
    ReplaceAll,
    Several,
    applied,
    copied,
    copy_text,
    fresh_id,
    from_wire,
    pasted,
    to_wire,
)
from app.core.groups import Group
from app.core.rules import MAX_RULES, Rule, RuleDocument, RulesError, dump, from_content, load

FOLLOW = {"key": "follow"}
ODD = ["not a rule", {"id": 5}, {"id": "a", "name": "Odd", "when": FOLLOW, "group": "lost"}]
ids = st.sampled_from(["a", "b", "c", "d"])
group_ids = st.sampled_from(["g", "h", "i"])
positions = st.none() | st.integers(-2, 9)


def simple(rule_id, group="", on=False, name=""):
    fields = {"id": rule_id, "group": group, "on": on, "name": name}
    return Rule.model_validate({**fields, "when": FOLLOW, "do": [{"key": "rotate"}]})


def document(*entries, groups=()):
    raw = [one if isinstance(one, str | dict) else one.model_dump(mode="json") for one in entries]
    found = [one if isinstance(one, str | dict) else one.model_dump() for one in groups]
    return from_content({"version": 2, "groups": found, "rules": raw})


def shown(doc):
    return [getattr(entry, "id", "?") for entry in doc.entries()]


@st.composite
def documents(draw):
    groups = draw(st.lists(group_ids, unique=True, max_size=3))
    made = [Group(id=one, name=one, on=draw(st.booleans())) for one in groups]
    member = st.sampled_from(["", *groups])
    kept = draw(st.lists(ids, unique=True, max_size=4))
    entries = [simple(one, draw(member), draw(st.booleans())) for one in kept]
    for odd in draw(st.lists(st.sampled_from(ODD), max_size=3)):
        entries.insert(draw(st.integers(0, len(entries))), odd)
    odd_groups = [*made, {"id": "?"}] if draw(st.booleans()) else made
    return document(*entries, groups=draw(st.permutations(odd_groups)))


put_rules = st.builds(
    PutRule, st.builds(simple, ids, st.just("") | group_ids, st.booleans(), st.text(max_size=3)),
    positions,
)  # fmt: skip
put_groups = st.builds(
    PutGroup,
    st.builds(Group, id=group_ids, name=st.text(max_size=3), on=st.booleans()),
    positions,
    st.lists(ids, max_size=3).map(tuple),
)
simple_edits = st.one_of(
    put_rules,
    put_groups,
    st.builds(DropRule, ids),
    st.builds(MoveRule, ids, positions),
    st.builds(Regroup, st.lists(st.tuples(ids, st.just("") | group_ids), max_size=3).map(tuple)),
    st.builds(DropGroup, group_ids),
    st.builds(MoveGroup, group_ids, positions),
    st.builds(DropAside, st.integers(-1, 7), st.sampled_from(["rule", "group"])),
    st.builds(ReplaceAll, documents()),
)
edits = simple_edits | st.builds(Several, st.lists(simple_edits, max_size=4).map(tuple))


def over_the_wire(edit):
    return from_wire(json.loads(json.dumps(to_wire(edit))))


@settings(max_examples=300)
@given(documents(), st.lists(edits, max_size=12))
def test_any_edits_undone_leave_the_file_byte_for_byte_and_done_again_too(doc, wanted):
    first, texts, back = dump(doc), [], []
    for edit in wanted:
        before = dump(doc)
        try:
            after, inverse = applied(doc, edit)
        except RulesError:
            assert dump(doc) == before
            continue
        assert edit.apply(doc) == after
        assert edit.inverse(doc) == inverse
        texts.append(dump(after))
        back.append(inverse)
        doc = after
        assert load(dump(doc)).rules == doc.rules or doc.set_aside
    for inverse, text in zip(reversed(back), reversed(texts), strict=True):
        doc, again = applied(doc, inverse)
        assert dump(again.apply(doc)) == text
    assert dump(doc) == first


@given(documents(), edits)
def test_an_edit_and_its_inverse_are_the_same_after_the_wire(doc, edit):
    if isinstance(edit, ReplaceAll):
        return
    assert over_the_wire(edit) == edit
    try:
        after, inverse = applied(doc, edit)
    except RulesError:
        return
    assert dump(over_the_wire(edit).apply(doc)) == dump(after)
    if not isinstance(inverse, Several | ReplaceAll):
        assert over_the_wire(inverse) == inverse
    assert dump(over_the_wire(inverse).apply(after)) == dump(doc)


def test_rules_that_an_edit_does_not_name_stay_the_objects_they_are():
    doc = document(*(simple(f"r{n}") for n in range(20)))
    after = PutRule(simple("r7", name="New"), 3).apply(doc)
    was = {one.id: one for one in doc.rules.rules}
    assert all(one is was[one.id] for one in after.rules.rules if one.id != "r7")
    assert after.rules.rules[3].name == "New"


def test_positions_count_the_good_rules_and_what_is_set_aside_is_not_jumped_over():
    doc = document("x", simple("a"), "y", simple("b"), "z")
    assert shown(PutRule(simple("b", name="Other"), 1).apply(doc)) == ["?", "a", "?", "b", "?"]
    assert shown(PutRule(simple("c"), 1).apply(doc)) == ["?", "a", "?", "c", "b", "?"]
    assert shown(PutRule(simple("c")).apply(doc)) == ["?", "a", "?", "b", "?", "c"]
    assert shown(MoveRule("b", 0).apply(doc)) == ["?", "b", "a", "?", "?"]
    assert shown(MoveRule("a", 9).apply(doc)) == ["?", "?", "b", "?", "a"]
    assert shown(MoveRule("a", 0).apply(doc)) == shown(doc)


def test_a_group_takes_its_members_and_gives_them_back():
    doc = document(simple("a"), simple("b"), groups=[Group(id="g")])
    doc = Regroup((("b", "g"),)).apply(doc)
    after, back = applied(doc, PutGroup(Group(id="h"), 0, ("a", "b")))
    assert [group.id for group in after.rules.groups] == ["h", "g"]
    assert [one.group for one in after.rules.rules] == ["h", "h"]
    assert dump(back.apply(after)) == dump(doc)


def test_a_group_that_goes_leaves_its_rules_and_none_of_them_begins_to_run():
    groups = [Group(id="on"), Group(id="off", on=False)]
    doc = document(simple("a", "on", on=True), simple("b", "off", on=True), groups=groups)
    after = Several((DropGroup("on"), DropGroup("off"))).apply(doc)
    assert [(one.id, one.group, one.on) for one in after.rules.rules] == [
        ("a", "", True),
        ("b", "", False),
    ]


def test_what_is_set_aside_can_be_mended_thrown_away_and_brought_back():
    doc = document(simple("a"), ODD[2], groups=["odd", {"id": "g"}])
    mended = Several((DropAside(1), PutRule(simple("fixed", "g"))))
    after, back = applied(doc, mended)
    assert shown(after) == ["a", "fixed"]
    assert dump(back.apply(after)) == dump(doc)
    thrown, again = applied(doc, DropAside(0, "group"))
    assert [one.id for one in thrown.rules.groups] == ["g"]
    assert isinstance(again, PutAside)
    assert over_the_wire(again).apply(thrown) == doc


def test_either_all_of_several_are_done_or_none():
    doc = document(simple("a"))
    with pytest.raises(RulesError, match="there is no rule gone"):
        Several((DropRule("a"), DropRule("gone"))).apply(doc)
    assert shown(doc) == ["a"]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (DropRule("x"), "there is no rule x"),
        (MoveRule("x", 0), "there is no rule x"),
        (Regroup((("x", ""),)), "there is no rule x"),
        (Regroup((("a", "x"),)), "there is no group x"),
        (PutRule(simple("a", "x")), "there is no group x"),
        (PutGroup(Group(id="g"), 0, ("x",)), "there is no rule x"),
        (DropGroup("x"), "there is no group x"),
        (MoveGroup("x", 0), "there is no group x"),
        (DropAside(0), "there is nothing set aside at this place"),
        (DropAside(-1), "there is nothing set aside at this place"),
        (DropAside(9), "there is nothing set aside at this place"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_edit_that_does_not_fit_says_why(edit, sentence):
    with pytest.raises(RulesError) as caught:
        edit.apply(document(simple("a")))
    assert str(caught.value) == sentence


def test_there_are_bounds():
    one = simple("a")
    full = tuple(one.model_copy(update={"id": f"r{n}"}) for n in range(MAX_RULES))
    doc = RuleDocument(document().rules.model_copy(update={"rules": full}))
    with pytest.raises(RulesError, match="there is room for 10000 rules: delete some, or put"):
        PutRule(one).apply(doc)
    # What is there already can still be changed.
    assert len(PutRule(full[0]).apply(doc).rules.rules) == MAX_RULES
    raw = {"version": 2, "rules": [{}] * (MAX_RULES + 1)}
    with pytest.raises(RulesError, match="there is room for 10000 rules"):
        from_content(raw)
    groups = [Group(id=f"g{n}") for n in range(1_000)]
    with pytest.raises(RulesError, match="there is room for 1000 groups"):
        PutGroup(Group(id="more")).apply(document(groups=groups))


HUGE = {"key": "rotate", "rounds": 10**400}
UNKNOWN = "this change is not known to this version"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, UNKNOWN),
        ({}, UNKNOWN),
        ({"edit": "comet"}, UNKNOWN),
        ({"edit": ["put_rule"]}, UNKNOWN),
        ({"edit": "put_rule"}, UNKNOWN),
        ({"edit": "put_rule", "rule": {"id": "a", "when": {"key": "follow"}}, "at": "1"}, UNKNOWN),
        ({"edit": "put_rule", "rule": {"id": "a"}}, "when: this is missing"),
        (
            {"edit": "put_rule", "rule": {"id": "a", "when": {"key": "comet"}}},
            "when: “comet” is not known to this version",
        ),
        ({"edit": "drop_rule", "id": "\ud800"}, UNKNOWN),
        ({"edit": "put_rule", "rule": {"id": "a", "when": FOLLOW, "do": [HUGE]}}, UNKNOWN),
        ({"edit": "move_rule", "id": "a", "position": True}, UNKNOWN),
        ({"edit": "drop_rule", "id": 5}, UNKNOWN),
        ({"edit": "regroup", "members": [["a"]]}, UNKNOWN),
        ({"edit": "put_group", "group": {"id": "g"}, "members": [5]}, UNKNOWN),
        ({"edit": "put_group", "group": {}}, "id: this is missing"),
        ({"edit": "replace_all", "content": []}, "this is not a file of rules"),
        (
            {"edit": "replace_all", "content": {"version": 2, "rules": 1}},
            "rules: write a list here",
        ),
        ({"edit": "several", "edits": {}}, UNKNOWN),
        ({"edit": "several", "edits": [{"edit": "x"}]}, UNKNOWN),
        ({"edit": "put_aside", "raw": 1, "name": "", "what": "rule", "problems": [1]}, UNKNOWN),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_no_edit_is_refused_in_words(data, sentence):
    with pytest.raises(RulesError) as caught:
        from_wire(data)
    assert str(caught.value) == sentence


def test_edits_in_edits_have_an_end():
    edit = {"edit": "drop_rule", "id": "a"}
    for _ in range(5_000):
        edit = {"edit": "several", "edits": [edit]}
    with pytest.raises(RulesError, match=UNKNOWN):
        from_wire(edit)


def test_an_older_document_may_replace_all():
    old = {"version": 1, "rules": [{"id": "a", "group": "Old", "when": FOLLOW}]}
    edit = from_wire({"edit": "replace_all", "content": old})
    assert edit.apply(RuleDocument()).rules.groups[0].name == "Old"


# ------------------------------------------------------------------------------- copies


def test_fresh_ids_come_from_the_name_and_are_nobodys():
    doc = document(simple("dong-co"), simple("rule"), {"id": "kept", "name": 5})
    assert fresh_id(doc, "Động cơ") == "dong-co-2"
    assert fresh_id(doc, "★★★") == "rule-2"
    assert fresh_id(doc, "Kept!") == "kept-2"
    assert fresh_id(doc, "New one", also=["new-one"]) == "new-one-2"
    assert len(fresh_id(doc, "x" * 500)) <= 64


def test_a_copy_is_off_named_anew_and_in_the_same_group():
    doc = document(simple("a", "g", on=True, name="Spin"), groups=[Group(id="g")])
    first = copied(doc, doc.rules.rules[0])
    assert (first.id, first.name, first.on, first.group) == ("spin-2", "Spin 2", False, "g")
    doc = PutRule(first).apply(doc)
    assert copied(doc, first).name == "Spin 3"
    assert copied(doc, simple("b", name="")).name == ""


@given(st.lists(ids, unique=True, min_size=1))
def test_what_was_copied_is_pasted_off_and_without_groups(names):
    rules = [simple(one, "g", on=True, name=one) for one in names]
    assert pasted(copy_text(rules)) == tuple(simple(one, name=one) for one in names)


def test_many_forms_of_text_can_be_pasted():
    raw = simple("a").model_dump(mode="json")
    old = {"id": "a", "group": "Old", "when": FOLLOW}
    for text in (
        json.dumps(raw),
        f"\n {json.dumps([raw])} ",
        json.dumps({"version": 1, "rules": [old]}),
        dump(document(simple("a", "g"), groups=[Group(id="g")])),
    ):
        (one,) = pasted(text)
        assert (one.id, one.group, one.on) == ("a", "", False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file cannot be read at line 1, column 1"),
        ("hello", "the file cannot be read at line 1, column 1"),
        ("5", "this is not a file of rules"),
        ("[]", "this is not a file of rules"),
        ('{"version": 2}', "this is not a file of rules"),
        ('{"version": 2, "rules": 5}', "rules: write a list here"),
        (
            '{"version": 9, "rules": []}',
            "version: the file is of version 9, this program knows up to 2",
        ),
        ('{"when": {"key": "follow"}}', "id: this is missing"),
        ("[" * 100_000, "the file holds something unreadable"),
        (json.dumps([{}] * 2_001), "rules: 2000 entries at most"),
    ],
    ids=lambda value: value[:30],
)
def test_text_without_rules_is_refused_in_words(text, sentence):
    with pytest.raises(RulesError) as caught:
        pasted(text)
    assert str(caught.value) == sentence
