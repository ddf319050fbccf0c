"""Packs: written, read, refused when hostile, and taken over with roles as own devices."""

from __future__ import annotations

import contextlib
import json
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.edits import PutGroup, applied
from app.core.groups import Group
from app.core.limits import RuleLimits
from app.core.pack_export import chosen, export
from app.core.pack_guard import PackError, check_url
from app.core.pack_import import Choices, Place, plan_import, tighter
from app.core.pack_preview import preview
from app.core.pack_words import PROBLEMS, REACHES
from app.core.packs import Pack, dump_pack, read_pack
from app.core.rules import VERSION, RuleDocument, dump, from_content, to_content
from app.core.speech import Speaker
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from app.core.variables import Variable
from drivers.contract import HAZARD_LIMITS, Hazard, Kind, Limits
from tests.app.core import strategies

GOLDEN = Path(__file__).parents[3] / "tests" / "data" / "packs"
ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}
SPIN = {"key": "rotate", "device": "spinner", "rounds": "count"}
MOTOR = DeviceSketch(
    "m1", "Desk motor", "", (OutputSketch("turn", Kind.MOTOR, HAZARD_LIMITS[Hazard.MOTION], Hazard.MOTION),)
)  # fmt: skip
LAMP = DeviceSketch(
    "l1", "Lamp", "", (OutputSketch("rgb", Kind.LIGHT, HAZARD_LIMITS[Hazard.LIGHT]),)
)
AROUND = Surroundings((MOTOR, LAMP), frozenset({"score"}))


def raw_pack(**fields):
    usual = {
        "giftwire": "pack",
        "version": VERSION,
        "name": {"en": "Spin", "vi": "Xoay"},
        "author": "Anna",
        "needs": [{"role": "spinner", "kinds": ["motor"], "hazard": "motion"}],
        "rules": [{"id": "spin", "name": "Spin it", "on": True, "when": ROSE, "do": [SPIN]}],
    }
    return {**usual, **fields}


def pack(**fields):
    return read_pack(json.dumps(raw_pack(**fields)))


def refusal(text):
    with pytest.raises(PackError) as caught:
        read_pack(text)
    assert caught.value.sentence("vi")
    return str(caught.value)


