"""What holds for every trigger, condition and step there is, whatever stands in it."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.parts import MAX_NESTING, Action, Condition, Trigger, nesting, parts
from app.core.rules import RuleDocument, RuleSet, dump, from_content, load
from app.core.sentences import rule_segments, rule_text, step_sentence
from app.core.speech import Speaker
from app.core.world import LocalTime, Nowhere
from tests.app.core import part_strategies
from tests.app.core.making import OPEN, Devices, engine, rule

SPEAKERS = (Speaker("en"), Speaker("vi"))
KINDS = [(base, key) for base in (Trigger, Condition, Action) for key in parts(base).found]


class Anywhere(Devices, Nowhere):
    """A device for each role, and an afternoon in the week."""

    def local_time(self, at_ms):
        return LocalTime(2, 900)

    def chance(self):
        return 0.5


def slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("base", "key"), KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_every_kind_says_itself_with_all_its_slots(base, key, data):
    raw = data.draw(part_strategies.of_kind(base, key))
    part = parts(base).found[key].model_validate(raw)
    assert part.says() in (part.sentence, *part.sentences)
    for speaker in SPEAKERS:
        assert slots(speaker.template(part.says())) <= part.slots(speaker).keys()
        text = "".join(piece.text for piece in speaker.clause(part, "do"))
        assert text.strip()
    assert parts(base).found[key].model_validate(part.model_dump(mode="json")) == part


@given(part_strategies.rules())
def test_every_rule_is_saved_and_said(made):
    text = dump(RuleDocument(RuleSet(rules=(made,))))
    assert load(text).rules.rules == (made,)
    assert dump(load(text)) == text
    for speaker in SPEAKERS:
        segments = rule_segments(made, speaker, full=True)
        assert rule_text(made, speaker, full=True) == "".join(piece.text for piece in segments)
        assert segments[-1].text.endswith(".")


@settings(max_examples=300)
@given(part_strategies.rules(), st.lists(part_strategies.events, min_size=1, max_size=6))
def test_the_engine_answers_every_rule_and_every_step_of_it_can_be_said(made, events):
    machine = engine(made, devices=Anywhere())
    outcomes = []
    for second, event in enumerate(events):
        outcomes.append(machine.handle(event, float(second), OPEN))
        outcomes.append(machine.explain(event, float(second), OPEN))
    outcomes.extend(machine.advance(4_000.0, OPEN))
    for trace in (trace for outcome in outcomes for trace in outcome.traces):
        for step in trace.steps:
            for speaker in SPEAKERS:
                assert "…" not in step_sentence(step, speaker), step
                assert not re.search(r"part_|TypeError|AttributeError|KeyError", str(step.values))


@pytest.mark.parametrize(
    ("group", "base"),
    [({"key": "sequence", "do": []}, "do"), ({"key": "all", "of": []}, "only_if")],
)
def test_parts_hold_parts_to_a_depth_and_no_deeper(group, base):
    def nested(depth):
        field = "do" if base == "do" else "of"
        raw = dict(group)
        for _ in range(depth - 1):
            raw = {**group, field: [raw]}
        return raw

    assert nesting(nested(MAX_NESTING)) == MAX_NESTING
    rule(**{base: [nested(MAX_NESTING)]})
    raw = rule().model_dump(mode="json")
    document = from_content({"version": 2, "rules": [{**raw, base: [nested(MAX_NESTING + 1)]}]})
    assert document.set_aside[0].problems[0].code == "nesting"


def test_branches_and_choices_count_as_depth_too():
    flash = {"key": "flash"}
    choose = {"key": "choose", "branches": [{"only_if": [], "do": [flash]}], "otherwise": []}
    assert nesting(flash) == 1
    assert nesting(choose) == 2
    assert nesting({"key": "random_pick", "choices": [{"weight": 1, "do": [choose]}]}) == 3
    assert nesting({"key": "not", "of": {"key": "not", "of": None}}) == 2
