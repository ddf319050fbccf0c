"""The packs that come with the program: each rule of each does what it promises, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.core.checks import warnings
from app.core.engine import Engine, EngineGate
from app.core.events import (
    Battle,
    BattleStage,
    ButtonPressed,
    Chat,
    Follow,
    Gift,
    Join,
    Like,
    Share,
    StreamEnded,
    StreamStarted,
    Subscribe,
    Tick,
    Viewer,
    ViewerCount,
)
from app.core.expressions import Formula
from app.core.forms import Pick
from app.core.pack_import import Choices, Place, plan_import
from app.core.pack_preview import preview
from app.core.packs import dump_pack, read_pack
from app.core.rules import RuleDocument, RuleSet
from app.core.sentences import rule_text
from app.core.speech import Speaker
from app.core.surroundings import DeviceSketch, OutputSketch, Surroundings
from app.core.texts import TextTemplate
from app.core.walk import spots
from app.core.world import LocalTime, Nowhere
from drivers.contract import HAZARD_LIMITS, Hazard, Kind, QueuePolicy

ROOT = Path(__file__).parents[3]
PACKS = sorted((ROOT / "resources" / "packs").glob("*.json"))
OPEN = EngineGate()
FAN = Viewer(7, "anna", "Anna", is_follower=True, is_moderator=True, is_subscriber=True)
HAZARDS = {
    Kind.MOTOR: Hazard.MOTION,
    Kind.LIGHT: Hazard.LIGHT,
    Kind.SWITCH: Hazard.MAINS,
    Kind.PULSE: Hazard.MOTION,
}
AROUND = Surroundings(
    tuple(
        DeviceSketch(
            kind.value,
            kind.value,
            "",
            (OutputSketch("out", kind, HAZARD_LIMITS[HAZARDS.get(kind, Hazard.NONE)], HAZARDS.get(kind, Hazard.NONE)),),
        )
        for kind in Kind
    ),
    frozenset(),
)  # fmt: skip


class Desk(Nowhere):
    """A world with one device of each kind."""

    def find(self, device, kind):
        return (device, "out") if device == kind.value else None


def loaded(path):
    return read_pack(path.read_bytes())


def taken(path, language="en"):
    """The pack as it comes in, on, with a device for each role."""
    pack = loaded(path)
    devices = {need.role: Place(need.kinds[0].value) for need in pack.needs}
    choices = Choices(devices, on=True, language=language)
    plan = plan_import(RuleDocument(), pack, choices, AROUND)
    return plan, plan.edit.apply(RuleDocument())


def event(kind, **fields):
    return kind(**{"id": "e1", "at_ms": 1_000, "viewer": FAN, **fields})


def gift(gift_id, name, coins, count=1):
    fields = {"gift_id": gift_id, "name": name, "coins": coins, "count": count, "total": count}
    return event(Gift, **fields, final=True, streak="s1")


TIERS = {"small": 1, "medium": 20, "big": 199, "huge": 1_000}
EVENTS = {
    "gift": lambda when: [gift(when.gifts[0].id, when.gifts[0].name, 20)],
    "combo_milestone": lambda when: [gift(when.gifts[0].id, when.gifts[0].name, 1, when.every)],
    "gift_any": lambda when: [gift(1, "Thing", max(when.least, 1))],
    "gift_tier": lambda when: [gift(1, "Thing", TIERS[when.tier])],
    "follow": lambda when: [event(Follow)],
    "share": lambda when: [event(Share)],
    "join": lambda when: [event(Join)],
    "subscribe": lambda when: [event(Subscribe, months=when.months)],
    "likes": lambda when: [event(Like, count=15, total=when.likes + 5)],
    "chat_command": lambda when: [event(Chat, text=when.command)],
    "chat_contains": lambda when: [event(Chat, text=when.texts[0])],
    "battle": lambda when: [event(Battle, battle_id=1, stage=BattleStage(when.stage))],
    "viewers_reached": lambda when: [
        event(ViewerCount, count=when.viewers // 2), event(ViewerCount, count=when.viewers + 9)
    ],
    "stream_started": lambda when: [event(StreamStarted, room_id=5)],
    "stream_ended": lambda when: [event(StreamEnded)],
    "button": lambda when: [event(ButtonPressed, name=when.name)],
    "timer": lambda when: [
        event(Tick, local=LocalTime(0, 1), second=second, live=True)
        for second in (1, int(when.every))
    ],
}  # fmt: skip
CASES = [(path, rule.id) for path in PACKS for rule in loaded(path).rules]


def named(value):
    return value.stem if isinstance(value, Path) else value


def test_there_are_ten_packs():
    assert len(PACKS) == 10


@pytest.mark.parametrize("path", PACKS, ids=named)
def test_a_pack_is_written_as_we_write_and_says_everything_in_both_languages(path):
    """To renew it: python -m tests.app.core.renew"""
    pack, text = loaded(path), path.read_text(encoding="utf-8")
    assert dump_pack(pack) == text
    for words in (pack.name, pack.note, *(need.title for need in pack.needs)):
        assert words.en
        assert words.vi
        assert words.en != words.vi
    table = pack.words["vi"]
    names = {rule.name for rule in pack.rules} | {group.name for group in pack.groups}
    texts = {
        spot.value.text
        for rule in pack.rules
        for spot in spots(rule)
        if isinstance(spot.value, TextTemplate) and re.sub(r"\{\w+\}", "", spot.value.text).strip()
    }
    assert names | texts == table.keys()
    assert all(table.values())


@pytest.mark.parametrize("path", PACKS, ids=named)
def test_a_pack_comes_in_whole_and_without_warnings(path):
    plan, document = taken(path)
    known = frozenset(one.name for one in plan.variables)
    around = Surroundings(AROUND.devices, known)
    found = {key: [one.code for one in ones] for key, ones in warnings(document, around).items()}
    assert found == {}
    assert all(rule.on for rule in document.rules.rules)
    off = plan_import(RuleDocument(), loaded(path), Choices(), AROUND)
    assert not any(rule.on for rule in off.rules)
    _, vietnamese = taken(path, "vi")
    for rule, other in zip(document.rules.rules, vietnamese.rules.rules, strict=True):
        assert rule.name != other.name
    for language in ("en", "vi"):
        seen = preview(RuleDocument(), loaded(path), Choices(), AROUND, Speaker(language))
        assert seen.reaches
        assert all(line.sentence for line in seen.rules)
        assert all("missing" not in reach.sentence(language) for reach in seen.reaches)


@pytest.mark.parametrize(("path", "rule_id"), CASES, ids=named)
def test_each_rule_of_a_pack_does_something_when_its_time_comes(path, rule_id):
    plan, document = taken(path)
    place = [rule.id for rule in loaded(path).rules].index(rule_id)
    rule = document.rules.rules[place]
    named_here = {spot.value for spot in spots(rule) if spot.pick == Pick.RULE}
    others = tuple(one for one in document.rules.rules if one.id in named_here)
    alone = RuleSet(groups=document.rules.groups, rules=(rule, *others))
    machine = Engine(alone, Desk())
    for one in plan.variables:
        machine.variables.set(one.name, one.value, lasting=one.lasting)
    commands, requests, steps, now = [], [], [], 10.0
    for one in EVENTS[rule.when.key](rule.when):
        outcomes = [machine.handle(one, now, OPEN)]
        while (due := machine.due()) is not None:
            now = due
            outcomes.extend(machine.advance(now, OPEN))
        for outcome in outcomes:
            commands.extend(outcome.commands)
            requests.extend(outcome.requests)
            own = [trace for trace in outcome.traces if trace.rule_id == rule.id]
            steps.extend(step for trace in own for step in trace.steps)
        now += 1.0
    done = [step for step in steps if step.gate.startswith("do:")]
    assert done, rule_text(rule, Speaker(), full=True)
    assert all(step.passed for step in done), done
    sets = any("variable" in step.gate for step in done)
    assert commands or requests or sets
    for command in commands:
        assert command.device_id in {kind.value for kind in Kind}
        assert command.rule_id in {rule.id, *named_here}


@pytest.mark.parametrize(("path", "rule_id"), CASES, ids=named)
def test_no_rule_of_a_pack_undoes_or_ignores_what_it_says(path, rule_id):
    """Steps at once on one output line up; who counts several gifts at once does more for them."""
    rule = next(one for one in loaded(path).rules if one.id == rule_id)
    drives = [
        spot.value for spot in spots(rule) if spot.pick == Pick.DEVICE and spot.path[2] == "device"
    ]
    if rule.limits.policy is QueuePolicy.LATEST:
        assert len(drives) <= 1
    counted = any(
        isinstance(spot.value, Formula) and spot.value.names() & {"count", "amount", "value"}
        for spot in spots(rule)
    )
    assert counted or rule.limits.ceiling is None


def test_the_lamp_follows_the_leading_team():
    plan, document = taken(ROOT / "resources" / "packs" / "two-teams.json")
    machine = Engine(document.rules, Desk())
    machine.handle(event(StreamStarted, room_id=9), 1.0, OPEN)
    assert {one.name for one in plan.variables} == {"red_points", "blue_points"}
    shown = []
    sent = [(5655, "Rose", 3), (5827, "Ice Cream Cone", 3), (5827, "Ice Cream Cone", 1)]
    for number, (gift_id, name, count) in enumerate(sent):
        outcome = machine.handle(gift(gift_id, name, 1, count), 10.0 * (number + 1), OPEN)
        flash = outcome.commands[0].instruction
        shown.append((flash.red, flash.green, flash.blue))
    assert shown == [(255, 0, 0), (255, 255, 255), (0, 0, 255)]
    told = machine.handle(event(Chat, text="!score"), 60.0, OPEN)
    assert told.requests[0].effect.text == "Red 3 : 4 Blue"
    machine.handle(event(StreamStarted, room_id=10), 70.0, OPEN)
    assert machine.variables.get("red_points") == 0


def test_the_packs_name_real_gifts():
    listed = json.loads((ROOT / "resources" / "gifts" / "starter.json").read_text(encoding="utf-8"))
    names = {one["id"]: one["name"] for one in listed["gifts"]}
    for path in PACKS:
        for rule in loaded(path).rules:
            for choice in getattr(rule.when, "gifts", ()):
                assert names[choice.id] == choice.name
