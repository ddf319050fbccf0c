"""Packs: written, read, and refused when hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.pack_guard import PackError
from app.core.pack_import import Choices, plan_import
from app.core.pack_preview import preview
from app.core.packs import Pack, dump_pack, read_pack
from app.core.rules import VERSION, RuleDocument, dump
from app.core.speech import Speaker
from tests.app.core.packing import AROUND, ROSE, SPIN, pack, raw_pack

GOLDEN = Path(__file__).parents[3] / "tests" / "data" / "packs"


def refusal(text):
    with pytest.raises(PackError) as caught:
        read_pack(text)
    assert caught.value.sentence("vi")
    return str(caught.value)


# ------------------------------------------------------------------------ written and read


def test_a_pack_is_read_and_written_again():
    made = pack(note="How to", words={"vi": {"Spin it": "Xoay đi"}})
    assert read_pack(dump_pack(made)) == made
    assert read_pack(dump_pack(made).encode()) == made
    assert made.note.said("vi") == "How to"
    assert made.name.said("vi") == "Xoay"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("v*.json")), ids=lambda path: path.name)
def test_packs_of_older_versions_become_todays(path):
    """To renew them: python -m tests.app.core.renew"""
    if path.name.endswith(".today.json"):
        assert dump_pack(read_pack(path.read_bytes())) == path.read_text(encoding="utf-8")
        return
    today = path.with_suffix(".today.json").read_text(encoding="utf-8")
    assert dump_pack(read_pack(path.read_bytes())) == today


def test_every_version_has_a_golden_pack():
    for version in range(1, VERSION + 1):
        assert (GOLDEN / f"v{version}.json").is_file()


# ------------------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This file cannot be read. Ask whoever gave it to you for a new copy."),
        (b"\xff\xfe\x00", "This file cannot be read. Ask whoever gave it to you for a new copy."),
        ("[]", "This file is not a pack. Choose another file."),
        ('{"giftwire": "rules"}', "This file is not a pack. Choose another file."),
        (dump(RuleDocument()), "This file is not a pack. Choose another file."),
        ("[" * 61 + "]" * 61, "Too many things are inside one another in this file, so it is not opened."),
        ("[" * 1_900_000, "Too many things are inside one another in this file, so it is not opened."),
        ('{"a":' * 300_000, "Too many things are inside one another in this file, so it is not opened."),
        (" " * 2_000_001, "The file is larger than 2 MB, so it is not a pack. Choose another file."),
        ('"' + '\\"' * 900_000, "This file cannot be read. Ask whoever gave it to you for a new copy."),
        (
            '{"giftwire": "pack", "giftwire": "pack"}',
            "“giftwire” is written twice in the same place of this file, so it is not opened. Ask for a new copy.",
        ),
        (
            json.dumps(raw_pack()).replace('"on": true', '"on": true, "on": false'),
            "“on” is written twice in the same place of this file, so it is not opened. Ask for a new copy.",
        ),
        (
            json.dumps(raw_pack(version=99)),
            "version: the file is of version 99, this program knows up to 2",
        ),
        (json.dumps(raw_pack(version=None)), "version: the file does not say which version it is"),
        (json.dumps(raw_pack(rules=[])), "There are no rules in this pack. Choose another file."),
        (json.dumps(raw_pack(rules={"a": 1})), "This file is not a pack. Choose another file."),
        (json.dumps(raw_pack(rules=[0] * 501)), "There are more than 500 rules in this pack."),
        (
            json.dumps(raw_pack(sounds=[])),
            "This pack does not fit here (sounds: this version does not know this field).",
        ),
        (
            json.dumps(raw_pack(needs=[{"role": "spinner"}] * 2)),
            "“spinner” is written twice in the same place of this file, so it is not opened. Ask for a new copy.",
        ),
        (json.dumps(raw_pack(needs=[])), "In “Spin it”: It uses “spinner”, which the pack does not ask for."),
        (
            json.dumps(raw_pack(needs=[{"role": "spinner", "kinds": ["light"]}])),
            "In “Spin it”: “spinner” is asked for as something that cannot do this.",
        ),
        (json.dumps(raw_pack(rules=[{"id": "a"}])), "In “a”: when: this is missing"),
        (
            json.dumps(raw_pack(rules=[{"id": "a", "group": "g", "when": ROSE}])),
            "In “a”: there is no group g",
        ),
        (
            json.dumps(raw_pack(rules=[{"id": "a", "when": ROSE, "do": [{**SPIN, "rounds": "2**99"}]}])),
            "In “a”: do 1, rounds: only numbers, names, + - * / // % and comparisons may stand in a formula",
        ),
        (
            json.dumps(raw_pack(rules=[{"id": "a", "when": ROSE, "do": [{**SPIN, "rounds": "(" * 30 + "1" + ")" * 30 + "+1" * 60}]}])),
            "In “a”: do 1, rounds: this formula is too complicated",
        ),
        (
            json.dumps(raw_pack(rules=[{"id": "a", "when": {"key": "chat_pattern", "pattern": "((a{1,9}){1,9}){1,9}"}}])),
            "In “a”: when, pattern: this pattern is too complicated",
        ),
        (
            json.dumps(raw_pack(rules=[{"id": "a", "when": {"key": "chat_pattern", "pattern": "(a)\\1"}}])),
            "In “a”: when, pattern: “\\1” is not possible in a pattern here",
        ),
        (json.dumps(raw_pack(author="\ud800")), "This file cannot be read. Ask whoever gave it to you for a new copy."),
        (json.dumps(raw_pack(author=float("nan"))), "This file cannot be read. Ask whoever gave it to you for a new copy."),
        (
            json.dumps(raw_pack()).replace('"count"', "1" + "0" * 500),
            "This file cannot be read. Ask whoever gave it to you for a new copy.",
        ),
        (
            json.dumps(raw_pack(variables=[{"name": "coins"}])),
            "This pack does not fit here (variables 1, name: this is not written as it should be).",
        ),
    ],
    ids=lambda value: ascii(value)[:24],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_one_sentence(text, sentence):
    assert refusal(text) == sentence


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Safe \u202eexe.lave", "Safe exe.lave"),
        ("\u200b\u2066x\u2069", "x"),
        ("a\nb\r\x1b[31m\x07", "a b[31m"),
        ("\U000e0041Hi", "Hi"),
        ("Z" + "\u0301" * 90, "Z" + "\u0301" * 4),
        ("Hoa hồng \u2764\ufe0f👩\u200d🎤", "Hoa hồng \u2764\ufe0f👩\u200d🎤"),
        ("ê\u0323 ộ", "ê\u0323 ộ"),
    ],
    ids=ascii,
)
def test_signs_that_disguise_a_text_are_left_out_everywhere(sent, kept):
    made = pack(
        name=sent,
        author=sent,
        note=sent,
        needs=[{"role": "spinner", "title": sent}],
        groups=[{"id": "g", "name": sent}],
        words={"vi": {sent: sent}},
        rules=[{"id": "a", "name": sent, "group": "g", "when": ROSE, "do": [SPIN]}],
    )
    texts = {
        made.name.en,
        made.author,
        made.needs[0].title.en,
        made.groups[0].name,
        made.rules[0].name,
    }
    assert texts == {kept}
    assert made.words == {"vi": {kept: kept}}


def test_a_note_may_have_lines_and_a_field_no_disguise():
    assert pack(note="One\n\tTwo\u2028").note.en == "One\n\tTwo"
    twin = json.dumps(raw_pack()).replace('"on": true', '"on": false, "on\u200b": true')
    assert "this version does not know this field" in refusal(twin)


def test_more_steps_than_anybody_reads_are_refused():
    many = [{"key": "sequence", "do": [{"key": "stop_run"}] * 50}] * 50
    rules = [{"id": f"r{n}", "when": ROSE, "do": many} for n in range(4)]
    assert "more than 10000 conditions and steps" in refusal(json.dumps(raw_pack(rules=rules)))
    assert read_pack(json.dumps(raw_pack(rules=rules[:3])))


def test_a_name_longer_than_a_line_is_refused():
    text = json.dumps(raw_pack(name="W" * 121))
    assert refusal(text) == "This pack does not fit here (name: 120 characters at most)."


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
paths = st.sampled_from(
    [
        ("rules",), ("rules", 0), ("rules", 0, "when"), ("rules", 0, "when", "gifts"),
        ("rules", 0, "when", "gifts", 0, "id"), ("rules", 0, "do"), ("rules", 0, "do", 0),
        ("rules", 0, "do", 0, "rounds"), ("rules", 0, "do", 0, "device"), ("rules", 0, "id"),
        ("rules", 0, "limits"), ("rules", 0, "only_if"), ("needs",), ("needs", 0), ("needs", 0, "kinds"),
        ("name",), ("groups",), ("variables",), ("version",), ("words",), ("note",), ("giftwire",),
        ("rules", 0, "name"), ("rules", 0, "group"), ("rules", 0, "priority"), ("author",),
    ]
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.tuples(paths, json_values), min_size=1, max_size=3))
def test_a_twisted_pack_is_read_or_refused_and_never_breaks_anything(twists):
    data = raw_pack(rules=[{"id": "spin", "when": ROSE, "do": [dict(SPIN)], "limits": {}}])
    data = json.loads(json.dumps(data))
    for path, value in twists:
        at = data
        try:
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = value
        except (LookupError, TypeError):
            continue
    text = json.dumps(data)
    try:
        made = read_pack(text)
        plan = plan_import(RuleDocument(), made, Choices(), AROUND)
    except PackError as refused:
        said = (str(refused), refused.sentence("vi"))
    else:
        said = ()
    if said:
        assert all(said)
        return
    assert isinstance(made, Pack)
    dump(plan.edit.apply(RuleDocument())).encode()
    preview(RuleDocument(), made, Choices(), AROUND, Speaker("vi"))


@given(st.text() | st.binary() | json_values.map(json.dumps))
def test_anything_at_all_is_read_or_refused(data):
    with pytest.raises(PackError):
        read_pack(data)
