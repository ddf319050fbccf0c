"""Random triggers, conditions and steps of every kind there is, made from their own schemas."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from app.core import events as facts
from app.core.forms import FIELD
from app.core.parts import FAMILY, Action, Condition, Trigger, parts
from app.core.rules import Rule
from app.core.world import LocalTime
from tests.app.core import strategies

BASES = {"Condition": Condition, "Action": Action}
NAMES = ["", "Rose", "m1", "motor", "score", "r1", "Hoa hồng", "a/b"]
# What fits a field, by its hint or format.
FITTING = {
    "formula": ["count", "coins * count", "3", "0", "-1", "score + 1", "10 / (count - 2)"],
    "template": ["", "{user}", "{user}: {text}", "{score} {{x}}"],
    "body": ["", '{"who": "{user}", "n": {count}}', "{gift}"],
    "color": ["#ffffff", "#123456"],
    "time": ["00:00", "23:59", "18:30"],
    "keys": ["", "Ctrl+Alt+F1", "F5"],
    "url": ["", "https://example.com/a", "http://192.168.1.2:80"],
    "topic": ["", "a/b"],
    "pattern": ["", "ro+se", "^a|b$"],
    "variable": ["", "score", "điểm"],
    "sound": ["", "horn.wav"],
    "name": ["", "spin"],
    "device": ["", "motor", "light", "relay", "m1"],
}


@cache
def schema_of(kind):
    return kind.model_json_schema()


def part(base, depth=2):
    """Any part of a family as it stands in a file; groups hold others, `depth` deep."""
    return st.sampled_from(sorted(parts(base).found)).flatmap(lambda key: of_kind(base, key, depth))


def of_kind(base, key, depth=2):
    """A part of one kind, with some of its fields written."""
    schema = schema_of(parts(base).found[key])
    return made(schema, schema, depth, {"key": st.just(key)}).map(in_order)


def in_order(raw):
    """The one thing that no schema says: a range begins before it ends."""
    if raw.get("least") is not None and raw.get("most") is not None:
        low, high = sorted((raw["least"], raw["most"]))
        return {**raw, "least": low, "most": max(1, high)}
    return raw


def made(schema, whole, depth, always=None):
    fields = {
        name: value_of(field, whole, depth)
        for name, field in schema.get("properties", {}).items()
        if name != "key"
    }
    return st.fixed_dictionaries(always or {}, optional=fields)


def value_of(field, whole, depth):
    """Any value that fits a field's schema."""
    hint = field.get(FIELD) or field.get("format")
    if hint in FITTING:
        return st.sampled_from(FITTING[hint])
    if FAMILY in field:
        return part(BASES[field[FAMILY]], depth - 1)
    for key in ("anyOf", "enum", "$ref"):
        if key in field:
            return one_of(field, key, whole, depth)
    return plain(field, whole, depth)


def one_of(field, key, whole, depth):
    if key == "anyOf":
        return st.one_of([value_of(option, whole, depth) for option in field["anyOf"]])
    if key == "enum":
        return st.sampled_from(field["enum"])
    return inside(whole["$defs"][field["$ref"].rpartition("/")[2]], whole, depth)


def inside(schema, whole, depth):
    return made(schema, whole, depth) if "properties" in schema else value_of(schema, whole, depth)


def plain(field, whole, depth):
    kind = field["type"]
    if kind == "array":
        empty = depth <= 0 and FAMILY in field["items"]
        return st.lists(value_of(field["items"], whole, depth), max_size=0 if empty else 3)
    if kind == "integer":
        return st.integers(field["minimum"], min(lid(field), field["minimum"] + 20))
    if kind == "number":
        low = field.get("minimum", field.get("exclusiveMinimum", 0) + 0.5)
        return st.floats(max(low, -50.0), min(lid(field), 100.0))
    texts = [name for name in NAMES if "pattern" not in field or not name]
    return {"boolean": st.booleans(), "null": st.none()}.get(kind, st.sampled_from(texts))


def lid(field):
    return field.get("maximum", field.get("exclusiveMaximum", 1_000) - 1)


def rules():
    """Any rule of any parts."""
    return st.builds(
        lambda **fields: Rule.model_validate(fields),
        id=st.sampled_from(["r1", "r2"]),
        on=st.just(True),
        when=part(Trigger),
        only_if=st.lists(part(Condition), max_size=2),
        do=st.lists(part(Action), max_size=3),
        limits=strategies.limits,
        mode=st.sampled_from(["parallel", "single", "restart", "queued"]),
        react=st.sampled_from(["each", "total"]),
    )


def _event(kind, **fields):
    return st.builds(kind, id=st.uuids().map(str), at_ms=st.just(0), **fields)


local_times = st.builds(LocalTime, st.integers(0, 6), st.integers(0, 1439), st.integers(0, 59))
events = st.one_of(
    strategies.events,
    _event(facts.ViewerCount, count=st.integers(0, 200)),
    _event(
        facts.Battle,
        battle_id=st.just(1),
        stage=st.sampled_from(list(facts.BattleStage)),
    ),
    _event(facts.StreamStarted, room_id=st.integers(1, 2)),
    _event(facts.StreamEnded),
    _event(
        facts.Tick,
        local=local_times,
        second=st.integers(0, 100_000),
        passed=st.integers(1, 60),
        live=st.booleans(),
    ),
    _event(
        facts.Reading,
        device_id=st.just("m1"),
        name=st.sampled_from(["Rose", "m1"]),
        value=st.floats(-100, 100),
        before=st.none() | st.floats(-100, 100),
        roles=st.sampled_from([(), ("motor",)]),
    ),
    _event(
        facts.MqttMessage, topic=st.sampled_from(["a/b", "c"]), text=st.sampled_from(["", "Rose"])
    ),
    _event(facts.ButtonPressed, name=st.sampled_from(NAMES)),
    _event(facts.HotkeyPressed, keys=st.sampled_from(["F5", "Ctrl+Alt+F1"])),
    _event(facts.Called, name=st.sampled_from(["spin", "other"]), text=st.just("hi")),
)