def document(*rules, groups=()):
    return from_content({"version": VERSION, "groups": list(groups), "rules": list(rules)})


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
        ("[]", "This file is not a pack."),
        ('{"giftwire": "rules"}', "This file is not a pack."),
        (dump(RuleDocument()), "This file is not a pack."),
        ("[" * 61 + "]" * 61, "Too much is put into one another in this file, so it is not opened."),
        ("[" * 1_900_000, "Too much is put into one another in this file, so it is not opened."),
        ('{"a":' * 300_000, "Too much is put into one another in this file, so it is not opened."),
        (" " * 2_000_001, "The file is larger than 2 MB, so it is no pack."),
        ('"' + '\\"' * 900_000, "This file cannot be read. Ask whoever gave it to you for a new copy."),
        (
            '{"giftwire": "pack", "giftwire": "pack"}',
            "“giftwire” stands twice in the same place of this file, so it is not opened.",
        ),
        (
            json.dumps(raw_pack()).replace('"on": true', '"on": true, "on": false'),
            "“on” stands twice in the same place of this file, so it is not opened.",
        ),
        (
            json.dumps(raw_pack(version=99)),
            "version: the file is of version 99, this program knows up to 2",
        ),
        (json.dumps(raw_pack(version=None)), "version: the file does not say which version it is"),
        (json.dumps(raw_pack(rules=[])), "There are no rules in this pack."),
        (json.dumps(raw_pack(rules={"a": 1})), "This file is not a pack."),
        (json.dumps(raw_pack(rules=[0] * 501)), "There are more than 500 rules in this pack."),
        (
            json.dumps(raw_pack(sounds=[])),
            "This pack does not fit here (sounds: this version does not know this field).",
        ),
        (
            json.dumps(raw_pack(needs=[{"role": "spinner"}] * 2)),
            "“spinner” stands twice in the same place of this file, so it is not opened.",
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
    "url",
    [
        "https://example.com/hook", "http://api.example.co.uk:8080/a?b=c", "https://1.1.1.1/x",
        "https://[2606:4700:4700::1111]/", "HTTPS://Example.COM.", "https://xn--bcher-kva.example/",
    ],
)  # fmt: skip
def test_public_addresses_may_be_called(url):
    assert check_url(url)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        *((f"http://{host}/x", "url_local") for host in (
            "localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.8",
            "192.168.1.1", "172.16.0.1", "172.31.255.255", "169.254.169.254", "100.64.0.1", "224.0.0.1",
            "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]",
            "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[2002:7f00:1::]", "[ff02::1]", "[64:ff9b::7f00:1]", "[fe80::1%25eth0]", "router.lan",
            "nas.local", "metadata.google.internal", "printer.home", "127.0.0.1.nip.io", "a.localtest.me",
            "10-0-0-1.sslip.io", "localhost.", "192.168.1.1.",
        )),
        *((url, "url_odd") for url in (
            "http://router/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/",
            "http://0177.0.0.1/", "http:///x", "http://", "http://１２７.0.0.1/", "http://ⓛocalhost/",
            "http://exa mple.com/", "http://example.com\\@localhost/", "http://{text}/", "http://a..com/",
            "http://example.com:99999/", "http://[::1/", "http://münchen.de/",
            "http://example.com/\n", "http://example.com/" + "a" * 2_000,
        )),
        *((url, "url_login") for url in (
            "https://me:secret@example.com/", "https://me@example.com/", "http://example.com@127.0.0.1/",
        )),
        *((url, "url_scheme") for url in (
            "file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "//example.com/", "example.com",
            "http:example.com", "gopher://example.com/", "{text}://example.com", "data:text/plain,x",
        )),
    ],
)  # fmt: skip
def test_addresses_at_home_and_odd_ones_are_refused(url, code):
    with pytest.raises(PackError) as caught:
        check_url(url)
    assert caught.value.problem.code == code
    assert caught.value.sentence("vi") != str(caught.value)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_address_is_let_through_or_refused(text):
    for url in (text, f"http://{text}", f"https://{text}/x"):
        with contextlib.suppress(PackError):
            assert check_url(url)


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
    with pytest.raises(PackError, match="too long to be held below your limit"):
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


@given(st.lists(strategies.rules(), min_size=1, max_size=5, unique_by=lambda rule: rule.id))
def test_what_is_exported_comes_back_as_it_was_but_for_devices_and_ids(rules):
    doc = document(*(rule.model_dump(mode="json") for rule in rules))
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


# ------------------------------------------------------------------------------ shown


def test_what_a_pack_does_is_told_before_it_is_accepted():
    made = pack(variables=[{"name": "score"}], words={"vi": {"Spin it": "Xoay đi"}})
    seen = preview(RuleDocument(), made, Choices(), AROUND, Speaker("en"))
    assert [(line.name, line.on) for line in seen.rules] == [("Spin it", False)]
    assert "Rose" in seen.rules[0].sentence
    assert [(reach.code, reach.rules) for reach in seen.reaches] == [("hazard", ("Spin it",))]
    assert seen.shared == ("score",)
    assert seen.roles[0].fitting == (("m1", "Desk motor", "turn"),)
    choices = Choices({"spinner": Place("m1")}, on=True)
    seen = preview(RuleDocument(), made, choices, AROUND, Speaker("vi"))
    assert "Desk motor" in seen.rules[0].sentence
    assert seen.rules[0].name == "Xoay đi"
    assert seen.rules[0].on
    assert seen.reaches[0].sentence("vi").startswith("điều khiển Desk motor, có thể")


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [PROBLEMS, REACHES], ids=["problems", "reaches"])
def test_both_languages_name_the_same_values(table):
    for say in table.values():
        assert slots(say.en) == slots(say.vi)


def test_a_profile_that_is_full_takes_no_more():
    doc = document()
    for n in range(1_000):
        doc = PutGroup(Group(id=f"g{n}")).apply(doc)
    with pytest.raises(PackError, match="no room"):
        plan_import(doc, pack(), Choices(), AROUND)
    assert to_content(doc)["rules"] == []
